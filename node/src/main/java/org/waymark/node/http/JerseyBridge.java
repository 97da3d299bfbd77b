// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.Principal;
import java.util.Map;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/// Hands Helidon's requests to Jersey, with the raw path and query kept as they came (signatures
/// cover them) and the base address taken from the settings, never from the Host header.
final class JerseyBridge implements Handler {

    private final ApplicationHandler jersey;
    private final BaseUrl baseUrl;
    private final int maxBodyBytes;
    private final Map<String, Long> files;
    private final TrustedProxies proxies;
    private final Shortcuts shortcuts;
    private final Compression compression = new Compression();

    JerseyBridge(
            ApplicationHandler jersey,
            BaseUrl baseUrl,
            int maxBodyBytes,
            Map<String, Long> files,
            TrustedProxies proxies,
            Shortcuts shortcuts) {
        this.jersey = jersey;
        this.shortcuts = shortcuts;
        this.baseUrl = baseUrl;
        this.maxBodyBytes = maxBodyBytes;
        this.files = files;
        this.proxies = proxies;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        var target = RawTarget.of(request);
        URI uri;
        try {
            uri = uri(target);
        } catch (URISyntaxException e) {
            SecurityHeaders.bare(response, 400).send();
            return;
        }
        var isFile = isFile(target, request);
        var mostBytes = isFile ? files.getOrDefault(target.path(), 0L) : maxBodyBytes;
        // A file that is too large has its page, which reads nothing of it.
        if (!isFile && request.headers().contentLength().orElse(0) > mostBytes) {
            SecurityHeaders.bare(response, 413).header("Connection", "close").send();
            return;
        }
        if (shortcuts.handle(target, request, response, maxBodyBytes)) {
            return;
        }
        var forJersey =
                new ContainerRequest(
                        baseUrl.resolve("/"),
                        uri,
                        request.prologue().method().text(),
                        new Nobody(baseUrl.secure()),
                        new MapPropertiesDelegate());
        for (Header header : request.headers()) {
            forJersey.headers(header.name(), header.allValues());
        }
        forJersey.setProperty(RawTarget.class.getName(), target);
        if (isFile) {
            MultipartStream.announce(forJersey);
        }
        forJersey.setProperty(RemoteAddress.class.getName(), origin(request));
        if (request.content().hasEntity()) {
            forJersey.setEntityStream(
                    new LimitedInputStream(request.content().inputStream(), mostBytes));
        }
        forJersey.setWriter(new ResponseWriter(request, response, compression));
        jersey.handle(forJersey);
    }

    private boolean isFile(RawTarget target, ServerRequest request) {
        return files.containsKey(target.path())
                && request.prologue().method().text().equals("POST")
                && request.headers()
                        .first(HeaderNames.CONTENT_TYPE)
                        .filter(it -> it.startsWith("multipart/form-data"))
                        .isPresent();
    }

    private RemoteAddress origin(ServerRequest request) {
        return proxies.origin(
                request.remotePeer().host(),
                request.headers().values(HeaderNames.X_FORWARDED_FOR),
                request.headers().values(HeaderNames.FORWARDED));
    }

    /// A target may be anything but a path (RFC 9112, section 3.2); one such as `@stranger.example`
    /// would make the base address mean another host.
    private URI uri(RawTarget target) throws URISyntaxException {
        if (!target.pathAndQuery().startsWith("/")) {
            throw new URISyntaxException(target.pathAndQuery(), "Not a path");
        }
        return new URI(baseUrl + target.pathAndQuery());
    }

    /// Until a filter says who it is.
    private record Nobody(boolean isSecure) implements SecurityContext {
        @Override
        public @Nullable Principal getUserPrincipal() {
            return null;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public @Nullable String getAuthenticationScheme() {
            return null;
        }
    }
}
