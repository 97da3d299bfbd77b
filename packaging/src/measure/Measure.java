// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Start-up time, memory, size and speed of the packaged node. Processor time stands beside wall-clock time, because it stays true on a machine
/// that does other things meanwhile. The client speaks plain HTTP/1.1 over kept connections, so that it costs little
/// beside the node on the same machine.
///
/// Usage: `java Measure.java TARGET SCRATCH [HSDS-PACKAGE [OPTION]...]`
public final class Measure {
    private static final String READY = "Waymark is ready at ";
    private static final int STARTS = 5;
    private static final int CONNECTIONS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration LOAD = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofSeconds(10); // after which memory is called idle

    private static final List<String> PATHS = List.of("/en/", "/ar/", "/en/t/papers", "/en/search?q=advice", "/hsds/services", "/actor");

    private final Path target;
    private final Path scratch;
    private final int port;
    private final List<String> pinned;

    private Measure(Path target, Path scratch, int port, List<String> pinned) {
        this.target = target;
        this.scratch = scratch;
        this.port = port;
        this.pinned = pinned;
    }

    public static void main(String[] arguments) throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var target = Path.of(arguments[0]).toRealPath();
        var scratch = Path.of(arguments[1]);
        new Measure(target, scratch, port, List.of()).all(Arrays.asList(arguments).subList(2, arguments.length));
    }

    private void all(List<String> hsds) throws Exception {
        System.out.println("| what | measured |\n|---|---|");
        Files.writeString(scratch.resolve("password"), "measuring only, thrown away\n");
        command("init", "--organization", "Measured", "--slug", "measured", "--base-url", "http://127.0.0.1:" + port,
                "--admin", "admin@waymark.example", "--admin-password-file", scratch.resolve("password").toString());
        if (!hsds.isEmpty()) {
            var words = new ArrayList<>(List.of("import", "hsds", "--publisher", "measured"));
            words.addAll(hsds);
            var began = System.nanoTime();
            command(words.toArray(String[]::new));
            row("import of the package", seconds(System.nanoTime() - began));
        }
        sizes();
        starts("start to ready, median of " + STARTS);
        new Measure(target, scratch, port, List.of("taskset", "-c", "0")).starts("the same on one core");
        load();
    }

    private void sizes() throws IOException {
        try (var files = Files.list(target)) {
            for (Path archive : files.filter(file -> file.toString().endsWith(".tar.gz")).toList()) {
                row(archive.getFileName().toString(), megabytes(Files.size(archive)));
            }
        }
        long image = 0;
        try (var files = Files.walk(target.resolve("waymark"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                image += Files.size(file);
            }
        }
        row("unpacked", megabytes(image));
        row("of that the AOT cache", megabytes(Files.size(target.resolve("waymark/lib/waymark.aot"))));
    }

    private void starts(String name) throws Exception {
        var times = new long[STARTS];
        var processor = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            var began = System.nanoTime();
            var node = serve();
            times[i] = System.nanoTime() - began;
            processor[i] = cpu(node);
            stop(node);
        }
        Arrays.sort(times);
        Arrays.sort(processor);
        row(name, seconds(times[STARTS / 2]) + ", of processor time " + seconds(processor[STARTS / 2] * 1_000_000));
    }

    private void load() throws Exception {
        var node = serve();
        try {
            Thread.sleep(REST);
            row("resident memory, idle after start", resident(node));
            for (String path : PATHS) {
                if (!answers(path)) {
                    row("GET " + path, "not answered");
                    continue;
                }
                run(path, WARM_UP);
                var used = cpu(node);
                var times = run(path, LOAD);
                row("GET " + path + ", " + CONNECTIONS + " connections", times.length / LOAD.toSeconds() + "/s, p95 "
                        + milliseconds(times[times.length * 95 / 100]) + ", p99 " + milliseconds(times[times.length * 99 / 100])
                        + ", of processor time each " + "%.2f ms".formatted((double) (cpu(node) - used) / times.length));
            }
            Thread.sleep(REST);
            row("resident memory, idle after that load", resident(node));
            var before = cpu(node);
            Thread.sleep(REST);
            row("processor time while idle", "%.2f %% of a core".formatted((cpu(node) - before) * 100.0 / REST.toMillis()));
        } finally {
            stop(node);
        }
    }

    private boolean answers(String path) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request(path));
            return line(socket.getInputStream()).startsWith("HTTP/1.1 200");
        }
    }

    private byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAccept: */*\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// One closed loop per connection: ask, read all, ask again. Returns the sorted times in nanoseconds.
    private long[] run(String path, Duration duration) throws InterruptedException, ExecutionException {
        var end = Instant.now().plus(duration);
        Callable<List<Long>> loop = () -> {
            List<Long> times = new ArrayList<>();
            var request = request(path);
            try (var socket = new Socket("127.0.0.1", port)) {
                socket.setTcpNoDelay(true);
                var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                while (Instant.now().isBefore(end)) {
                    var began = System.nanoTime();
                    socket.getOutputStream().write(request);
                    read(path, in);
                    times.add(System.nanoTime() - began);
                }
            }
            return times;
        };
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            var all = new ArrayList<Long>();
            for (Future<List<Long>> times : threads.invokeAll(java.util.Collections.nCopies(CONNECTIONS, loop))) {
                all.addAll(times.get());
            }
            return all.stream().mapToLong(Long::longValue).sorted().toArray();
        }
    }

    private static void read(String path, InputStream in) throws IOException {
        var status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(path + " answered " + status);
        }
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            var lower = header.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            }
        }
        if (!chunked) {
            in.skipNBytes(length);
            return;
        }
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            in.skipNBytes(size + 2);
        }
        line(in);
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The node closed the connection");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    private Process serve() throws IOException {
        var node = launcher("serve", "--port", String.valueOf(port)).redirectError(scratch.resolve("log").toFile()).start();
        var lines = node.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return node;
            }
        }
        throw new IOException("The node never became ready:\n" + Files.readString(scratch.resolve("log")));
    }

    private static void stop(Process node) throws InterruptedException {
        node.destroy();
        node.waitFor();
    }

    private void command(String... words) throws Exception {
        var process = launcher(words).redirectErrorStream(true).redirectOutput(scratch.resolve("output").toFile()).start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed:\n" + Files.readString(scratch.resolve("output")));
        }
    }

    private ProcessBuilder launcher(String... words) {
        var command = new ArrayList<>(pinned);
        command.add(target.resolve("waymark/bin/waymark").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("--data", scratch.resolve("data").toString()));
        return new ProcessBuilder(command);
    }

    private static String resident(Process node) throws IOException {
        var line = Files.readAllLines(Path.of("/proc", String.valueOf(node.pid()), "status")).stream()
                .filter(row -> row.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Integer.parseInt(line.replaceAll("\\D", "")) / 1024 + " MB";
    }

    /// Milliseconds of processor time so far; the kernel counts in hundredths of a second.
    private static long cpu(Process node) throws IOException {
        var fields = Files.readString(Path.of("/proc", String.valueOf(node.pid()), "stat")).replaceFirst(".*\\) ", "").split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    }

    private static void row(String what, String measured) {
        System.out.println("| " + what + " | " + measured + " |");
    }

    private static String seconds(long nanoseconds) {
        return "%.2f s".formatted(nanoseconds / 1e9);
    }

    private static String milliseconds(long nanoseconds) {
        return "%.1f ms".formatted(nanoseconds / 1e6);
    }

    private static String megabytes(long bytes) {
        return "%.1f MB".formatted(bytes / 1e6);
    }
}
