// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingTable.Brief;

/// All listings, own and copied, without what they say: for counts and choices that would otherwise
/// read them all for each visitor.
final class Overview {

    /// What leaves by one way.
    ///
    /// @param ids of all
    /// @param latest of each topic what changed last, the latest first
    record Leaving(
            List<ListingId> ids, Map<Topic, Integer> counts, Map<Topic, List<UUID>> latest) {}

    static final int MOST_LATEST = 100;
    private static final int AT_ONCE = 1000;

    private final KnownListings<Brief> known;

    Overview(Database database) {
        this.known = new KnownListings<>(database, new Rows());
    }

    /// By id, as they are after the last commit.
    List<Brief> now() {
        return known.now().all();
    }

    Leaving leaving(Way way) {
        var all = now().stream().filter(brief -> brief.leavesBy(way)).toList();
        var counts = new EnumMap<Topic, Integer>(Topic.class);
        var latest = new EnumMap<Topic, List<UUID>>(Topic.class);
        for (var topic : Topic.values()) {
            counts.put(topic, 0);
        }
        all.stream()
                .sorted(Comparator.comparingLong(Brief::changed).reversed())
                .forEach(
                        brief -> {
                            for (var topic : brief.topics()) {
                                counts.merge(topic, 1, Integer::sum);
                                var ids = latest.computeIfAbsent(topic, _ -> new ArrayList<>());
                                if (ids.size() < MOST_LATEST) {
                                    ids.add(brief.id());
                                }
                            }
                        });
        return new Leaving(
                all.stream().map(brief -> new ListingId(brief.id())).toList(),
                Map.copyOf(counts),
                Map.copyOf(latest));
    }

    private static final class Rows implements KnownListings.Source<Brief> {

        @Override
        public Map<UUID, Optional<Brief>> after(Transaction tx, String after) {
            return byId(ListingTable.listBriefs(tx, after, AT_ONCE));
        }

        @Override
        public Map<UUID, Optional<Brief>> ofIds(Transaction tx, Collection<UUID> ids) {
            return byId(ListingTable.listBriefs(tx, ids));
        }

        private static Map<UUID, Optional<Brief>> byId(List<Brief> briefs) {
            var byId = new LinkedHashMap<UUID, Optional<Brief>>();
            briefs.forEach(it -> byId.put(it.id(), Optional.of(it)));
            return byId;
        }
    }
}
