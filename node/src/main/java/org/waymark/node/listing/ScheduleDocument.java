// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import org.waymark.node.listing.hsds.Recurrence;

/// Reads and writes HSDS schedules.
///
/// What holds instead of the usual hours on some days has our Profile's `exception` (true) and,
/// where it is closed then, `closed` (true).
final class ScheduleDocument {

    private ScheduleDocument() {}

    static Schedule read(JsonNode json) {
        var rule = Recurrence.read(json);
        var exception = exception(json);
        return new Schedule(
                rule.map(Recurrence::days)
                        .orElseGet(() -> EnumSet.noneOf(java.time.DayOfWeek.class)),
                Document.text(json, "opens_at").flatMap(ScheduleDocument::time),
                Document.text(json, "closes_at").flatMap(ScheduleDocument::time),
                Document.text(json, "valid_from").flatMap(ScheduleDocument::date),
                Document.text(json, "valid_to").flatMap(ScheduleDocument::date),
                Document.text(json, "description").orElse(""),
                exception == Schedule.Exception.NONE
                        ? rule.filter(it -> !it.isWeekly() || startsLater(json, it))
                        : Optional.empty(),
                exception);
    }

    /// A start that is no more than when it begins to hold says nothing of its own.
    private static boolean startsLater(JsonNode json, Recurrence rule) {
        return Document.text(json, "dtstart").isPresent() && rule.start().isPresent();
    }

    private static Schedule.Exception exception(JsonNode json) {
        var closed =
                json.path("closed").asBoolean(false)
                        || json.path("notes").asText().strip().equalsIgnoreCase("closed");
        var days =
                (json.hasNonNull("valid_from") || json.hasNonNull("valid_to"))
                        && !json.hasNonNull("freq")
                        && !json.hasNonNull("byday");
        if (days && closed) {
            return Schedule.Exception.CLOSED;
        }
        return days && json.path("exception").asBoolean(false)
                ? Schedule.Exception.OTHER_HOURS
                : Schedule.Exception.NONE;
    }

    static void write(Schedule schedule, ObjectNode json) {
        if (schedule.exception() == Schedule.Exception.NONE) {
            if (schedule.rule().isPresent()) {
                schedule.rule().get().write(json);
            } else {
                json.put("freq", "WEEKLY");
                Document.setUnlessBlank(json, "byday", DraftDocument.byday(schedule.days()));
            }
        } else {
            json.put("exception", true);
            if (schedule.exception() == Schedule.Exception.CLOSED) {
                json.put("closed", true);
            }
        }
        schedule.opensAt().ifPresent(time -> json.put("opens_at", time.toString()));
        schedule.closesAt().ifPresent(time -> json.put("closes_at", time.toString()));
        schedule.validFrom().ifPresent(date -> json.put("valid_from", date.toString()));
        schedule.validTo().ifPresent(date -> json.put("valid_to", date.toString()));
        Document.setUnlessBlank(json, "description", schedule.note());
    }

    private static Optional<LocalTime> time(String text) {
        var start = text.strip().toUpperCase(Locale.ROOT);
        if (start.startsWith("24:00")) {
            return Optional.of(LocalTime.MIDNIGHT);
        }
        try {
            return start.length() < 5
                    ? Optional.empty()
                    : Optional.of(LocalTime.parse(start.substring(0, 5)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text.substring(0, Math.min(10, text.length()))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
