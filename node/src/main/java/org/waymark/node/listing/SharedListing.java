// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.Optional;
import org.waymark.node.privacy.OrganizationId;

/// That a listing of ours left this node, for whom, and whether it was called back.
///
/// @param publicSince when it first was for everyone; empty when it never was
/// @param changeNumber of the listing's last change that was told
record SharedListing(
        ListingId id,
        OrganizationId publisher,
        State state,
        Optional<Instant> publicSince,
        Instant changedAt,
        long changeNumber) {

    enum State {
        /// Everyone may have it.
        PUBLIC,
        /// Partners with an agreement may have it.
        PARTNERS,
        /// Called back.
        GONE
    }

    /// For whom a listing is now.
    static State stateOf(ListingRow row) {
        if (row.leavesBy(Way.OUTBOX)) {
            return State.PUBLIC;
        }
        return row.leavesBy(Way.PARTNER_OUTBOX) ? State.PARTNERS : State.GONE;
    }
}
