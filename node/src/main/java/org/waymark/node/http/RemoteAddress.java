// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.Inet6Address;
import java.net.InetAddress;

/// Where a request comes from: the other end of the connection, or what a proxy of ours says of it
/// ([TrustedProxies]). It is used to slow attackers down and is never written to a log or a row.
public record RemoteAddress(String host) {

    public static RemoteAddress of(ContainerRequestContext request) {
        return (RemoteAddress) request.getProperty(RemoteAddress.class.getName());
    }

    /// Whether all visitors may seem to come from there: behind a proxy that is not named in the
    /// settings, on this machine or in the network around a container, and behind an onion service.
    public boolean isEverybody() {
        try {
            var address = InetAddress.ofLiteral(host);
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || address instanceof Inet6Address v6 && isOwnNetwork(v6);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// `fc00::/7`, RFC 4193.
    private static boolean isOwnNetwork(Inet6Address address) {
        return (address.getAddress()[0] & 0xfe) == 0xfc;
    }
}
