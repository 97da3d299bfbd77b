// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.List;

/// What was found: the most relevant first, of equals the freshest.
///
/// @param total how many there are in all
/// @param ids the ones of the page asked for
/// @param partly no entry has all the words; these have some of them
public record SearchHits(int total, List<String> ids, boolean partly) {

    public SearchHits {
        ids = List.copyOf(ids);
    }
}
