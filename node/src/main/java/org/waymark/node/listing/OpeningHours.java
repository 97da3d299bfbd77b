// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What the schedules of a listing mean on a clock: open now, or when next, and the week with today
/// first.
final class OpeningHours {

    /// What a visitor wants to know first.
    sealed interface State {
        record OpenUntil(LocalTime time) implements State {}

        record OpensToday(LocalTime time) implements State {}

        record OpensTomorrow(LocalTime time) implements State {}

        record OpensOn(DayOfWeek day, LocalTime time) implements State {}

        /// Not within a week.
        record OpensLater(LocalDate date, LocalTime time) implements State {}

        /// It would be open today, but is not; on which day again, nobody can tell.
        record ClosedToday() implements State {}

        /// Nothing with a day and a time is known for the next weeks.
        record Unknown() implements State {}
    }

    /// One opening of one day. Where `closes` is not after `opens`, it ends on the next day.
    record Opening(LocalTime opens, LocalTime closes) {
        boolean crossesMidnight() {
            return !closes.isAfter(opens);
        }
    }

    /// @param closed instead of what is usual on this day
    /// @param notes of schedules that name the day without times
    record Day(LocalDate date, List<Opening> openings, boolean closed, List<String> notes) {}

    // Long enough for what happens on one day of each second month.
    private static final int DAYS_AHEAD = 62;

    private final List<Schedule> schedules;
    private final ZoneId zone;

    OpeningHours(List<Schedule> schedules, ZoneId zone) {
        this.schedules = schedules;
        this.zone = zone;
    }

    State at(Instant now) {
        var here = now.atZone(zone);
        var time = here.toLocalTime();
        for (var opening : on(here.toLocalDate().minusDays(1)).openings()) {
            if (opening.crossesMidnight() && time.isBefore(opening.closes())) {
                return new State.OpenUntil(opening.closes());
            }
        }
        for (var opening : on(here.toLocalDate()).openings()) {
            if (time.isBefore(opening.opens())) {
                return new State.OpensToday(opening.opens());
            }
            if (opening.crossesMidnight() || time.isBefore(opening.closes())) {
                return new State.OpenUntil(opening.closes());
            }
        }
        return nextDays(here);
    }

    /// Today and the six days after it; empty when no schedule names a day.
    List<Day> week(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        var week = new ArrayList<Day>();
        for (var i = 0; i < 7; i++) {
            week.add(on(today.plusDays(i)));
        }
        var isEmpty =
                week.stream()
                        .allMatch(
                                day ->
                                        day.openings().isEmpty()
                                                && day.notes().isEmpty()
                                                && !day.closed());
        return isEmpty ? List.of() : week;
    }

    /// What is said about the hours without naming a day.
    List<String> notes() {
        return schedules.stream()
                .filter(schedule -> !schedule.hasDays() && !schedule.note().isBlank())
                .map(Schedule::note)
                .toList();
    }

    private State nextDays(ZonedDateTime here) {
        for (var i = 1; i <= DAYS_AHEAD; i++) {
            var day = on(here.toLocalDate().plusDays(i));
            if (!day.openings().isEmpty()) {
                var opens = day.openings().getFirst().opens();
                if (i == 1) {
                    return new State.OpensTomorrow(opens);
                }
                return i <= 7
                        ? new State.OpensOn(day.date().getDayOfWeek(), opens)
                        : new State.OpensLater(day.date(), opens);
            }
        }
        return on(here.toLocalDate()).closed() ? new State.ClosedToday() : new State.Unknown();
    }

    private Day on(LocalDate date) {
        var speaking = schedules.stream().filter(schedule -> schedule.isOn(date)).toList();
        var exceptions =
                speaking.stream()
                        .filter(schedule -> schedule.exception() != Schedule.Exception.NONE)
                        .toList();
        var deciding = exceptions.isEmpty() ? speaking : exceptions;
        var closed =
                exceptions.stream().anyMatch(it -> it.exception() == Schedule.Exception.CLOSED);
        var openings = new ArrayList<Opening>();
        var notes = new ArrayList<String>();
        for (var schedule : deciding) {
            if (!closed && schedule.opensAt().isPresent() && schedule.closesAt().isPresent()) {
                openings.add(new Opening(schedule.opensAt().get(), schedule.closesAt().get()));
            }
            if (!schedule.note().isBlank()) {
                notes.add(schedule.note());
            }
        }
        openings.sort(Comparator.comparing(Opening::opens));
        return new Day(date, List.copyOf(openings), closed, List.copyOf(notes));
    }
}
