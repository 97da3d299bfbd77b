// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.io.InputStream;
import org.waymark.node.listing.CountedStream;
import org.waymark.node.listing.UnusablePackageException;

/// A file that is read part by part, each of which must lie in memory whole: it fails where one
/// part has no end.
final class PartStream extends CountedStream {

    // 4 MiB: as objects in memory it is many times that; some hundred services of one provider.
    private static final int MOST_BYTES = 4 << 20;

    private final String name;
    private int read;

    PartStream(InputStream in, String name) {
        super(in);
        this.name = name;
    }

    /// Where the next record, row or text begins.
    void begin() {
        read = 0;
    }

    @Override
    protected void count(int bytes) {
        read += bytes;
        if (read > MOST_BYTES) {
            throw new UnusablePackageException(
                    "package-too-large", name + " holds a record or text of more than 4 MiB.");
        }
    }
}
