// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.placecheck;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.OrganizationId;

/// "Place for 2 adults and 1 child from Monday?", as one side keeps it.
///
/// @param activity the `Offer` that asked; the same for both sides
/// @param incoming whether we are asked
/// @param listing as this node keeps it
public record PlaceCheck(
        PlaceCheckId id,
        URI activity,
        boolean incoming,
        OrganizationId organization,
        URI partner,
        String partnerName,
        ListingId listing,
        String service,
        int adults,
        int children,
        LocalDate from,
        Instant askedAt,
        Optional<PlaceAnswer> answer,
        Optional<Instant> answeredAt) {

    // 24 h: referral.md, Around the referral. A bed that was free yesterday is not free.
    static final Duration VALID = Duration.ofHours(24);

    public PlaceCheck {
        if (adults < 0 || children < 0 || adults + children < 1 || adults + children > 50) {
            throw new IllegalArgumentException("A place check is for 1 to 50 people");
        }
    }

    /// Whether it can still be answered.
    public boolean isOpen(Instant now) {
        return answer.isEmpty() && now.isBefore(askedAt.plus(VALID));
    }

    /// Whether its answer still holds.
    public boolean holds(Instant now) {
        return answeredAt.filter(it -> now.isBefore(it.plus(VALID))).isPresent();
    }
}
