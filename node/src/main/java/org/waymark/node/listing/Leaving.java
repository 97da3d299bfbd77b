// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.waymark.node.database.Transaction;

/// What leaves by one way, as far as it can be told without reading what it says.
///
/// @param ids of all
/// @param latest of each topic what changed last, the latest first
record Leaving(List<ListingId> ids, Map<Topic, Integer> counts, Map<Topic, List<UUID>> latest) {

    static final int MOST_LATEST = 100;

    static Leaving read(Transaction tx, Way way) {
        var leaving =
                ListingTable.briefs(tx).stream().filter(brief -> brief.leavesBy(way)).toList();
        var counts = new EnumMap<Topic, Integer>(Topic.class);
        var latest = new EnumMap<Topic, List<UUID>>(Topic.class);
        for (var topic : Topic.values()) {
            counts.put(topic, 0);
        }
        leaving.stream()
                .sorted(Comparator.comparing(ListingTable.Brief::changed).reversed())
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
                leaving.stream().map(brief -> new ListingId(brief.id())).toList(),
                Map.copyOf(counts),
                Map.copyOf(latest));
    }
}
