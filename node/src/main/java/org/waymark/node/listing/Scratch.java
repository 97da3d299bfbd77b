// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Rows put aside on disk while a package is read, so that a large one needs little memory. All are
/// added before the first is taken out.
public final class Scratch implements AutoCloseable {

    private final Path path;
    private final FileChannel file;
    private final DataOutputStream output;
    // 2 kB: of most rows one reading is enough.
    private final ByteBuffer block = ByteBuffer.allocateDirect(2048);
    private long length;
    private boolean flushed;

    /// @param folder on the disk of the database, for nobody else to read
    public Scratch(Path folder) {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            // It is the owner's alone, and has no name any more once it is open: whatever ends the
            // program ends it, too.
            path = Files.createTempFile(folder, "import", ".rows");
            file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            output =
                    new DataOutputStream(
                            new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes what was left when the program ended just as it began one. Before the first import.
    public static void tidy(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var left = Files.newDirectoryStream(folder, "import*.rows")) {
            for (var path : left) {
                Files.deleteIfExists(path);
            }
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
            return (ObjectNode) Document.JSON.readTree(bytes(position));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(long position) throws IOException {
        block.clear();
        var end = Math.min(length, position + block.capacity());
        fill(block.limit((int) (end - position)), position);
        var bytes = ByteBuffer.allocate(block.flip().getInt());
        if (bytes.capacity() <= block.remaining()) {
            bytes.put(block.slice(block.position(), bytes.capacity()));
        } else {
            bytes.put(block);
            fill(bytes, end);
        }
        return bytes.array();
    }

    private void fill(ByteBuffer buffer, long from) throws IOException {
        var at = from;
        while (buffer.hasRemaining()) {
            var read = file.read(buffer, at);
            if (read < 0) {
                throw new EOFException("A row ends early in " + path);
            }
            at += read;
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
