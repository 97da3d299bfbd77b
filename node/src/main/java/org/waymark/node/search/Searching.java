// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.FixedBitSet;

/// One search: words, then filters and counts, then the order.
final class Searching {

    // What is fresh ranks as if a little better.
    private static final float FRESH = 1;

    // When the nearest stand first: what fits less than a third as well as the best stands behind.
    private static final float FITS = 0.33f;

    // No group of keywords is called so.
    private static final String LIVE = "*";
    private static final String NEAR = "**";

    private final IndexSearcher searcher;
    private final Columns columns;
    private final Meanings meanings;
    private final SearchQuery query;

    Searching(IndexSearcher searcher, Columns columns, Meanings meanings, SearchQuery query) {
        this.searcher = searcher;
        this.columns = columns;
        this.meanings = meanings;
        this.query = query;
    }

    SearchHits run() throws IOException {
        var matching = new Matching(searcher, meanings, query);
        boolean partly = false;
        Found found;
        if (matching.isEmpty()) {
            found = Found.all(columns.living());
        } else {
            found = Found.of(searcher, matching.withEach(), columns.size());
            if (found.count() == 0 && !matching.isOneThing()) {
                found = Found.of(searcher, matching.withSome(), columns.size());
                partly = found.count() > 0;
            }
        }
        var filters = filters();
        var passing = narrowed(found.bits(), filters, "");
        int total = passing.cardinality();
        return new SearchHits(
                total,
                hits(found, passing),
                partly,
                counts(found.bits(), passing, filters),
                live(found.bits(), filters),
                found.count(),
                Set.copyOf(matching.meant()),
                found.count() == 0 || partly ? matching.instead() : "");
    }

    private Map<String, FixedBitSet> filters() throws IOException {
        var filters = new HashMap<String, FixedBitSet>();
        for (var filter : query.filters().entrySet()) {
            var known = columns.keywords().getOrDefault(filter.getKey(), Map.of());
            var bits = new FixedBitSet(Math.max(1, columns.size()));
            known.forEach(
                    (value, entries) -> {
                        if (filter.getValue().contains(value)) {
                            entries.addTo(bits);
                        }
                    });
            filters.put(filter.getKey(), bits);
        }
        if (query.live().isPresent() && query.live().get().narrows()) {
            filters.put(LIVE, columns.passing(query.live().get()));
        }
        query.near().filter(SearchQuery.Near::narrows).ifPresent(it -> filters.put(NEAR, near(it)));
        return filters;
    }

    private FixedBitSet near(SearchQuery.Near near) {
        var far = columns.places().distances(near.place());
        var bits = new FixedBitSet(Math.max(1, columns.size()));
        for (int entry = 0; entry < far.length; entry++) {
            if (far[entry] <= near.within()) {
                bits.set(entry);
            }
        }
        return bits;
    }

    /// @param without the group whose filter does not count; empty for none
    private static FixedBitSet narrowed(
            FixedBitSet found, Map<String, FixedBitSet> filters, String without) {
        if (filters.isEmpty()) {
            return found;
        }
        var left = found.clone();
        filters.forEach(
                (group, bits) -> {
                    if (!group.equals(without)) {
                        left.and(bits);
                    }
                });
        return left;
    }

    private Map<String, Map<String, Integer>> counts(
            FixedBitSet found, FixedBitSet passing, Map<String, FixedBitSet> filters) {
        var all = new HashMap<String, Map<String, Integer>>();
        columns.keywords()
                .forEach(
                        (group, values) -> {
                            var among =
                                    filters.containsKey(group)
                                            ? narrowed(found, filters, group)
                                            : passing;
                            var counts = new HashMap<String, Integer>();
                            values.forEach(
                                    (value, entries) -> {
                                        int count = entries.count(among);
                                        if (count > 0) {
                                            counts.put(value, count);
                                        }
                                    });
                            all.put(group, counts);
                        });
        return all;
    }

    private int live(FixedBitSet found, Map<String, FixedBitSet> filters) throws IOException {
        if (query.live().isEmpty()) {
            return 0;
        }
        return (int)
                FixedBitSet.intersectionCount(
                        narrowed(found, filters, LIVE), columns.passing(query.live().get()));
    }

    private List<SearchHits.Hit> hits(Found found, FixedBitSet passing) throws IOException {
        var order = order(found);
        int wanted = query.offset() + query.size();
        var best = new PriorityQueue<Integer>(order.reversed());
        IntPredicate passes = entry -> passing == found.bits() || passing.get(entry);
        for (int i = 0; i < found.count(); i++) {
            if (!passes.test(found.entry(i))) {
                continue;
            }
            if (best.size() < wanted) {
                best.add(i);
            } else if (order.compare(i, best.element()) < 0) {
                best.remove();
                best.add(i);
            }
        }
        var positions = new ArrayList<>(best);
        positions.sort(order);
        var hits = new ArrayList<SearchHits.Hit>();
        for (int i = query.offset(); i < positions.size(); i++) {
            int entry = found.entry(positions.get(i));
            var far =
                    query.near()
                            .map(near -> columns.places().exact(near.place(), entry))
                            .orElse(OptionalDouble.empty());
            hits.add(new SearchHits.Hit(columns.id(entry), far));
        }
        return hits;
    }

    /// Of positions in what was found.
    private Comparator<Integer> order(Found found) {
        Comparator<Integer> relevance =
                (one, other) -> Float.compare(relevance(found, other), relevance(found, one));
        Comparator<Integer> freshness =
                (one, other) ->
                        Long.compare(
                                columns.freshness(found.entry(other)),
                                columns.freshness(found.entry(one)));
        Comparator<Integer> id =
                Comparator.<Integer>comparingLong(
                                position -> columns.beginningOfId(found.entry(position)))
                        .thenComparing(Comparator.naturalOrder());
        return switch (query.order()) {
            case RELEVANCE -> relevance.thenComparing(freshness).thenComparing(id);
            case FRESHNESS -> freshness.thenComparing(relevance).thenComparing(id);
            case DISTANCE ->
                    distance(found)
                            .thenComparing(relevance)
                            .thenComparing(freshness)
                            .thenComparing(id);
        };
    }

    private Comparator<Integer> distance(Found found) {
        if (query.near().isEmpty()) {
            return (_, _) -> 0;
        }
        var far = columns.places().distances(query.near().get().place());
        float least = found.best() * FITS;
        Comparator<Integer> fitting =
                (one, other) ->
                        Boolean.compare(found.score(one) < least, found.score(other) < least);
        return fitting.thenComparing(
                (one, other) -> Float.compare(far[found.entry(one)], far[found.entry(other)]));
    }

    private float relevance(Found found, int position) {
        boolean fresh = columns.freshness(found.entry(position)) >= query.freshSince();
        return found.score(position) + (fresh ? FRESH : 0);
    }
}
