// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Another process of this program that serves one node.
///
/// @param log where it writes what it has to say
record NodeProcess(Process process, Path log) {

    private static final String READY = "Waymark is ready at ";

    /// Starts `serve` on a data folder. The settings are in its `waymark.conf`.
    static NodeProcess serve(Path data) {
        var log = data.resolve("serve.log");
        var command = new ArrayList<>(program());
        // Our end of its input closes with us, however we end.
        command.addAll(List.of("serve", "--until-input-ends", "--data", data.toString()));
        try {
            Files.deleteIfExists(log);
            var process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                            .start();
            return new NodeProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The launcher when there is one, else this JVM's own command.
    private static List<String> program() {
        var launcher = System.getProperty("waymark.launcher");
        if (launcher != null) {
            return List.of(launcher);
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        return command;
    }

    /// Waits for the line that says where it answers.
    ///
    /// @throws IllegalStateException when it ends without
    String awaitReady() {
        var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY)) {
                    return line;
                }
            }
            throw new IllegalStateException(
                    "The node did not start. Its log: " + log + "\n" + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean ended(Duration wait) throws InterruptedException {
        return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Asks it to stop, and waits until it has.
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
