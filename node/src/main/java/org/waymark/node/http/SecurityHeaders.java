// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The headers every answer carries (OWASP ASVS 5.0, V3): nothing from elsewhere runs or loads, no
/// address leaks to another site, no other site frames us.
public final class SecurityHeaders implements ContainerResponseFilter {

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

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        var more = new java.util.HashMap<>(map);
        more.put(key, value);
        return Map.copyOf(more);
    }
}
