// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// One thing that can be found.
///
/// @param id what a hit gives back
/// @param texts what it can be found by, in all its languages
/// @param keywords exact values to filter and count by, such as topics, by name of the group
/// @param freshness larger is fresher; equals in relevance stand in this order
public record SearchEntry(
        String id, List<Text> texts, Map<String, Set<String>> keywords, long freshness) {

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

    public SearchEntry {
        texts = List.copyOf(texts);
        keywords = Map.copyOf(keywords);
    }
}
