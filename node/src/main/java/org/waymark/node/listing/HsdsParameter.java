// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Locale;

/// A parameter of the HSDS 3.1 API reference.
enum HsdsParameter {
    SEARCH(Type.TEXT, "Words that are sought in names, descriptions and topics"),
    PAGE(Type.NUMBER, "Which page; the first is 1"),
    PER_PAGE(Type.NUMBER, "How many on a page"),
    FORMAT(Type.WORD, "json, or ndjson for all results, one on each line"),
    TAXONOMY_TERM_ID(Type.UUID, "Only what has this term"),
    TAXONOMY_ID(Type.UUID, "Only what has a term of this taxonomy, or is one"),
    ORGANIZATION_ID(Type.UUID, "Only services of this organization"),
    MODIFIED_AFTER(Type.INSTANT, "Only what was changed then or later"),
    MINIMAL(Type.FLAG, "Only id and modified_date, all of them on one page"),
    FULL(Type.FLAG, "With everything that belongs to each"),
    FULL_SERVICE(Type.FLAG, "With whole services"),
    POSTCODE(Type.TEXT, "Only places with this postcode, or those in proximity of it"),
    PROXIMITY(Type.NUMBER, "Metres around the middle of the places that have the postcode"),
    TOP_ONLY(Type.FLAG, "Only terms that are below no other"),
    PARENT_ID(Type.UUID, "Only terms below this one");

    enum Type {
        TEXT,
        WORD,
        NUMBER,
        UUID,
        INSTANT,
        FLAG
    }

    private final Type type;
    private final String description;

    HsdsParameter(Type type, String description) {
        this.type = type;
        this.description = description;
    }

    /// As it stands in an address.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Type type() {
        return type;
    }

    String description() {
        return description;
    }
}
