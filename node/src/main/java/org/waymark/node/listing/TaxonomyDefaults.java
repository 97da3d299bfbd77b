// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Map;
import java.util.Optional;

/// Under which topic the top terms of widely used taxonomies stand until staff say otherwise. Ours,
/// and by their numbers alone.
final class TaxonomyDefaults {

    // Emergency (1101) is about everything, so it stands under nothing.
    private static final Map<String, Topic> OPEN_ELIGIBILITY =
            Map.of(
                    "1102", Topic.MONEY,
                    "1103", Topic.HOUSING,
                    "1104", Topic.MONEY,
                    "1105", Topic.TRANSPORT,
                    "1106", Topic.HEALTH,
                    "1107", Topic.MONEY,
                    "1108", Topic.COMMUNITY,
                    "1109", Topic.EDUCATION,
                    "1110", Topic.WORK,
                    "1111", Topic.PAPERS);

    private TaxonomyDefaults() {}

    static Optional<Topic> topic(String taxonomy, TaxonomyFile.Term term) {
        return taxonomy.equalsIgnoreCase("Open Eligibility") && term.parent().isEmpty()
                ? Optional.ofNullable(OPEN_ELIGIBILITY.get(term.id()))
                : Optional.empty();
    }
}
