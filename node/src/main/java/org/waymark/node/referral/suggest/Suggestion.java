// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.suggest;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.waymark.node.listing.Listing;

/// Someone who could be asked, with what speaks for it. What is not known is empty.
///
/// @param receiver the actor who would be asked
/// @param spoken the language that was wished, where they speak it; a BCP 47 tag
/// @param kilometres from the place that was named
/// @param answersInDays how long they usually took to answer us, in days begun
/// @param free places, told lately
/// @param waitDays how long people wait, told lately
public record Suggestion(
        Listing listing,
        URI receiver,
        Optional<String> spoken,
        Optional<Double> kilometres,
        OptionalInt answersInDays,
        OptionalInt free,
        OptionalInt waitDays) {

    // What is not known counts as middling: neither good nor bad.
    private static final int USUAL_DAYS = 3;
    private static final double USUAL_KILOMETRES = 10;
    private static final int LONGEST_DAYS = 14;

    /// How far from ideal, in days of waiting: a call through an interpreter costs about three,
    /// five kilometres one, a week on a waiting list one.
    double cost(Wanted wanted) {
        var language = wanted.spoken().isPresent() && spoken.isEmpty() ? 3 : 0;
        var far = wanted.near().isPresent() ? kilometres.orElse(USUAL_KILOMETRES) / 5 : 0;
        var wait = waitDays.orElse(0) / 7.0;
        var place = free.orElse(0) > 0 ? -1 : 0;
        return language
                + far
                + wait
                + place
                + Math.min(answersInDays.orElse(USUAL_DAYS), LONGEST_DAYS);
    }
}
