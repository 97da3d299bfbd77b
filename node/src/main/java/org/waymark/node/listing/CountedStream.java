// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Says how many bytes came, as they come, to whoever may have had enough.
public abstract class CountedStream extends FilterInputStream {

    protected CountedStream(InputStream in) {
        super(in);
    }

    /// @param bytes that came now
    /// @throws UnusablePackageException when it is enough
    protected abstract void count(int bytes);

    @Override
    public final int read() throws IOException {
        var one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public final int read(byte[] bytes, int offset, int length) throws IOException {
        var count = super.read(bytes, offset, length);
        count(Math.max(0, count));
        return count;
    }
}
