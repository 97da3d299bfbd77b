// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Optional;

/// What a visitor looks for. Never logged and never kept; so it does not print itself.
///
/// @param words as typed, possibly empty
/// @param spoken BCP 47 tag of a language that staff must speak; only its first part counts
/// @param page the first is 0
public record ListingQuery(String words, Optional<Topic> topic, Optional<String> spoken, int page) {

    /// How many listings a page of hits has.
    public static final int PAGE_SIZE = 20;

    // A visitor who is not helped by 20 pages asks a person.
    private static final int LAST_PAGE = 199;

    public ListingQuery {
        page = Math.clamp(page, 0, LAST_PAGE);
    }

    @Override
    public String toString() {
        return "ListingQuery[hidden]";
    }
}
