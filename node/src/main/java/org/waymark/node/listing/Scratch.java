// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;

/// Rows put aside on disk while a package is read, so that a large one needs little memory. All are
/// added before the first is taken out.
public final class Scratch implements AutoCloseable {

    private final Path path;
    private final RandomAccessFile file;
    private final DataOutputStream output;
    private long length;
    private boolean flushed;

    public Scratch() {
        try {
            path = Files.createTempFile("waymark-import", ".rows");
            file = new RandomAccessFile(path.toFile(), "rw");
            output =
                    new DataOutputStream(
                            new BufferedOutputStream(
                                    Channels.newOutputStream(file.getChannel()), 1 << 16));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return where it lies
    public long add(ObjectNode row) {
        try {
            var bytes = Document.JSON.writeValueAsBytes(row);
            var position = length;
            output.writeInt(bytes.length);
            output.write(bytes);
            length += 4L + bytes.length;
            return position;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ObjectNode get(long position) {
        try {
            if (!flushed) {
                output.flush();
                flushed = true;
            }
            file.seek(position);
            var bytes = new byte[file.readInt()];
            file.readFully(bytes);
            return (ObjectNode) Document.JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
