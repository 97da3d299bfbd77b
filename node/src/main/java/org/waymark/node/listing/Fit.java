// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Whom a service fits, as far as its listing says so in fields of its own.
///
/// @param free whether it costs nothing
/// @param situations those that the source names; what follows from hours and access is not here
/// @param terms names of taxonomy terms beside our topics
public record Fit(
        boolean free,
        OptionalInt minimumAge,
        OptionalInt maximumAge,
        Set<Situation> situations,
        List<String> terms) {

    /// Nothing is known.
    public static final Fit UNKNOWN =
            new Fit(false, OptionalInt.empty(), OptionalInt.empty(), Set.of(), List.of());

    public Fit {
        situations = Set.copyOf(situations);
        terms = List.copyOf(terms);
    }
}
