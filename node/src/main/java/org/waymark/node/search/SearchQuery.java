// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What someone looks for. Never logged and never kept; so it does not print itself.
///
/// @param words as typed, possibly empty: then the filters alone choose
/// @param language BCP 47 tag of the page it was typed on
/// @param filters keyword group to the values of which an entry needs one
/// @param live a filter that changes with time, and whether it narrows or is only counted
/// @param near the place that distances are measured from
/// @param freshSince entries of at least this freshness rank a little higher
/// @param offset how many hits to leave out
/// @param size how many hits to give at most
public record SearchQuery(
        String words,
        String language,
        Map<String, Set<String>> filters,
        Optional<Live> live,
        Optional<Near> near,
        Order order,
        long freshSince,
        int offset,
        int size) {

    /// Further than this nobody looks: more than any directory has.
    public static final int DEEPEST = 100_000;

    /// What stands first.
    public enum Order {
        RELEVANCE,
        DISTANCE,
        FRESHNESS
    }

    /// @param place its code, or that of a postcode
    /// @param within only what is at most so many kilometres from there; infinite for all
    public record Near(String place, double within) {

        public static Near to(String place) {
            return new Near(place, Double.POSITIVE_INFINITY);
        }

        boolean narrows() {
            return within < Double.POSITIVE_INFINITY;
        }
    }

    /// Asked of what entries carry, once for as long as the moment is the same.
    ///
    /// @param moment what the answers depend on, such as the minute
    /// @param narrows whether only entries that pass are found; else they are only counted
    public record Live(String moment, Predicate<String> test, boolean narrows) {}

    public SearchQuery {
        filters = Map.copyOf(filters);
        if (offset < 0 || size < 1 || offset + size > DEEPEST) {
            throw new IllegalArgumentException("No such page of hits");
        }
    }

    /// Words on an English page, and nothing else.
    public static SearchQuery of(String words) {
        return new SearchQuery(
                words,
                "en",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Order.RELEVANCE,
                0,
                0,
                20);
    }

    public SearchQuery in(String tag) {
        return new SearchQuery(words, tag, filters, live, near, order, freshSince, offset, size);
    }

    public SearchQuery filtered(Map<String, Set<String>> by) {
        return new SearchQuery(words, language, by, live, near, order, freshSince, offset, size);
    }

    public SearchQuery live(Live filter) {
        return new SearchQuery(
                words,
                language,
                filters,
                Optional.of(filter),
                near,
                order,
                freshSince,
                offset,
                size);
    }

    public SearchQuery near(String place) {
        return near(Near.to(place));
    }

    public SearchQuery near(Near place) {
        return new SearchQuery(
                words,
                language,
                filters,
                live,
                Optional.of(place),
                order,
                freshSince,
                offset,
                size);
    }

    public SearchQuery by(Order first) {
        return new SearchQuery(
                words, language, filters, live, near, first, freshSince, offset, size);
    }

    public SearchQuery freshSince(long freshness) {
        return new SearchQuery(
                words, language, filters, live, near, order, freshness, offset, size);
    }

    public SearchQuery page(int from, int most) {
        return new SearchQuery(words, language, filters, live, near, order, freshSince, from, most);
    }

    @Override
    public String toString() {
        return "SearchQuery[hidden]";
    }
}
