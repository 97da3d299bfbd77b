// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.suggest;

import java.util.Optional;
import java.util.Set;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Topic;

/// What help is looked for; nothing in it tells who for.
///
/// @param spoken a language the person speaks, as a BCP 47 tag; it leaves nobody out
/// @param near code of a place to measure from; it leaves nobody out
/// @param without those that are asked already
public record Wanted(
        Optional<Topic> topic,
        Optional<String> spoken,
        Optional<String> near,
        Set<ListingId> without) {

    public Wanted {
        without = Set.copyOf(without);
    }

    @Override
    public String toString() {
        return "Wanted[hidden]";
    }
}
