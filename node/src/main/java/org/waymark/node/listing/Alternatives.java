// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;

/// What else there is of the same topics, for those who find a door closed.
final class Alternatives {

    // Enough to find some in the same town without reading a whole directory.
    private static final int MOST_READ = 300;

    private Alternatives() {}

    /// @param near those that the search finds by the town; they are read first
    static List<Listing> of(Transaction tx, ListingRow row, Set<UUID> near, int limit) {
        var gone = Profile.read(row);
        List<UUID> like =
                ListingTable.briefs(tx).stream()
                        .filter(it -> !it.id().equals(row.id().value()))
                        .filter(it -> it.leavesBy(Way.SEARCH))
                        .filter(it -> it.topics().stream().anyMatch(gone.topics()::contains))
                        .map(ListingTable.Brief::id)
                        .sorted(Comparator.comparing((UUID it) -> !near.contains(it)))
                        .limit(MOST_READ)
                        .toList();
        var found =
                new ArrayList<>(
                        ListingTable.listByIds(tx, like).values().stream()
                                .map(Profile::read)
                                .toList());
        found.sort(
                Comparator.comparing((Listing it) -> !isInTownOf(gone, it))
                        .thenComparing(it -> -common(gone, it))
                        .thenComparing(it -> it.id().value()));
        return List.copyOf(found.subList(0, Math.min(found.size(), limit)));
    }

    /// In one of the same towns, as far as both say where they are.
    static boolean isInTownOf(Listing one, Listing other) {
        var towns = one.spots().stream().map(spot -> Directory.folded(spot.city())).toList();
        return one.spots().isEmpty()
                || other.spots().stream()
                        .anyMatch(spot -> towns.contains(Directory.folded(spot.city())));
    }

    private static int common(Listing one, Listing other) {
        var both = new HashSet<>(one.topics());
        both.retainAll(other.topics());
        return both.size();
    }
}
