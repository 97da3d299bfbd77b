// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.waymark.federation.trust.Origin;

/// The lane of a delivery: what goes to one host under one order key goes one by one, because a
/// lane is one job of the node's work.
final class Lanes {

    private Lanes() {}

    static UUID of(String host, URI orderKey) {
        var name = host + " " + orderKey;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /// Host name, with its port where that is not the scheme's own: one name for one server.
    static String host(URI address) {
        return Origin.of(address)
                .map(Origin::authority)
                .orElseGet(() -> address.getRawAuthority().toLowerCase(Locale.ROOT));
    }
}
