// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The packaged node with an organisation and an editor of its own, and its doors: commands, staff forms.
final class Waymark {
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]+)\"");
    private static final Pattern WAITING = Pattern.compile("in\\\\t(\\d+)");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    final URI base = free();
    private final Path target;
    private final Path scratch;
    private final Map<String, String> cookies = new HashMap<>();

    Waymark(Path target, Path scratch) throws Exception {
        this.target = target;
        this.scratch = scratch;
        Files.writeString(scratch.resolve("password"), "measuring only, thrown away\n");
        run("init", "--organization", "Measured", "--slug", "measured", "--base-url", base.toString(), "--admin", "admin@waymark.example",
                "--admin-password-file", scratch.resolve("password").toString());
        run("account", "add", "--email", "editor@waymark.example", "--organization", "measured", "--role", "editor", "--password-file",
                scratch.resolve("password").toString());
    }

    /// The stub servers lie in the loopback network, and tell more in a minute than anyone would.
    Program serve() throws IOException {
        var command = List.of(target.resolve("waymark/bin/waymark").toString(), "serve", "--data", scratch.resolve("data").toString(), "--port",
                String.valueOf(base.getPort()));
        var settings = Map.of("WAYMARK_FEDERATION_ALLOW_NETWORKS", "127.0.0.0/8", "WAYMARK_FEDERATION_ACTIVITIES_PER_MINUTE", "1000000");
        return Program.start("Waymark is ready at ", scratch.resolve("log"), settings, command);
    }

    URI inbox() {
        return base.resolve("/inbox");
    }

    /// The actor of its organisation.
    URI organization() throws IOException {
        return base.resolve("/o/" + found(ID, control("organization", "list"), 0));
    }

    /// How many activities were refused after they had been accepted.
    long refused() throws IOException {
        try (var lines = Files.lines(scratch.resolve("log"))) {
            return lines.filter(it -> it.contains("(Create) refused")).count();
        }
    }

    /// The page of results for these words.
    String searched(String words) throws IOException {
        var page = base.resolve("/en/search?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
        return Http.ask(base, Http.get(page, "text/html")).text();
    }

    private static String found(Pattern pattern, String text, int group) throws IOException {
        var match = pattern.matcher(text);
        if (!match.find()) {
            throw new IOException("No " + pattern + " in " + text);
        }
        return match.group(group);
    }

    /// Activities taken and not yet processed.
    long waiting() throws IOException {
        return Long.parseLong(found(WAITING, control("queue"), 1));
    }

    /// A command of the running node, without starting a process for it.
    String control(String... words) throws IOException {
        return control(scratch.resolve("data"), words);
    }

    /// The same of any node of ours, by its data directory.
    static String control(Path data, String... words) throws IOException {
        var run = Files.readAllLines(data.resolve("run/control"));
        var address = URI.create("http://127.0.0.1:" + run.get(0) + "/control/v1/" + words[0]);
        var call = Arrays.stream(words).collect(Collectors.joining("\",\"", "{\"arguments\":[\"", "\"],\"directory\":\"/\"}"));
        var answer = Http.ask(address, Http.post(address, Map.of("Authorization", "Bearer " + run.get(1), "Content-Type", "application/json"),
                call.getBytes(StandardCharsets.UTF_8)));
        Http.expect(200, answer);
        return answer.text();
    }

    void signIn() throws IOException {
        form("/admin/sign-in", Map.of("email", "editor@waymark.example", "password", "measuring only, thrown away"));
    }

    /// Fills in a staff form and keeps the cookies.
    void form(String path, Map<String, String> fields) throws IOException {
        var address = base.resolve(path);
        var page = Http.ask(base, browser("GET " + path, ""));
        keepCookies(page);
        var token = TOKEN.matcher(page.text());
        var body = fields.entrySet().stream().map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")) + (token.find() ? "&token=" + token.group(1) : "");
        var answer = Http.ask(address, browser("POST " + path, body));
        keepCookies(answer);
        Http.expect(303, answer);
    }

    private byte[] browser(String what, String body) {
        return (what + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nAccept: text/html\r\nAccept-Language: en\r\nCookie: "
                + cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; "))
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void keepCookies(Http.Message answer) {
        for (var cookie : answer.headers().getOrDefault("set-cookie", "").lines().toList()) {
            var pair = cookie.split(";")[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
    }

    private void run(String... words) throws Exception {
        var command = new ArrayList<>(List.of(target.resolve("waymark/bin/waymark").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", scratch.resolve("data").toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(scratch.resolve("output").toFile()).start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed:\n" + Files.readString(scratch.resolve("output")));
        }
    }

    /// Bytes in its data directory.
    long disk() throws IOException {
        try (var files = Files.walk(scratch.resolve("data"))) {
            long sum = 0;
            for (var file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.exists(file) ? Files.size(file) : 0;
            }
            return sum;
        }
    }

    /// An address of this machine that nobody listens at.
    static URI free() {
        try (var socket = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
