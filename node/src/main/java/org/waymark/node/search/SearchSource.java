// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.List;

/// Where entries come from: rows with change numbers.
public interface SearchSource {

    /// The next changes above a number, in the order of their numbers, whole transactions only; a
    /// thing changed twice appears once, as it is now.
    Changes changesAbove(long number);

    /// @param upTo all changes up to this number are contained; the number asked about when there
    ///   are none
    /// @param removed ids of what is gone or may no longer be found
    /// @param isAll whether there were no more
    record Changes(long upTo, List<SearchEntry> entries, List<String> removed, boolean isAll) {

        public Changes {
            entries = List.copyOf(entries);
            removed = List.copyOf(removed);
        }
    }
}
