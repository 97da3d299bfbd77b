// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.AccountId;

/// One state that a listing of ours was in.
///
/// @param number 1 for the first that is remembered
/// @param by empty when no person did it here: an import, or those who run the service by a link
/// @param action what was done, as in the audit; `listing-outside` for what came from elsewhere
/// @param batch of the edit of many listings that made it
public record ListingVersion(
        UUID id,
        ListingId listing,
        int number,
        Instant at,
        Optional<AccountId> by,
        String action,
        Optional<UUID> batch,
        String hash) {}
