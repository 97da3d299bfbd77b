// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingTable.Brief;

/// What else there is of the same topics, for those who find a door closed.
final class Alternatives {

    // Enough to find some in the same town without reading a whole directory.
    private static final int MOST_READ = 300;
    private static final int AT_ONCE = 20;

    private Alternatives() {}

    /// @param all that there is, by id
    /// @param near those that the search finds by the town; they are read first
    static List<Listing> of(
            Transaction tx, ListingRow row, List<Brief> all, Set<UUID> near, int limit) {
        var gone = Profile.read(row);
        List<UUID> like =
                all.stream()
                        .filter(it -> !it.id().equals(row.id().value()))
                        .filter(it -> it.leavesBy(Way.SEARCH))
                        .filter(it -> common(gone.topics(), it) > 0)
                        .sorted(
                                Comparator.comparing((Brief it) -> !near.contains(it.id()))
                                        .thenComparing(it -> -common(gone.topics(), it)))
                        .map(Brief::id)
                        .limit(MOST_READ)
                        .toList();
        var here = new ArrayList<Listing>();
        var elsewhere = new ArrayList<Listing>();
        // The best of those here come first, so that no more are needed when these are enough.
        for (int from = 0; from < like.size() && here.size() < limit; from += AT_ONCE) {
            var some = like.subList(from, Math.min(like.size(), from + AT_ONCE));
            var rows = ListingTable.listByIds(tx, some);
            some.stream()
                    .map(rows::get)
                    .filter(Objects::nonNull)
                    .map(Profile::read)
                    .forEach(it -> (isInTownOf(gone, it) ? here : elsewhere).add(it));
        }
        here.addAll(elsewhere);
        return List.copyOf(here.subList(0, Math.min(here.size(), limit)));
    }

    /// In one of the same towns, as far as both say where they are.
    static boolean isInTownOf(Listing one, Listing other) {
        var towns = one.spots().stream().map(spot -> Directory.folded(spot.city())).toList();
        return one.spots().isEmpty()
                || other.spots().stream()
                        .anyMatch(spot -> towns.contains(Directory.folded(spot.city())));
    }

    private static int common(Set<Topic> topics, Brief other) {
        var both = EnumSet.noneOf(Topic.class);
        both.addAll(other.topics());
        both.retainAll(topics);
        return both.size();
    }
}
