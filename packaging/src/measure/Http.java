// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// As little HTTP/1.1 as measuring needs, so that it costs little beside what is measured.
final class Http {
    private Http() {}

    /// A request or an answer.
    record Message(String first, Map<String, String> headers, byte[] body) {
        int status() {
            return Integer.parseInt(first.split(" ")[1]);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /// One kept connection.
    static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Connection(URI address) throws IOException {
            socket = new Socket(address.getHost(), address.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000); // then it counts as unanswered
            in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
            out = socket.getOutputStream();
        }

        Message ask(byte[] request) throws IOException {
            out.write(request);
            return read(in);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /// One request over a connection of its own.
    static Message ask(URI address, byte[] request) throws IOException {
        try (var connection = new Connection(address)) {
            return connection.ask(request);
        }
    }

    /// Says what was answered instead.
    static void expect(int status, Message answer) throws IOException {
        if (answer.status() != status) {
            throw new IOException(answer.first() + " " + answer.text().replaceAll("(?s)^\\s*<.*", ""));
        }
    }

    static byte[] get(URI address, String accept) {
        return ("GET " + target(address) + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nAccept: " + accept + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] post(URI address, Map<String, String> headers, byte[] body) {
        var head = new StringBuilder("POST " + target(address) + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        var start = head.toString().getBytes(StandardCharsets.UTF_8);
        var request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    static String target(URI address) {
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    /// @throws IOException also when the other side has closed
    static Message read(InputStream in) throws IOException {
        var first = line(in);
        var headers = new TreeMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.merge(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip(), (one, other) -> one + "\n" + other);
        }
        if (headers.getOrDefault("transfer-encoding", "").contains("chunked")) {
            var body = new java.io.ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                body.write(in.readNBytes(size));
                in.skipNBytes(2);
            }
            line(in);
            return new Message(first, headers, body.toByteArray());
        }
        return new Message(first, headers, in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The other side closed the connection");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }
}
