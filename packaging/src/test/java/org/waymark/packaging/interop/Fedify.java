// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;

/// A server made with Fedify (`packaging/src/interop/peer.mjs`), in a process of its own. It hosts
/// an application and an organisation, and does what a test asks of it.
final class Fedify implements AutoCloseable {

    /// The names of the two signature schemes, as Fedify calls them.
    static final String CAVAGE = "draft-cavage-http-signatures-12";

    static final String RFC_9421 = "rfc9421";

    private static final Path INSTALLED = Path.of("target/interop").toAbsolutePath();
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Optional<Process> process = Optional.empty();

    private Fedify(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /// Installs it if need be, and starts it. Skips the tests where npm cannot install.
    static Fedify start(Path folder) {
        install();
        try (var socket = new ServerSocket(0)) {
            Files.createDirectories(folder);
            var fedify = new Fedify(folder, socket.getLocalPort());
            socket.close();
            fedify.start();
            return fedify;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install() {
        // Test classes run beside each other, each in a process of its own.
        try (var lock =
                        FileChannel.open(
                                INSTALLED.resolveSibling("interop.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var held = lock.lock()) {
            var npm =
                    new ProcessBuilder("sh", "src/interop/install.sh", INSTALLED.toString())
                            .redirectErrorStream(true)
                            .start();
            var said = new String(npm.getInputStream().readAllBytes());
            Assumptions.assumeTrue(
                    held.isValid() && npm.waitFor(5, TimeUnit.MINUTES) && npm.exitValue() == 0,
                    "Fedify could not be installed: " + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void start() {
        try {
            var node = INSTALLED.resolve("node").toString();
            var script = INSTALLED.resolve("peer.mjs").toString();
            var server =
                    new ProcessBuilder(node, script, String.valueOf(port), folder.toString())
                            .redirectError(folder.resolve("log").toFile())
                            .start();
            process = Optional.of(server);
            var line = server.inputReader().readLine();
            if (line == null) {
                throw new IllegalStateException(Files.readString(folder.resolve("log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As a power cut would. What it heard is forgotten; its keys are not.
    void kill() {
        process.ifPresent(
                running -> {
                    running.destroyForcibly();
                    running.onExit().join();
                });
        process = Optional.empty();
    }

    /// Stands in for the dead server until somebody has knocked in vain.
    void turnAwayOne() {
        try (var door = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            door.accept().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// The application, which peers.
    URI node() {
        return address().resolve("/u/node");
    }

    /// The organisation, which has listings.
    URI clinic() {
        return address().resolve("/u/clinic");
    }

    /// Tells it to do something (`control` in its script).
    JsonNode ask(String what, Map<String, ?> words) {
        try {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(address().resolve("/control/" + what))
                                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(words)))
                                    .build(),
                            BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(what + " " + words + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A document of another server, as any reader gets it.
    JsonNode fetch(URI address) {
        try {
            var request =
                    HttpRequest.newBuilder(address).header("Accept", "application/activity+json");
            return JSON.readTree(client.send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The activities it verified, read and took, oldest first.
    List<JsonNode> heard() {
        return items(ask("heard", Map.of()));
    }

    /// Those of one type whose object has this name or address.
    List<JsonNode> heard(String type, String object) {
        return heard().stream()
                .filter(it -> it.path("type").asText().equals(type))
                .filter(
                        it ->
                                it.path("name").asText().equals(object)
                                        || it.path("object").asText().equals(object))
                .toList();
    }

    /// What was posted to its inboxes: status, signature scheme and body.
    List<JsonNode> posted() {
        return items(ask("requests", Map.of())).stream()
                .filter(it -> it.path("method").asText().equals("POST"))
                .toList();
    }

    private static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    @Override
    public void close() {
        kill();
        client.close();
    }
}
