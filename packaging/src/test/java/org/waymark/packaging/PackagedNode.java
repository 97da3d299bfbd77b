// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.waymark.node.database.Databases;

/// A node as it ships: the packaged program in a process of its own, on data of its own and a free
/// port. It can be killed and started again.
public final class PackagedNode implements AutoCloseable {

    /// What `mvn package` made.
    public static final Path IMAGE = Path.of("target/waymark").toAbsolutePath();

    private static final String READY = "Waymark is ready at ";
    private static final long START_SECONDS = 60; // 1 s is usual; a busy machine without cache: 10

    /// What a command of the launcher said.
    public record Answer(int exit, String text) {}

    private final Path image;
    private final Path folder;
    private final int port;
    private final URI address;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Process> process = Optional.empty();

    private PackagedNode(Path image, Path folder, int port, URI address) {
        this.image = image;
        this.folder = folder;
        this.port = port;
        this.address = address;
    }

    /// Makes a new node's data in `folder`: one organisation, English and Arabic. Its tables lie
    /// there already, which spares each test some seconds; [#unmade] is for those about `init`.
    public static PackagedNode init(Path image, Path folder, String organization) {
        var port = freePort();
        return init(image, folder, organization, port, port);
    }

    /// The same for a node that others reach through another port, which is part of its ids.
    public static PackagedNode behind(int outerPort, Path image, Path folder, String organization) {
        return init(image, folder, organization, freePort(), outerPort);
    }

    private static PackagedNode init(
            Path image, Path folder, String organization, int port, int outerPort) {
        var node = inFolder(image, folder, port, outerPort);
        Databases.prepare(Path.of(node.data()).resolve("database"));
        var answer = node.run(node.initCommand(organization));
        if (answer.exit() != 0) {
            throw new IllegalStateException("init failed: " + answer.text());
        }
        return node;
    }

    /// One that there is not yet: `init` has not run.
    public static PackagedNode unmade(Path image, Path folder) {
        var port = freePort();
        return inFolder(image, folder, port, port);
    }

    private static PackagedNode inFolder(Path image, Path folder, int port, int outerPort) {
        var address = URI.create("http://127.0.0.1:" + outerPort);
        var node = new PackagedNode(image, folder, port, address);
        try {
            Files.createDirectories(folder);
            Files.writeString(node.passwordFile(), "correct horse battery staple\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return node;
    }

    /// What makes it.
    public String[] initCommand(String organization) {
        return new String[] {
            "init",
            "--data",
            data(),
            "--organization",
            organization,
            "--base-url",
            address.toString(),
            "--admin",
            "admin@waymark.example",
            "--admin-password-file",
            passwordFile().toString(),
            "--languages",
            "en,ar"
        };
    }

    /// The same data run by the program in another folder, for example one that was moved.
    public PackagedNode with(Path otherImage) {
        return new PackagedNode(otherImage, folder, port, address);
    }

    /// Sets a variable for the processes started from now on.
    public PackagedNode environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public String data() {
        return folder.resolve("data").toString();
    }

    public Path passwordFile() {
        return folder.resolve("password");
    }

    /// Where everything the server wrote to standard error lies.
    public Path log() {
        return folder.resolve("log");
    }

    /// Its base URL.
    public URI address() {
        return address;
    }

    /// Where it listens itself.
    public int port() {
        return port;
    }

    public long pid() {
        return process.orElseThrow().pid();
    }

    /// Starts the server and waits until it says that it is ready.
    public PackagedNode start() {
        try {
            var serve =
                    builder("serve", "--data", data(), "--port", String.valueOf(port))
                            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                            .start();
            process = Optional.of(serve);
            var ready = new CompletableFuture<String>();
            Thread.ofVirtual()
                    .start(
                            () -> {
                                serve.inputReader()
                                        .lines()
                                        .filter(line -> line.startsWith(READY))
                                        .forEach(ready::complete);
                                ready.completeExceptionally(
                                        new IllegalStateException("ended before it was ready"));
                            });
            ready.get(START_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (IOException | ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException("The node did not start:\n" + logged(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// As a power cut would: no farewell.
    public void kill() {
        process.ifPresent(
                running -> {
                    // By handle: Process.destroyForcibly would close the output we still read.
                    running.toHandle().destroyForcibly();
                    await(running);
                });
        process = Optional.empty();
    }

    /// As an operator would.
    ///
    /// @return the exit code
    public int stop() {
        var running = process.orElseThrow();
        running.toHandle().destroy();
        process = Optional.empty();
        return await(running);
    }

    /// Runs one command of the launcher to its end.
    public Answer run(String... command) {
        try {
            var running = builder(command).redirectErrorStream(true).start();
            // 3 min: no command here takes one; a stuck one shall fail its test, not stop them all.
            CompletableFuture.delayedExecutor(3, TimeUnit.MINUTES)
                    .execute(() -> running.toHandle().destroyForcibly());
            var text = new String(running.getInputStream().readAllBytes());
            return new Answer(await(running), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs one command of the launcher, and cuts its power after a while.
    public void runBriefly(Duration time, String... command) {
        try {
            var running = builder(command).redirectErrorStream(true).start();
            if (!running.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                running.toHandle().destroyForcibly();
            }
            await(running);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private ProcessBuilder builder(String... command) {
        List<String> words = new ArrayList<>();
        words.add(image.resolve("bin/waymark").toString());
        words.addAll(List.of(command));
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WAYMARK_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private String logged() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "(it wrote nothing)";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int await(Process running) {
        try {
            if (!running.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new IllegalStateException("The process does not end");
            }
            return running.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
