// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// One listening socket. It is bound first and served later, so that the port is known before the
/// node that lives behind it exists; meanwhile it answers 503.
public final class HttpServer implements AutoCloseable {

    // 10 s: as long as a slow phone may take to finish a page while the node stops.
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final WebServer server;
    private final AtomicReference<Handler> handler;

    private HttpServer(WebServer server, AtomicReference<Handler> handler) {
        this.server = server;
        this.handler = handler;
    }

    /// Binds the socket and begins to answer 503.
    ///
    /// @param port 0 picks a free one
    public static HttpServer bind(String address, int port) {
        var handler = new AtomicReference<Handler>(HttpServer::notYet);
        var server =
                WebServer.builder()
                        .host(address)
                        .port(port)
                        .shutdownHook(false)
                        .shutdownGracePeriod(GRACE)
                        .featuresDiscoverServices(false)
                        .directHandlers(HttpServer::bare)
                        // A response is two writes; without this the second one waits 40 ms for the
                        // client to confirm the first.
                        .connectionOptions(socket -> socket.tcpNoDelay(true))
                        .routing(
                                HttpRouting.builder()
                                        .any(
                                                (request, response) ->
                                                        handler.get().handle(request, response)))
                        .build()
                        .start();
        return new HttpServer(server, handler);
    }

    /// Whether somebody listens there. For who can say it better than the log that [#bind] writes
    /// when it fails; by the next moment it may be otherwise.
    public static boolean isTaken(String address, int port) {
        try (var door = new ServerSocket()) {
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(address, port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// The port that is really bound.
    public int port() {
        return server.port();
    }

    /// From now on requests go to this site.
    public void serve(Site site) {
        handler.set(site.handler());
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void bare(DirectHandlers.Builder handlers) {
        for (var type : EventType.values()) {
            handlers.addHandler(type, SecurityHeaders::bare);
        }
    }

    private static void notYet(ServerRequest request, ServerResponse response) {
        SecurityHeaders.bare(response, 503).header("Retry-After", "1").send();
    }
}
