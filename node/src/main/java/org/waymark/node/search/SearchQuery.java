// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.Map;

/// What someone looks for. Never logged and never kept; so it does not print itself.
///
/// @param words as typed, possibly empty: then the filters alone choose, freshest first
/// @param filters keyword group to the one value wanted
/// @param freshSince entries of at least this freshness rank a little higher
/// @param offset how many hits to leave out
/// @param size how many hits to give at most
public record SearchQuery(
        String words, Map<String, String> filters, long freshSince, int offset, int size) {

    // Further pages than this cost memory and help nobody.
    private static final int DEEPEST = 10_000;

    public SearchQuery {
        filters = Map.copyOf(filters);
        if (offset < 0 || size < 1 || offset + size > DEEPEST) {
            throw new IllegalArgumentException("No such page of hits");
        }
    }

    @Override
    public String toString() {
        return "SearchQuery[hidden]";
    }
}
