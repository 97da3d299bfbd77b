// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.container.ContainerRequestContext;

/// Where a request comes from: the other end of the connection, or what a proxy of ours says of it
/// ([TrustedProxies]). It is used to slow attackers down and is never written to a log or a row.
public record RemoteAddress(String host) {

    public static RemoteAddress of(ContainerRequestContext request) {
        return (RemoteAddress) request.getProperty(RemoteAddress.class.getName());
    }
}
