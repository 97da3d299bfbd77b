// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Optional;
import org.waymark.node.http.BaseUrl;

/// The cookies of the staff pages. Their names carry the node's mark, because cookies ignore ports
/// and two nodes may share a host; over https they begin with `__Host-`, so that no other host and
/// no plain connection can plant them.
public final class StaffCookies {

    private static final Duration DEVICE = Duration.ofDays(400);

    private final boolean secure;
    private final String sessionName;
    private final String deviceName;

    public StaffCookies(BaseUrl baseUrl) {
        secure = baseUrl.secure();
        sessionName = (secure ? "__Host-" : "") + "waymark-" + baseUrl.mark();
        deviceName = sessionName + "-device";
    }

    /// The session's secret, or before sign-in the visitor's; see [Sessions#visitor()].
    public Optional<Secret> session(ContainerRequestContext request) {
        return read(request, sessionName);
    }

    public Optional<Secret> device(ContainerRequestContext request) {
        return read(request, deviceName);
    }

    /// Ends with the browser, and on the server before that. Lax, so that a link in a mail opens
    /// the page and not the sign-in.
    public NewCookie session(Secret secret) {
        return cookie(sessionName, secret.value(), NewCookie.SameSite.LAX, -1);
    }

    /// Stays for 400 days, the longest a browser keeps one.
    public NewCookie device(Secret secret) {
        return cookie(
                deviceName,
                secret.value(),
                NewCookie.SameSite.STRICT,
                Math.toIntExact(DEVICE.toSeconds()));
    }

    /// Takes the session cookie away.
    public NewCookie ended() {
        return cookie(sessionName, "", NewCookie.SameSite.LAX, 0);
    }

    private static Optional<Secret> read(ContainerRequestContext request, String name) {
        return Optional.ofNullable(request.getCookies().get(name))
                .map(Cookie::getValue)
                .flatMap(Secret::parse);
    }

    private NewCookie cookie(
            String name, String value, NewCookie.SameSite sameSite, int maxAgeSeconds) {
        return new NewCookie.Builder(name)
                .value(value)
                .path("/")
                .secure(secure)
                .httpOnly(true)
                .sameSite(sameSite)
                .maxAge(maxAgeSeconds)
                .build();
    }
}
