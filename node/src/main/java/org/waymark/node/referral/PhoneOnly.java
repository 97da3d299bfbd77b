// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.Set;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Review;

/// Which services are asked by phone only, whoever asks and by whatever door (safety.md 9).
public final class PhoneOnly {

    private static final Set<Review.Reason> REASONS =
            Set.of(
                    Review.Reason.VIOLENCE,
                    Review.Reason.TRAFFICKING,
                    Review.Reason.CHILD_PROTECTION);

    private PhoneOnly() {}

    public static boolean covers(Listing listing) {
        return listing.review().reasons().stream().anyMatch(REASONS::contains);
    }
}
