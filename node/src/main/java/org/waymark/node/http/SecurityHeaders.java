// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The headers every answer carries (OWASP ASVS 5.0, V3): nothing from elsewhere runs or loads, no
/// address leaks to another site, no other site frames us.
public final class SecurityHeaders implements ContainerResponseFilter {

    // What is answered before there is a page, by the server itself.
    private static final Map<String, String> BARE =
            Map.of(
                    "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Referrer-Policy", "no-referrer",
                    "Cache-Control", "no-store");

    private final Map<String, String> headers;

    /// @param styleHashes CSP hash sources of the inlined styles, for example `sha256-…`
    public SecurityHeaders(BaseUrl baseUrl, List<String> styleHashes) {
        var styles =
                styleHashes.stream().map(hash -> " '" + hash + "'").collect(Collectors.joining());
        var policy =
                "default-src 'none'; style-src 'self'"
                        + styles
                        + "; img-src 'self' data:; font-src 'self'; form-action 'self';"
                        + " base-uri 'none'; frame-ancestors 'none'";
        var common =
                Map.of(
                        "Content-Security-Policy", policy,
                        "X-Content-Type-Options", "nosniff",
                        "X-Frame-Options", "DENY",
                        "Referrer-Policy", "no-referrer",
                        "Cross-Origin-Opener-Policy", "same-origin",
                        "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        this.headers =
                baseUrl.secure()
                        ? with(common, "Strict-Transport-Security", "max-age=31536000")
                        : common;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        headers.forEach((name, value) -> response.getHeaders().putSingle(name, value));
    }

    /// The same for what is answered without Jersey.
    void addTo(ServerResponse response) {
        headers.forEach(response::header);
    }

    /// An answer without a body, from the server itself, and so without the filter above.
    static ServerResponse bare(ServerResponse response, int status) {
        BARE.forEach(response::header);
        return response.status(status);
    }

    /// The same for what Helidon refuses before it reads a request whole.
    static DirectHandler.TransportResponse bare(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders given,
            String message) {
        var answer =
                DirectHandler.TransportResponse.builder()
                        .status(status)
                        .headers(given)
                        .keepAlive(type.keepAlive());
        BARE.forEach((name, value) -> answer.header(HeaderNames.create(name), value));
        return answer.build();
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        var more = new java.util.HashMap<>(map);
        more.put(key, value);
        return Map.copyOf(more);
    }
}
