// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.security.Security;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// A name service for tests: names under `.invented.test` answer what the test says, one answer for
/// each time they are looked up; all other names go to the machine's own.
public final class InventedNames extends InetAddressResolverProvider {
    private static final Map<String, Queue<List<InetAddress>>> ANSWERS = new ConcurrentHashMap<>();

    static {
        // Otherwise Java would remember the first answer and hide the second.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    /// From now on the name answers these addresses, one list for each look-up, in this order; then
    /// it is unknown.
    static void answer(String name, List<List<InetAddress>> answers) {
        ANSWERS.put(name, new ConcurrentLinkedQueue<>(answers));
    }

    /// How many answers of a name are left.
    static int left(String name) {
        return Optional.ofNullable(ANSWERS.get(name)).map(Queue::size).orElse(0);
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        var builtin = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                if (!host.toLowerCase(Locale.ROOT).endsWith(".invented.test")) {
                    return builtin.lookupByName(host, policy);
                }
                return Optional.ofNullable(ANSWERS.get(host))
                        .map(Queue::poll)
                        .orElseThrow(() -> new UnknownHostException(host))
                        .stream();
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return builtin.lookupByAddress(address);
            }
        };
    }

    @Override
    public String name() {
        return "invented";
    }
}
