// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;

/// The schedules of a listing in a line of text, for asking thousands of them at once whether they
/// are open. It says what [OpeningHours] says; a test compares the two.
///
/// A line is the zone, then for each schedule its days as a number, when it opens and closes in
/// minutes of the day, and from and to which day of the epoch it holds. Where weekdays alone do not
/// say it, it is the zone, a star, and the schedules as they are read.
final class OpenTimes {

    private static final int MINUTES_OF_A_DAY = 24 * 60;

    private OpenTimes() {}

    /// Empty where nobody can tell, or where it is closed for now.
    static String write(Listing listing) {
        return listing.status() == Status.ACTIVE ? write(listing.times(), listing.zone()) : "";
    }

    static String write(List<Schedule> schedules, ZoneId zone) {
        if (schedules.stream()
                .anyMatch(
                        it -> it.rule().isPresent() || it.exception() != Schedule.Exception.NONE)) {
            return zone.getId() + " *" + text(schedules);
        }
        var line = new StringJoiner(" ");
        for (var schedule : schedules) {
            if (schedule.opensAt().isEmpty()
                    || schedule.closesAt().isEmpty()
                    || schedule.days().isEmpty()) {
                continue;
            }
            int days = schedule.days().stream().mapToInt(day -> 1 << day.getValue()).sum();
            line.add(Integer.toString(days))
                    .add(Integer.toString(minute(schedule.opensAt().get())))
                    .add(Integer.toString(minute(schedule.closesAt().get())))
                    .add(Long.toString(schedule.validFrom().map(LocalDate::toEpochDay).orElse(0L)))
                    .add(
                            Long.toString(
                                    schedule.validTo()
                                            .map(LocalDate::toEpochDay)
                                            .orElse((long) Integer.MAX_VALUE)));
        }
        return line.length() == 0 ? "" : zone.getId() + " " + line;
    }

    private static String text(List<Schedule> schedules) {
        var all = Document.JSON.createArrayNode();
        for (var schedule : schedules) {
            var json = all.addObject();
            ScheduleDocument.write(schedule, json);
            // Its end stands there already, and need not be counted each time.
            json.remove(List.of("description", "count"));
        }
        return Document.of(all).text();
    }

    private static List<Schedule> read(String text) {
        try {
            var all = new ArrayList<Schedule>();
            Document.JSON.readTree(text).forEach(it -> all.add(ScheduleDocument.read(it)));
            return all;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A line of the index is not one", e);
        }
    }

    private static int minute(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    /// Whether lines say open at a moment. For one thread.
    static Predicate<String> openAt(Instant moment) {
        Map<String, ZonedDateTime> here = new HashMap<>();
        return line -> {
            int end = line.indexOf(' ');
            if (end < 0) {
                return false;
            }
            var local =
                    here.computeIfAbsent(
                            line.substring(0, end), zone -> moment.atZone(ZoneId.of(zone)));
            return line.charAt(end + 1) == '*'
                    ? new OpeningHours(read(line.substring(end + 2)), local.getZone()).at(moment)
                            instanceof OpeningHours.State.OpenUntil
                    : isOpen(line, end + 1, local);
        };
    }

    private static boolean isOpen(String line, int from, ZonedDateTime local) {
        int minute = minute(local.toLocalTime());
        long today = local.toLocalDate().toEpochDay();
        int day = local.getDayOfWeek().getValue();
        int before = day == 1 ? 7 : day - 1;
        var numbers = new Numbers(line, from);
        while (numbers.hasNext()) {
            long days = numbers.next();
            long opens = numbers.next();
            long closes = numbers.next();
            long first = numbers.next();
            long last = numbers.next();
            boolean overnight = closes <= opens;
            if ((days & 1L << day) != 0
                    && first <= today
                    && today <= last
                    && minute >= opens
                    && (overnight ? minute < MINUTES_OF_A_DAY : minute < closes)) {
                return true;
            }
            if (overnight
                    && (days & 1L << before) != 0
                    && first <= today - 1
                    && today - 1 <= last
                    && minute < closes) {
                return true;
            }
        }
        return false;
    }

    /// Whole numbers between blanks.
    private static final class Numbers {
        private final String text;
        private int at;

        private Numbers(String text, int at) {
            this.text = text;
            this.at = at;
        }

        private boolean hasNext() {
            return at < text.length();
        }

        private long next() {
            int end = text.indexOf(' ', at);
            int stop = end < 0 ? text.length() : end;
            long number = Long.parseLong(text, at, stop, 10);
            at = stop + 1;
            return number;
        }
    }
}
