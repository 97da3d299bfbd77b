// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;

/// A page of what was found: the most relevant first, of equals the most recently checked.
///
/// @param total how many were found in all
/// @param partly nothing has all the words; these have some of them
public record ListingHits(int total, List<Listing> listings, boolean partly) {

    public ListingHits {
        listings = List.copyOf(listings);
    }
}
