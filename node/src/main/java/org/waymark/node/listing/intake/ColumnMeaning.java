// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.util.Map;
import java.util.Optional;

/// What one column of a table means, as far as the staff screen says it.
///
/// @param meaning empty when it is not used
/// @param language of its texts; empty for the table's language
/// @param split what stands between several values in a cell; empty for one value
/// @param values the topics that its values mean, by value; an empty one for none
public record ColumnMeaning(
        String column,
        Optional<Meaning> meaning,
        String language,
        String split,
        Map<String, String> values) {}
