// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.waymark.federation.delivery.CollectionSynchronization;

/// Tells a server, beside what an organisation says to its followers, who of them live there
/// (FEP-8fcf).
final class FollowersHeader {

    static final String PARTIAL = "/followers/synchronization";

    private final Followership followership;

    FollowersHeader(Followership followership) {
        this.followership = followership;
    }

    /// @param body of the activity; a mention of the collection anywhere in it counts, and does no
    ///   harm when it is not the audience
    Map<String, String> of(LocalActor sender, URI inbox, byte[] body) {
        var collection = sender.below("/followers");
        if (sender.organization().isEmpty()
                || !new String(body, StandardCharsets.UTF_8).contains("\"" + collection + "\"")) {
            return Map.of();
        }
        var followers = followership.livingAt(sender.organization().get(), inbox);
        if (followers.isEmpty()) {
            return Map.of();
        }
        var header =
                new CollectionSynchronization(
                        collection,
                        sender.below(PARTIAL),
                        CollectionSynchronization.digest(followers));
        return Map.of(CollectionSynchronization.HEADER, header.toString());
    }
}
