// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// An SMTP server that answers as a test says: refuses, puts off, hangs up, or speaks TLS. What
/// every real one does, and none does on demand.
public final class ScriptedServer implements AutoCloseable {

    /// Hangs up instead of answering.
    public static final String HANG_UP = "hang up";

    private final ServerSocket socket;
    private final Optional<SSLContext> tls;
    private final boolean implicit;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    private ScriptedServer(int port, Optional<SSLContext> tls, boolean implicit) {
        try {
            this.socket = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.tls = tls;
        this.implicit = implicit;
        Thread.ofVirtual().start(this::accept);
    }

    public static ScriptedServer inClear() {
        return new ScriptedServer(0, Optional.empty(), false);
    }

    public static ScriptedServer inClearAt(int port) {
        return new ScriptedServer(port, Optional.empty(), false);
    }

    public static ScriptedServer offeringTls(SSLContext tls) {
        return new ScriptedServer(0, Optional.of(tls), false);
    }

    public static ScriptedServer insideTls(SSLContext tls) {
        return new ScriptedServer(0, Optional.of(tls), true);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// @param command such as `RCPT`, or `.` for the end of a letter
    /// @param answer with its code, or [#HANG_UP]
    public void answers(String command, String answer) {
        answers.put(command, answer);
    }

    public void answersAsUsual(String command) {
        answers.remove(command);
    }

    /// What was taken, as it came over the line.
    public List<String> letters() {
        return List.copyOf(letters);
    }

    /// What the letters say, as a reader sees it.
    public List<String> texts() {
        return letters.stream().map(ScriptedServer::text).toList();
    }

    private static String text(String letter) {
        try {
            var in = new ByteArrayInputStream(letter.getBytes(StandardCharsets.UTF_8));
            var read = new MimeMessage(null, in);
            return new String(read.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every line but those of letters.
    public List<String> commands() {
        return List.copyOf(commands);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var accepted = socket.accept();
                Thread.ofVirtual().start(() -> serve(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (var plain = accepted) {
            var line = implicit ? new Line(wrapped(plain)) : new Line(plain);
            line.say("220 scripted");
            var inTls = implicit;
            for (var next = line.read(); next.isPresent(); next = line.read()) {
                var said = next.get();
                commands.add(said);
                var command = said.split(" ", 2)[0].toUpperCase(Locale.ROOT);
                if (answers.get(command) instanceof String answer) {
                    if (answer.equals(HANG_UP)) {
                        return;
                    }
                    line.say(answer);
                    continue;
                }
                switch (command) {
                    case "EHLO" ->
                            line.say(
                                    tls.isPresent() && !inTls
                                            ? "250-scripted\r\n250 STARTTLS"
                                            : "250-scripted\r\n250 AUTH PLAIN");
                    case "STARTTLS" -> {
                        line.say("220 go on");
                        line = new Line(wrapped(plain));
                        inTls = true;
                    }
                    case "AUTH" -> line.say("235 welcome");
                    case "DATA" -> {
                        line.say("354 go on");
                        var letter = line.letter();
                        var answer = answers.getOrDefault(".", "250 taken");
                        if (answer.startsWith("250") || answer.equals(HANG_UP)) {
                            letters.add(letter);
                        }
                        if (answer.equals(HANG_UP)) {
                            return;
                        }
                        line.say(answer);
                    }
                    case "QUIT" -> {
                        line.say("221 bye");
                        return;
                    }
                    default -> line.say("250 ok");
                }
            }
        } catch (IOException e) {
            // The other side went away.
        }
    }

    private SSLSocket wrapped(Socket plain) throws IOException {
        var wrapped =
                (SSLSocket)
                        tls.orElseThrow()
                                .getSocketFactory()
                                .createSocket(plain, "127.0.0.1", plain.getPort(), true);
        wrapped.setUseClientMode(false);
        wrapped.startHandshake();
        return wrapped;
    }

    private static final class Line {

        private final Socket socket;
        private final BufferedReader in;

        private Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        private void say(String text) throws IOException {
            socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        private Optional<String> read() throws IOException {
            return Optional.ofNullable(in.readLine());
        }

        private String letter() throws IOException {
            var letter = new StringBuilder();
            var line = read();
            while (line.isPresent() && !line.get().equals(".")) {
                letter.append(line.get()).append("\r\n");
                line = read();
            }
            return letter.toString();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
