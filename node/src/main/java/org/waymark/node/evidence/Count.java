// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.time.YearMonth;
import java.util.Optional;
import org.waymark.node.listing.ListingId;
import org.waymark.node.referral.Side;

/// How often something happened in a month.
///
/// @param side whether the organisation asked or was asked
/// @param partner the other side's name; empty where it is not kept
/// @param topic slug, or empty
/// @param detail the answer or the reason, in lower case; or empty
/// @param language that an interpreter was missing for, as a BCP 47 tag; or empty
/// @param hours until the answer, rounded up; 0 for anything else
/// @param isProtected about a service that must never stand in a count of one organisation
///   (referral.md, Evidence)
public record Count(
        YearMonth month,
        Side side,
        Measure measure,
        Optional<ListingId> listing,
        String partner,
        String topic,
        String detail,
        String language,
        int hours,
        boolean inTime,
        boolean isProtected,
        long times) {

    Count asProtected() {
        return with(listing, true);
    }

    /// As it is shown and exported: what lies sealed in referrals stands beside no service.
    Count shown() {
        return measure == Measure.REFUSED || measure == Measure.REACHED
                ? with(Optional.empty(), isProtected)
                : this;
    }

    private Count with(Optional<ListingId> otherListing, boolean nowProtected) {
        return new Count(
                month,
                side,
                measure,
                otherListing,
                partner,
                topic,
                detail,
                language,
                hours,
                inTime,
                nowProtected,
                times);
    }
}
