// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One thing that can be found.
///
/// @param id what a hit gives back
/// @param texts what it can be found by, in all its languages
/// @param keywords exact values to filter and count by, such as topics, by name of the group
/// @param spots where it is
/// @param carried given back to a [SearchQuery.Live] filter, as it is; may be empty
/// @param freshness larger is fresher; equals in relevance stand in this order
public record SearchEntry(
        String id,
        List<Text> texts,
        Map<String, Set<String>> keywords,
        List<Spot> spots,
        String carried,
        long freshness) {

    /// How much a word in a text says about the thing.
    public enum Weight {
        TITLE,
        LABEL,
        BODY
    }

    /// A text of one language.
    ///
    /// @param language BCP 47 tag, or "" when unknown
    public record Text(Weight weight, String language, String text) {}

    /// @param place code of the town or quarter; what one searches near to
    /// @param name what people call the place
    /// @param postcode its letters and digits only, in capitals; may be empty
    /// @param drawn whether the point may be drawn on a map
    public record Spot(
            String place, String name, String postcode, Optional<Point> point, boolean drawn) {

        /// In a place that has no code but its name.
        public static Spot in(String name, Optional<Point> point) {
            return in(name, "", point, true);
        }

        /// @param postcode however it is written
        public static Spot in(String name, String postcode, Optional<Point> point, boolean drawn) {
            return new Spot(
                    String.join("-", Words.of(name)),
                    name.strip(),
                    Postcode.folded(postcode),
                    point,
                    drawn);
        }
    }

    /// Degrees, WGS 84.
    public record Point(double latitude, double longitude) {}

    public SearchEntry {
        texts = List.copyOf(texts);
        keywords = Map.copyOf(keywords);
        spots = List.copyOf(spots);
    }

    public SearchEntry(
            String id, List<Text> texts, Map<String, Set<String>> keywords, long freshness) {
        this(id, texts, keywords, List.of(), "", freshness);
    }
}
