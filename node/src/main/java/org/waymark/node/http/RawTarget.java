// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import io.helidon.webserver.http.ServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

/// The request target as it stood on the wire, which is what HTTP signatures cover.
///
/// @param pathAndQuery begins with a slash; percent-encoding untouched
public record RawTarget(String pathAndQuery) {

    /// Without the query.
    public String path() {
        var end = pathAndQuery.indexOf('?');
        return end < 0 ? pathAndQuery : pathAndQuery.substring(0, end);
    }

    static RawTarget of(ServerRequest request) {
        var prologue = request.prologue();
        var path = prologue.uriPath().rawPath();
        var query = prologue.query().rawValue();
        return new RawTarget(query.isEmpty() ? path : path + "?" + query);
    }

    public static RawTarget of(ContainerRequestContext request) {
        return (RawTarget) request.getProperty(RawTarget.class.getName());
    }
}
