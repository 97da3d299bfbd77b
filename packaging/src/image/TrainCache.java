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
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Trains the AOT cache: a real node, under the shipped options, answers what nodes are asked most, hears from partners and stops gracefully;
/// the Java machine then writes `lib/waymark.aot`, with the profiles from which its second compiler knows at once what is worth its while.
///
/// Usage: `TrainCache IMAGE SCRATCH DIRECTORY`, the last an HSDS package for the node to have something to show. Compiled together with the
/// stub partners of the measurements.
public final class TrainCache {
    private static final String READY = "Waymark is ready at ";
    private static final int ROUNDS = 20; // enough for the first compiler to have profiles of the hot path
    private static final List<String> ADDRESSES =
            List.of(
                    "/en/", "/ar/", "/en/now", "/en/t/papers", "/ar/t/language", "/en/search?q=advice", "/ar/search?q=doctor", "/en/privacy",
                    "/en/complaint", "/hsds/", "/hsds/services", "/actor", "/.well-known/nodeinfo", "/nodeinfo/2.1",
                    "/.well-known/webfinger?resource=acct:training@localhost", "/admin/", "/health/ready");
    private static final int PARTNERS = 20;
    private static final int CONNECTIONS = 4;
    private static final int ACTIVITIES = 3000; // with fewer, an inbox spends more on compiling than on activities for its first minutes
    private static final Pattern SOME_FOUND = Pattern.compile("class=\"found\">[1-9]");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

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
        serve(image, scratch, data, port, arguments[2]);
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

    private static void serve(Path image, Path scratch, Path data, int port, String directory) throws Exception {
        var builder = java(image, List.of("-XX:AOTCacheOutput=waymark.aot"), List.of("serve", "--data", data.toString(), "--port", Integer.toString(port)));
        // The partners lie in the loopback network, and tell more in a minute than anyone would.
        builder.environment().putAll(Map.of("WAYMARK_FEDERATION_ALLOW_NETWORKS", "127.0.0.0/8", "WAYMARK_FEDERATION_ACTIVITIES_PER_MINUTE", "1000000"));
        Process node = builder.start();
        try {
            var lines = node.inputReader();
            var address = awaitReady(lines);
            Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
            take(image, scratch, data, address, directory);
            visit(address);
            hear(data, address);
        } finally {
            node.toHandle().destroy(); // SIGTERM; Process.destroy would also close the output we still read
        }
        if (!node.waitFor(3, TimeUnit.MINUTES)) {
            node.destroyForcibly();
            throw new IllegalStateException("The training did not end");
        }
    }

    /// The running node takes in a directory, as most do once: what that needs is in the cache too.
    private static void take(Path image, Path scratch, Path data, URI address, String directory) throws Exception {
        run(image, scratch, List.of("import", "hsds", directory, "--data", data.toString(), "--publisher", "training", "--country", "DE",
                        "--zone", "Europe/Berlin", "--topics", Path.of(directory, "topics.csv").toString()));
        until("anything found", () -> SOME_FOUND.matcher(Http.ask(address, Http.get(address.resolve("/en/search?q="), "text/html")).text()).find());
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

    /// Partners tell of their listings.
    private static void hear(Path data, URI address) throws Exception {
        var organization = ID.matcher(Waymark.control(data, "organization", "list"));
        if (!organization.find()) {
            throw new IllegalStateException("The training found no organisation");
        }
        var inbox = address.resolve("/o/" + organization.group() + "/inbox");
        try (var hosts = new Hosts(PARTNERS)) {
            for (int host = 0; host < PARTNERS; host++) {
                int number = host;
                var asked = hosts.base(host).toString();
                until(asked + " asked", () -> Waymark.control(data, "peer", "request", asked).contains("\"exit\":0"));
                until(asked + " heard", () -> Http.ask(inbox, create(hosts, number, inbox, 0)).status() == 202);
            }
            try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
                var tellers = new ArrayList<Future<?>>();
                for (int teller = 0; teller < CONNECTIONS; teller++) {
                    int first = teller;
                    tellers.add(threads.submit(() -> {
                        try (var connection = new Http.Connection(inbox)) {
                            for (int i = first; i < ACTIVITIES; i += CONNECTIONS) {
                                Http.expect(202, connection.ask(create(hosts, i % PARTNERS, inbox, 1 + i)));
                            }
                        }
                        return null;
                    }));
                }
                for (var teller : tellers) {
                    teller.get();
                }
            }
            until("nothing waits", () -> Waymark.control(data, "queue").contains("in\\t0"));
        }
    }

    private static byte[] create(Hosts hosts, int host, URI inbox, int number) {
        return hosts.signed(hosts.clinic(host).toString(), inbox, hosts.create(host, number));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(String what, Condition condition) throws Exception {
        var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not within two minutes of training: " + what);
            }
            Thread.sleep(50);
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
