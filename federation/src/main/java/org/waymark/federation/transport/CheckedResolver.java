// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.spi.DnsResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Resolves a host, name or literal, to an address that was checked: what is connected to is what
/// was checked, so a name that changes its answer in between (DNS rebinding) gains nothing.
final class CheckedResolver implements DnsResolver {

    /// The host has no address we may connect to.
    static final class NotAllowed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// The host has no address.
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown(UnknownHostException cause) {
            super(cause);
        }
    }

    private final Predicate<InetAddress> allowed;

    CheckedResolver(Predicate<InetAddress> allowed) {
        this.allowed = allowed;
    }

    @Override
    public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .filter(allowed)
                    .findFirst()
                    .orElseThrow(NotAllowed::new);
        } catch (UnknownHostException e) {
            throw new Unknown(e);
        }
    }
}
