// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Trains the AOT cache: a real node, under the shipped options, answers what nodes are asked most and stops gracefully; the Java machine then
/// writes `lib/waymark.aot`.
///
/// Usage: `java TrainCache.java IMAGE SCRATCH DIRECTORY`, the last an HSDS package for the node to have something to show
public final class TrainCache {
    private static final String READY = "Waymark is ready at ";
    private static final int ROUNDS = 20; // enough for the first compiler to have profiles of the hot path
    private static final List<String> ADDRESSES =
            List.of(
                    "/en/", "/ar/", "/en/now", "/en/t/papers", "/ar/t/language", "/en/search?q=advice", "/ar/search?q=doctor", "/en/privacy",
                    "/en/complaint", "/hsds/", "/hsds/services", "/actor", "/.well-known/nodeinfo", "/nodeinfo/2.1",
                    "/.well-known/webfinger?resource=acct:training@localhost", "/admin/", "/health/ready");

    public static void main(String[] arguments) throws Exception {
        Path image = Path.of(arguments[0]).toAbsolutePath();
        Path scratch = Path.of(arguments[1]).toAbsolutePath();
        remove(scratch);
        Files.createDirectories(scratch);
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path data = scratch.resolve("data");
        Path password = Files.writeString(scratch.resolve("password"), "training only, thrown away\n");
        run(image, scratch, List.of("init", "--data", data.toString(), "--organization", "Training", "--slug", "training",
                        "--base-url", "http://127.0.0.1:" + port, "--admin", "training@waymark.example",
                        "--admin-password-file", password.toString(), "--languages", "en,ar"));
        run(image, scratch, List.of("import", "hsds", arguments[2], "--data", data.toString(), "--publisher", "training",
                        "--country", "DE", "--zone", "Europe/Berlin", "--topics", Path.of(arguments[2], "topics.csv").toString()));
        serve(image, data, port);
        remove(scratch);
        Path cache = image.resolve("lib/waymark.aot");
        if (!Files.exists(cache)) {
            throw new IllegalStateException("The training wrote no " + cache);
        }
    }

    private static void run(Path image, Path scratch, List<String> command) throws Exception {
        var process = java(image, List.of(), command).redirectOutput(scratch.resolve("output").toFile()).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed:\n" + Files.readString(scratch.resolve("output")));
        }
    }

    private static void serve(Path image, Path data, int port) throws Exception {
        Process node =
                java(image, List.of("-XX:AOTCacheOutput=waymark.aot"),
                                List.of("serve", "--data", data.toString(), "--port", Integer.toString(port)))
                        .start();
        try {
            var lines = node.inputReader();
            var address = awaitReady(lines);
            Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
            visit(address);
        } finally {
            node.toHandle().destroy(); // SIGTERM; Process.destroy would also close the output we still read
        }
        if (!node.waitFor(3, TimeUnit.MINUTES)) {
            node.destroyForcibly();
            throw new IllegalStateException("The training did not end");
        }
    }

    private static ProcessBuilder java(Path image, List<String> options, List<String> command) {
        List<String> words = new ArrayList<>(List.of(image.resolve("runtime/bin/java").toString(), "@jvm.options", "@class-path"));
        words.addAll(options);
        words.add("org.waymark.node.Main");
        words.addAll(command);
        return new ProcessBuilder(words).directory(image.resolve("lib").toFile()).redirectErrorStream(true);
    }

    private static URI awaitReady(BufferedReader lines) throws IOException {
        var said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return URI.create(line.substring(READY.length()).strip());
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("The node never became ready:\n" + said);
    }

    private static void visit(URI address) throws Exception {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String path : ADDRESSES) {
                    client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.discarding());
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
