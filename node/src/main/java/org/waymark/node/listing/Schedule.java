// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;

/// When a service is open: weekly on these days, between these times, in the zone of its place.
/// Without days or times only the note says when.
public record Schedule(
        Set<DayOfWeek> days,
        Optional<LocalTime> opensAt,
        Optional<LocalTime> closesAt,
        Optional<LocalDate> validFrom,
        Optional<LocalDate> validTo,
        String note) {

    public Schedule {
        days = Set.copyOf(days);
    }

    public static Schedule weekly(Set<DayOfWeek> days, LocalTime opensAt, LocalTime closesAt) {
        return new Schedule(
                days,
                Optional.of(opensAt),
                Optional.of(closesAt),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    public boolean validOn(LocalDate date) {
        return validFrom.map(from -> !date.isBefore(from)).orElse(true)
                && validTo.map(to -> !date.isAfter(to)).orElse(true);
    }
}
