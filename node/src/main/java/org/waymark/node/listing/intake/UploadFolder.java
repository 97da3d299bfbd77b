// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.waymark.node.listing.UnusablePackageException;

/// Files that staff sent, on disk until they are imported. The database lies on the same disk as a
/// rule, so a file never takes the last of it.
final class UploadFolder {

    // 200 MB: what the database and an import beside it may need before somebody looks.
    static final long RESERVE_BYTES = 200_000_000;
    private static final int BUFFER_BYTES = 1 << 16;
    // 8 MiB: how much comes between two looks at the disk.
    private static final long LOOK_EVERY_BYTES = 8L << 20;
    // 1 min, and then 2 KiB in a second: a slow telephone line. Slower keeps the room from others.
    private static final Duration BEGINNING = Duration.ofMinutes(1);
    private static final long LEAST_BYTES_PER_SECOND = 2 << 10;

    private final Path folder;
    private final long mostBytes;
    private final ToLongFunction<Path> usableBytes;
    private final Clock clock;

    /// @param mostBytes of one file
    /// @param usableBytes how much room there is where a folder lies
    UploadFolder(Path folder, long mostBytes, ToLongFunction<Path> usableBytes, Clock clock) {
        this.clock = clock;
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.usableBytes = usableBytes;
    }

    long mostBytes() {
        return mostBytes;
    }

    static long usable(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes a file from the line, whole or not at all.
    ///
    /// @param name how it is called; its ending is kept
    /// @throws UnusablePackageException when it is too large, the disk is full or the line breaks
    ///   or gives next to nothing
    Path put(UUID id, String name, InputStream content) {
        var path = folder.resolve(id + ending(name));
        try {
            Files.createDirectories(folder);
            try {
                write(path, content);
                return path;
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(path);
                throw e;
            }
        } catch (IOException e) {
            throw new UnusablePackageException(
                    isFull(e) ? "disk-full" : "upload-broken", "The file did not come whole");
        }
    }

    private void write(Path path, InputStream content) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long written = 0;
        long lookAt = 0;
        var begun = clock.instant();
        try (var channel =
                        FileChannel.open(
                                path,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                ours());
                var output = Channels.newOutputStream(channel)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                written += count;
                if (written > mostBytes) {
                    throw new UnusablePackageException(
                            "file-too-large", "The file has more than " + mostBytes + " bytes");
                }
                if (written > lookAt) {
                    lookAt = written + LOOK_EVERY_BYTES;
                    if (usableBytes.applyAsLong(folder) < RESERVE_BYTES) {
                        throw new UnusablePackageException(
                                "disk-full", "There is no room for the file");
                    }
                }
                var taken = Duration.between(begun, clock.instant());
                if (taken.compareTo(BEGINNING) > 0
                        && written < taken.toSeconds() * LEAST_BYTES_PER_SECOND) {
                    throw new UnusablePackageException("upload-broken", "The line is too slow");
                }
                output.write(buffer, 0, count);
            }
        }
        if (written == 0) {
            throw new UnusablePackageException("no-file", "The file is empty");
        }
    }

    /// It may name people: nobody else on this machine reads it.
    private FileAttribute<?>[] ours() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isFull(IOException e) {
        return String.valueOf(e.getMessage()).contains("No space left");
    }

    private static String ending(String name) {
        var dot = name.lastIndexOf('.');
        var ending = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
        return ending.matches("\\.[a-z]{1,6}") ? ending : "";
    }

    Path path(UUID id, String name) {
        return folder.resolve(id + ending(name));
    }

    void remove(UUID id, String name) {
        try {
            Files.deleteIfExists(path(id, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes what nobody knows any more: the power went between file and row.
    void retain(List<UUID> known) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                if (known.stream().noneMatch(id -> name.startsWith(id.toString()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
