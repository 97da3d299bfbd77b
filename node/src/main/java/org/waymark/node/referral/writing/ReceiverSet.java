// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.writing;

import java.util.List;
import java.util.UUID;
import org.waymark.node.listing.ListingId;

/// Listings that are often asked together or one after another, in this order.
public record ReceiverSet(UUID id, String name, List<ListingId> listings) {

    // Those of a place check: more are no choice.
    public static final int MOST = 10;
    public static final int MAX_NAME = 80;

    public ReceiverSet {
        listings = List.copyOf(listings);
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("A name has 1 to " + MAX_NAME + " characters");
        }
        if (listings.isEmpty() || listings.size() > MOST) {
            throw new IllegalArgumentException("A set has 1 to " + MOST + " listings");
        }
    }
}
