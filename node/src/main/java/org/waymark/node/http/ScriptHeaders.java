// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/// Lets our own scripts run on the few pages that have one, and lets those ask the browser where it
/// is. What the browser answers goes nowhere but into the script: it can only fetch from us.
// After SecurityHeaders: response filters run from the highest number down.
@RunsScript
@Priority(Priorities.USER - 1000)
public final class ScriptHeaders implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        headers.putSingle(
                "Content-Security-Policy",
                headers.getFirst("Content-Security-Policy")
                        + "; script-src 'self'; connect-src 'self'");
        headers.putSingle("Permissions-Policy", "camera=(), geolocation=(self), microphone=()");
    }
}
