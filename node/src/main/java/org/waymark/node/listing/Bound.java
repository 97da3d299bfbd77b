// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.privacy.AccountId;

/// How precisely services may say where they are, by their places, however they were ruled: what
/// somebody wrote into these places is of a hidden house. More than that waits for a second person.
///
/// @param most by place; one that is missing may be told
/// @param by who wrote it
record Bound(Map<UUID, Place> most, AccountId by) {

    Bound {
        most = Map.copyOf(most);
    }

    /// Where no place was written.
    static Bound none(AccountId by) {
        return new Bound(Map.of(), by);
    }

    boolean limits(UUID part) {
        return most.getOrDefault(part, Place.EXACT) != Place.EXACT;
    }

    Ruling on(Ruling ruling, Set<UUID> parts) {
        var least =
                parts.stream()
                        .map(it -> most.getOrDefault(it, Place.EXACT))
                        .reduce(HiddenHouses::less)
                        .orElse(Place.EXACT);
        return ruling.below(least, by);
    }
}
