// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/// How things stand with a service today: what changes oftener than what it is.
///
/// @param free places, as far as they are told
/// @param places in all
/// @param waitDays how long people wait, about
/// @param toldOn when places or waiting were last told
/// @param closure when its door is shut for a while
public record Standing(
        OptionalInt free,
        OptionalInt places,
        OptionalInt waitDays,
        Optional<LocalDate> toldOn,
        Optional<Closure> closure) {

    // 14 days: a place that was free then is most likely taken.
    private static final int BELIEVED_DAYS = 14;

    /// From the first day to the last one, in the zone of the listing.
    public record Closure(LocalDate from, LocalDate to) {

        /// 92 days: longer is no closed door but a service that rests.
        public static final int LONGEST_DAYS = 92;

        public Closure {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("It ends before it begins");
            }
        }

        public boolean holdsOn(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    public static Standing unknown() {
        return new Standing(
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Whether what was told of places and waiting is new enough to go by.
    public boolean isBelieved(LocalDate today) {
        return toldOn.filter(day -> !day.plusDays(BELIEVED_DAYS).isBefore(today)).isPresent();
    }

    /// Whether nobody is taken today, as far as we know.
    public boolean isFull(LocalDate today) {
        return isBelieved(today) && free.isPresent() && free.getAsInt() == 0;
    }

    public Optional<Closure> closedOn(LocalDate day) {
        return closure.filter(it -> it.holdsOn(day));
    }
}
