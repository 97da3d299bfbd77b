// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.Request;

/// A real HTTP server on loopback.
public final class Site implements AutoCloseable {
    private final WebServer server;

    public Site(Consumer<HttpRouting.Builder> routing) {
        server = WebServer.builder().host("127.0.0.1").port(0).routing(routing).build().start();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /// Answers with this text.
    public static Handler text(int status, String mediaType, String text) {
        return (_, response) -> {
            response.status(Status.create(status));
            response.header(HeaderNames.CONTENT_TYPE, mediaType);
            response.send(text.getBytes(StandardCharsets.UTF_8));
        };
    }

    /// The request as it came in.
    public static Request received(ServerRequest request) {
        var lines = new LinkedHashMap<String, List<String>>();
        request.headers().forEach(it -> lines.put(it.name(), new ArrayList<>(it.allValues())));
        byte[] body =
                request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
        String query = request.prologue().query().rawValue();
        String target =
                request.prologue().uriPath().rawPath() + (query.isEmpty() ? "" : "?" + query);
        return new Request(request.prologue().method().text(), target, Headers.of(lines), body);
    }

    @Override
    public void close() {
        server.stop();
    }
}
