// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// A client that sends a request line exactly as it is told, which no HTTP library does.
public final class RawHttp {

    // 10 s: so that a server that says nothing fails the test instead of holding it up.
    private static final int SILENCE_MILLIS = 10_000;

    private RawHttp() {}

    /// The status line and headers of the answer.
    ///
    /// @param target what stands between method and version
    public static String head(int port, String target) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(SILENCE_MILLIS);
            var request = "GET " + target + " HTTP/1.1\r\nHost: shelter.example\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .collect(Collectors.joining("\n"));
        }
    }
}
