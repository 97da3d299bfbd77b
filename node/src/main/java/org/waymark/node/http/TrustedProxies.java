// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.waymark.federation.transport.Network;

/// The proxies in front of this node. Only what they say of where a request comes from counts
/// (`X-Forwarded-For`, or `Forwarded` of RFC 7239), and only as far as it was they who said it:
/// from the right, up to the first address that is none of theirs. What stands before that was
/// written by whoever asks.
///
/// @param networks where they are
public record TrustedProxies(List<Network> networks) {

    /// Nobody's word counts but that of the connection.
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    // 20: far more proxies than stand before anything; the rest of a longer header is not read.
    private static final int MOST_HOPS = 20;

    public TrustedProxies {
        networks = List.copyOf(networks);
    }

    /// @param networks in CIDR notation
    /// @throws IllegalArgumentException when one is no network
    public static TrustedProxies of(List<String> networks) {
        return new TrustedProxies(networks.stream().map(Network::of).toList());
    }

    /// Where a request comes from. Where both headers are there and tell differently, one of them
    /// passed a proxy that does not write it, so neither counts.
    ///
    /// @param peer the other end of the connection
    /// @param forwardedFor the lines of `X-Forwarded-For`
    /// @param forwarded the lines of `Forwarded`
    RemoteAddress origin(String peer, List<String> forwardedFor, List<String> forwarded) {
        var byOne = follow(peer, split(forwardedFor, ","));
        var byOther =
                follow(peer, split(forwarded, ",").stream().map(TrustedProxies::node).toList());
        var told =
                forwarded.isEmpty()
                        ? byOne
                        : forwardedFor.isEmpty() || byOne.equals(byOther) ? byOther : peer;
        return new RemoteAddress(told);
    }

    private String follow(String peer, List<String> said) {
        var at = peer;
        for (var hop : said.reversed().subList(0, Math.min(said.size(), MOST_HOPS))) {
            var before = address(hop);
            if (before.isEmpty() || address(at).filter(this::isOurs).isEmpty()) {
                break;
            }
            at = before.get().getHostAddress();
        }
        return at;
    }

    private boolean isOurs(InetAddress address) {
        return networks.stream().anyMatch(it -> it.contains(address));
    }

    private static List<String> split(List<String> lines, String separator) {
        var parts = new ArrayList<String>();
        lines.forEach(line -> parts.addAll(List.of(line.split(separator, -1))));
        return parts.stream().map(String::strip).toList();
    }

    /// Who asked, in one element of `Forwarded`.
    private static String node(String element) {
        return split(List.of(element), ";").stream()
                .filter(it -> it.toLowerCase(Locale.ROOT).startsWith("for="))
                .map(it -> it.substring("for=".length()).replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    /// An address with its port or without, `[…]` around one of IPv6. Names are not looked up.
    private static Optional<InetAddress> address(String written) {
        var bare = written;
        if (bare.startsWith("[") && bare.contains("]")) {
            bare = bare.substring(1, bare.indexOf(']'));
        } else if (bare.indexOf(':') > 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
