// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses may be connected to: every public one, and others only when their network is
/// named. There is no switch that turns the rules off; tests and demonstrations name `127.0.0.0/8`.
public final class NetworkRules {
    // IANA IPv4 special-purpose registry (RFC 6890 and successors), and multicast.
    private static final List<Network> CLOSED_V4 =
            networks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4");

    // Everything outside global unicast is closed: loopback, mapped, compatible, NAT64 (64:ff9b::),
    // unique local, link-local, multicast.
    private static final Network GLOBAL_V6 = Network.of("2000::/3");

    // Within it: IETF protocols with Teredo and ORCHID, documentation, 6to4.
    private static final List<Network> CLOSED_V6 =
            networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final List<Network> named;

    private NetworkRules(List<Network> named) {
        this.named = named;
    }

    /// Public addresses and those of the networks named.
    ///
    /// @param networks in CIDR form, such as `127.0.0.0/8`
    /// @throws IllegalArgumentException if one is not
    public static NetworkRules allowing(List<String> networks) {
        return new NetworkRules(networks.stream().map(Network::of).toList());
    }

    /// Public addresses only.
    public static NetworkRules publicOnly() {
        return allowing(List.of());
    }

    /// Whether a connection to the address may be opened.
    public boolean admits(InetAddress address) {
        return names(address) || isPublic(address);
    }

    /// Whether the address lies in a network that was named; only there plain http is spoken.
    public boolean names(InetAddress address) {
        return named.stream().anyMatch(it -> it.contains(address));
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet6Address
                ? GLOBAL_V6.contains(address)
                        && CLOSED_V6.stream().noneMatch(it -> it.contains(address))
                : CLOSED_V4.stream().noneMatch(it -> it.contains(address));
    }

    private static List<Network> networks(String... cidrs) {
        return Stream.of(cidrs).map(Network::of).toList();
    }
}
