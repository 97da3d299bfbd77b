// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// What was found, in the order asked for.
///
/// @param total how many there are in all
/// @param hits the ones of the page asked for
/// @param partly no entry has all the words; these have some of them
/// @param counts keyword group to value to how many would be found with that value instead of those
///   of its group that were asked for
/// @param live how many pass the live filter, or would
/// @param unfiltered how many have the words, whatever the filters say
/// @param meanings what the words mean, as far as anyone has told us
/// @param instead words that may have been meant, spelt differently; may be empty
public record SearchHits(
        int total,
        List<Hit> hits,
        boolean partly,
        Map<String, Map<String, Integer>> counts,
        int live,
        int unfiltered,
        Set<String> meanings,
        String instead) {

    /// @param kilometres from the place asked for; empty without one, and for what has no place
    public record Hit(String id, OptionalDouble kilometres) {}

    public SearchHits {
        hits = List.copyOf(hits);
    }

    public List<String> ids() {
        return hits.stream().map(Hit::id).toList();
    }
}
