// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Another node and how we stand with it.
///
/// @param baseUrl what all its ids begin with
/// @param follow the `Follow` that asked for the peering, ours or theirs
/// @param wantsCopies whether we want the listings of organisations it offers us
public record Peer(
        PeerId id,
        URI baseUrl,
        URI actor,
        String name,
        PeerState state,
        Optional<URI> follow,
        boolean wantsCopies,
        Instant createdAt,
        Instant changedAt) {

    /// Whether we asked them, rather than they us.
    public boolean askedByUs() {
        return follow.filter(it -> !it.toString().startsWith(baseUrl + "/")).isPresent();
    }
}
