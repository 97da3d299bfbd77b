// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.stream.Stream;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingTable.Brief;

/// All listings, own and copied, without what they say: for counts and choices that would otherwise
/// read them all for each visitor.
final class Overview {

    static final int MOST_LATEST = 100;
    private static final int AT_ONCE = 1000;
    private static final Comparator<Brief> LATEST =
            Comparator.comparingLong(Brief::changed)
                    .reversed()
                    .thenComparing(Brief::id, KnownListings.AS_TEXT);

    private final KnownListings<Brief> known;

    Overview(Database database) {
        this.known = new KnownListings<>(database, new Rows());
    }

    /// By id, as they are after the last commit.
    List<Brief> now() {
        return known.now().all();
    }

    /// The ids of what leaves by this way.
    List<ListingId> ids(Way way) {
        return leaving(way).map(brief -> new ListingId(brief.id())).toList();
    }

    /// How many of each topic leave by this way.
    Map<Topic, Integer> counts(Way way) {
        var counts = new EnumMap<Topic, Integer>(Topic.class);
        for (var topic : Topic.values()) {
            counts.put(topic, 0);
        }
        leaving(way)
                .forEach(brief -> brief.topics().forEach(it -> counts.merge(it, 1, Integer::sum)));
        return Map.copyOf(counts);
    }

    /// Of a topic what changed last and leaves by this way, the latest first; at most 100.
    List<UUID> latest(Way way, Topic topic) {
        // The oldest goes first: of 20,000 only some are ever sorted.
        var latest = new PriorityQueue<>(LATEST.reversed());
        leaving(way)
                .filter(brief -> brief.topics().contains(topic))
                .forEach(
                        brief -> {
                            latest.add(brief);
                            if (latest.size() > MOST_LATEST) {
                                latest.remove();
                            }
                        });
        return latest.stream().sorted(LATEST).map(Brief::id).toList();
    }

    private Stream<Brief> leaving(Way way) {
        return now().stream().filter(brief -> brief.leavesBy(way));
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
