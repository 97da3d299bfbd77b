// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// How the command line finds a running node: `DATA/run/control`, readable by its owner only.
///
/// @param port of the internal listener on 127.0.0.1
/// @param token what it asks for
/// @param pid the node's process
public record RunFile(int port, String token, long pid) {

    private static Path path(Path data) {
        return data.resolve("run").resolve("control");
    }

    public void write(Path data) {
        var owner = PosixFilePermissions.fromString("rwx------");
        try {
            var folder = path(data).getParent();
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, owner);
            Files.deleteIfExists(path(data));
            Files.createFile(
                    path(data),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(path(data), List.of(String.valueOf(port), token, String.valueOf(pid)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void remove(Path data) {
        try {
            Files.deleteIfExists(path(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The node that runs on this data folder; one that was killed leaves its file but no process.
    public static Optional<RunFile> find(Path data) {
        try {
            var lines = Files.readAllLines(path(data));
            if (lines.size() < 3) {
                return Optional.empty();
            }
            var run =
                    new RunFile(
                            Integer.parseInt(lines.get(0)),
                            lines.get(1),
                            Long.parseLong(lines.get(2)));
            return ProcessHandle.of(run.pid()).filter(ProcessHandle::isAlive).map(_ -> run);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
