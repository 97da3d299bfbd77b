// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.container.ContainerRequestContext;

/// The address at the other end of the connection. It is used to slow attackers down and is never
/// written to a log or a row.
public record RemoteAddress(String host) {

    public static RemoteAddress of(ContainerRequestContext request) {
        return (RemoteAddress) request.getProperty(RemoteAddress.class.getName());
    }
}
