// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.waymark.node.database.DatabaseSettings;
import org.waymark.node.operation.UnusableSettingException;

/// A note in the data folder that `init` has begun and not ended. What an interrupted one left is
/// half a node, which nobody has used: the next `init` puts it aside and begins anew, and nothing
/// else opens it.
final class UnfinishedInit implements AutoCloseable {

    private static final String NAME = "init-unfinished";

    private final Path note;
    private final FileChannel held;
    private final List<Path> putAside = new ArrayList<>();

    private UnfinishedInit(Path note, FileChannel held) {
        this.note = note;
        this.held = held;
    }

    /// Notes that it begins, and puts aside what an interrupted one left: deleting is for people,
    /// who may have put something else there meanwhile.
    ///
    /// @throws UnusableSettingException when another `init` is at it just now
    static UnfinishedInit begin(NodeSettings settings) {
        var note = noteOf(settings);
        var keys = settings.keysDirectory().toAbsolutePath().normalize();
        try {
            Files.createDirectories(settings.data());
            var isRepeated = Files.exists(note);
            var unfinished = new UnfinishedInit(note, hold(note));
            if (isRepeated && Files.readString(note).equals(keys.toString())) {
                unfinished.putAside(database(settings));
                unfinished.putAside(keys);
            }
            if (isNew(settings, keys)) {
                unfinished.held.truncate(0);
                unfinished.held.write(
                        ByteBuffer.wrap(keys.toString().getBytes(StandardCharsets.UTF_8)));
                unfinished.held.force(true);
            } else if (!isRepeated) {
                unfinished.end();
            }
            return unfinished;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel hold(Path note) throws IOException {
        var channel =
                FileChannel.open(
                        note,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new UnusableSettingException("Another init works on this data folder.");
        }
        return channel;
    }

    private static boolean isNew(NodeSettings settings, Path keys) {
        return settings.database().equals(DatabaseSettings.inFolder(settings.data()))
                && !holdsAnything(database(settings))
                && !holdsAnything(keys);
    }

    /// Where what an interrupted one left lies now.
    List<Path> putAside() {
        return List.copyOf(putAside);
    }

    /// It is a whole node now.
    void end() {
        try {
            Files.deleteIfExists(note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws UnusableSettingException when an `init` was interrupted here
    static NodeSettings refuse(NodeSettings settings) {
        if (Files.exists(noteOf(settings))) {
            throw new UnusableSettingException(
                    "init was interrupted in " + settings.data() + ". Run waymark init again.");
        }
        return settings;
    }

    private static Path noteOf(NodeSettings settings) {
        return settings.data().resolve(NAME);
    }

    private static Path database(NodeSettings settings) {
        return settings.data().resolve("database");
    }

    private static boolean holdsAnything(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Files.exists(folder);
        }
        try (var entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void putAside(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        var number = 1;
        while (Files.exists(aside(folder, number))) {
            number++;
        }
        putAside.add(Files.move(folder, aside(folder, number)));
    }

    private static Path aside(Path folder, int number) {
        return folder.resolveSibling(folder.getFileName() + ".interrupted-" + number);
    }
}
