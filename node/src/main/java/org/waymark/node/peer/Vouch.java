// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.OrganizationId;

/// That one of our organisations stands up for a partner: it knows who they are. It is shown where
/// the partner asks others to become their peer; nothing follows from it by itself.
///
/// @param about the partner's actor
/// @param endsAt from then on it says nothing; people vouch anew or leave it
public record Vouch(
        UUID id,
        OrganizationId organization,
        URI about,
        Instant givenAt,
        Instant endsAt,
        Optional<Instant> takenBackAt) {

    /// Whether it stands at a moment.
    public boolean stands(Instant now) {
        return takenBackAt.isEmpty() && now.isBefore(endsAt);
    }
}
