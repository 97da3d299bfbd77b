// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.listing.hsds.Recurrence;

/// When a service is open, in the zone of its place. Without days, rule or times only the note says
/// when.
///
/// @param days of each week; with a rule, those that the rule names
/// @param rule where more than the weekday decides, such as the first Monday of a month
/// @param exception holds instead of all others on its days: holidays, "closed today"; without a
///   beginning or an end it is that one day
public record Schedule(
        Set<DayOfWeek> days,
        Optional<LocalTime> opensAt,
        Optional<LocalTime> closesAt,
        Optional<LocalDate> validFrom,
        Optional<LocalDate> validTo,
        String note,
        Optional<Recurrence> rule,
        Exception exception) {

    /// Whether it is one, and of which kind.
    public enum Exception {
        NONE,
        OTHER_HOURS,
        CLOSED
    }

    public Schedule {
        days = Set.copyOf(days);
        if (exception != Exception.NONE) {
            var end = validTo.isPresent() ? validTo : validFrom;
            validFrom = validFrom.isPresent() ? validFrom : validTo;
            validTo = end;
        }
    }

    /// On these days of each week.
    public Schedule(
            Set<DayOfWeek> days,
            Optional<LocalTime> opensAt,
            Optional<LocalTime> closesAt,
            Optional<LocalDate> validFrom,
            Optional<LocalDate> validTo,
            String note) {
        this(days, opensAt, closesAt, validFrom, validTo, note, Optional.empty(), Exception.NONE);
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

    /// Closed from one day to another, both included.
    public static Schedule closed(LocalDate from, LocalDate to, String why) {
        return new Schedule(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(from),
                Optional.of(to),
                why,
                Optional.empty(),
                Exception.CLOSED);
    }

    public boolean validOn(LocalDate date) {
        return validFrom.map(from -> !date.isBefore(from)).orElse(true)
                && validTo.map(to -> !date.isAfter(to)).orElse(true);
    }

    /// Whether it says anything of a day.
    public boolean isOn(LocalDate date) {
        if (!validOn(date)) {
            return false;
        }
        if (exception != Exception.NONE) {
            return validFrom.isPresent();
        }
        return rule.map(it -> it.includes(date))
                .orElseGet(() -> days.contains(date.getDayOfWeek()));
    }

    /// Whether it speaks of days at all; if not, only its note says something.
    public boolean hasDays() {
        return exception != Exception.NONE || rule.isPresent() || !days.isEmpty();
    }
}
