// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// A change of a listing, or a new one, that somebody wrote down and nobody has published yet. What
/// is published stays as it is until then.
///
/// @param listing that it will be published as
/// @param isNew whether there is no such listing yet
/// @param name of the listing in the draft
/// @param answer of whoever decided
public record WaitingDraft(
        UUID id,
        OrganizationId organization,
        ListingId listing,
        boolean isNew,
        String name,
        AccountId by,
        Instant writtenAt,
        State state,
        Optional<AccountId> decidedBy,
        Optional<String> answer) {

    public enum State {
        WAITING,
        PUBLISHED,
        /// Somebody said no, and why.
        RETURNED
    }
}
