// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// The folder `keys.directory`: everything that opens something, and nothing else. It lies outside
/// the data folder, so that a copy of the data alone opens nothing.
///
/// Folders are 0700, files 0600. A write is durable when it returns, and a file is old or new,
/// never half. Callers see to it that one name has one writer at a time.
public final class KeyFolder {

    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE =
            PosixFilePermissions.fromString("rw-------");
    private static final String UNFINISHED = ".unfinished-";

    private final Path directory;

    private KeyFolder(Path directory) {
        this.directory = directory;
    }

    /// Where the keys of a data folder lie unless the settings say otherwise: beside it.
    public static Path defaultFor(Path data) {
        var absolute = data.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + "-keys");
    }

    /// Opens the folder, and creates it when it is missing.
    ///
    /// @throws IllegalArgumentException when it lies inside the data folder, or others may read it
    public static KeyFolder open(Path directory, Path data) {
        var absolute = directory.toAbsolutePath().normalize();
        if (absolute.startsWith(data.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(
                    "keys.directory must lie outside the data folder: " + absolute);
        }
        try {
            Files.createDirectories(
                    absolute, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
            if (!OWNER_ONLY_FOLDER.containsAll(Files.getPosixFilePermissions(absolute))) {
                throw new IllegalArgumentException(
                        "Others can read keys.directory. Run: chmod 700 " + absolute);
            }
            return new KeyFolder(absolute);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives a file to a reader line by line; nothing when there is none. For what may be long.
    void readLines(String name, Consumer<String> reader) {
        // Half of what was written may be no text at all; this takes any byte.
        try (var lines = Files.lines(directory.resolve(name), StandardCharsets.ISO_8859_1)) {
            lines.forEach(reader);
        } catch (NoSuchFileException e) {
            // Nothing was written yet.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean holds(String name) {
        return Files.exists(directory.resolve(name));
    }

    /// When a file was written; empty when there is none.
    Optional<Instant> lastModified(String name) {
        try {
            return Optional.of(Files.getLastModifiedTime(directory.resolve(name)).toInstant());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a file whole, in place of one that is there.
    void write(String name, byte[] content) {
        var file = directory.resolve(name);
        try {
            var folder = prepareFolderOf(file);
            var unfinished = folder.resolve(UNFINISHED + UUID.randomUUID());
            try {
                writeThrough(
                        unfinished,
                        content,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                Files.move(
                        unfinished,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                // There only when that failed; it may hold a key.
                wipe(unfinished);
            }
            flush(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds to the end of a file; for records that only grow. When it fails, or the power does, a
    /// part of the content may be there.
    void append(String name, byte[] content) {
        var file = directory.resolve(name);
        try {
            var folder = prepareFolderOf(file);
            writeThrough(
                    file, content, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            flush(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Overwrites and removes a file. Overwriting reaches the old blocks on most file systems, not
    /// on all; that is why what lies here is wrapped under a key of its own.
    ///
    /// @return false when there was none
    boolean destroy(String name) {
        var file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                return false;
            }
            // Under another name first: when the power goes now, no zeros pass for a key.
            var dying = file.resolveSibling(UNFINISHED + UUID.randomUUID());
            Files.move(file, dying, StandardCopyOption.ATOMIC_MOVE);
            wipe(dying);
            flush(file.resolveSibling("."));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void wipe(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try {
            writeThrough(
                    file,
                    new byte[Math.toIntExact(Files.size(file))],
                    Set.of(StandardOpenOption.WRITE));
        } finally {
            Files.delete(file);
        }
    }

    /// Removes what a crash left half written or half destroyed. Call while nobody else writes.
    public void clean() {
        try (var all = Files.walk(directory)) {
            for (var file : all.filter(KeyFolder::isUnfinished).toList()) {
                wipe(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUnfinished(Path file) {
        return Files.isRegularFile(file) && file.getFileName().toString().startsWith(UNFINISHED);
    }

    /// The names in a folder below this one, sorted; empty when there is no such folder.
    List<String> list(String folder) {
        var path = directory.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(UNFINISHED))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path prepareFolderOf(Path file) throws IOException {
        var folder = file.resolveSibling(".").normalize();
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
            flush(folder.resolveSibling("."));
        }
        return folder;
    }

    private static void writeThrough(Path file, byte[] content, Set<? extends OpenOption> options)
            throws IOException {
        try (var channel =
                FileChannel.open(
                        file,
                        new HashSet<>(options),
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE))) {
            var rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /// A new or removed name is durable only when its folder is.
    private static void flush(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
