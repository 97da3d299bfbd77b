// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Makes RFC 5545 schedules from the weekday and holiday rows of a 1.1 package.
final class PackageSchedules {

    private final PackageContents contents;
    private final ZoneId zone;
    private final RowNotes notes;

    PackageSchedules(PackageContents contents, ZoneId zone, RowNotes notes) {
        this.contents = contents;
        this.zone = zone;
        this.notes = notes;
    }

    private record Hours(String opens, String closes, String text) {}

    /// Weekday rows with the same hours become one weekly rule.
    void addTo(UUID owner, ObjectNode json) {
        var days = new LinkedHashMap<Hours, EnumSet<DayOfWeek>>();
        var array = Document.JSON.createArrayNode();
        for (var row : contents.belongings(owner, PackageTable.REGULAR_SCHEDULE)) {
            var cells = new Cells(row);
            var day = day(cells.take("weekday").orElse(""));
            var hours =
                    new Hours(
                            cells.take("opens_at").orElse(""),
                            cells.take("closes_at").orElse(""),
                            cells.take("original_text").orElse(""));
            var set = days.computeIfAbsent(hours, _ -> EnumSet.noneOf(DayOfWeek.class));
            day.ifPresent(set::add);
            if (TimeOfDay.parse(hours.opens()).isEmpty()
                    || TimeOfDay.parse(hours.closes()).isEmpty()
                    || day.isEmpty()) {
                notes.note(
                        Problem.TIME_NOT_UNDERSTOOD,
                        cells,
                        hours.opens() + "-" + hours.closes() + " | " + hours.text());
            }
            notes.noteUnknown(cells.table(), cells.rest());
        }
        days.forEach((hours, set) -> array.add(weekly(owner, hours, set)));
        for (var row : contents.belongings(owner, PackageTable.HOLIDAY_SCHEDULE)) {
            var cells = new Cells(row);
            array.add(holiday(cells));
        }
        if (!array.isEmpty()) {
            json.set("schedules", array);
        }
    }

    private ObjectNode weekly(UUID owner, Hours hours, Set<DayOfWeek> days) {
        var schedule =
                Document.object()
                        .put(
                                "id",
                                NameUuid.of(
                                                owner,
                                                "schedule",
                                                hours.opens(),
                                                hours.closes(),
                                                hours.text())
                                        .toString())
                        .put("freq", "WEEKLY")
                        .put("timezone", DraftDocument.standardOffsetHours(zone));
        Document.setUnlessBlank(schedule, "byday", DraftDocument.byday(days));
        var opens = TimeOfDay.parse(hours.opens());
        var closes = TimeOfDay.parse(hours.closes());
        opens.ifPresent(time -> schedule.put("opens_at", time.toString()));
        closes.ifPresent(time -> schedule.put("closes_at", time.toString()));
        var words =
                hours.text().isEmpty() && (opens.isEmpty() || closes.isEmpty())
                        ? hours.opens() + "-" + hours.closes()
                        : hours.text();
        Document.setUnlessBlank(schedule, "description", words);
        return schedule;
    }

    private ObjectNode holiday(Cells cells) {
        var schedule = cells.object();
        cells.take("start_date").ifPresent(date -> schedule.put("valid_from", date));
        cells.take("end_date").ifPresent(date -> schedule.put("valid_to", date));
        cells.take("opens_at")
                .flatMap(TimeOfDay::parse)
                .ifPresent(time -> schedule.put("opens_at", time.toString()));
        cells.take("closes_at")
                .flatMap(TimeOfDay::parse)
                .ifPresent(time -> schedule.put("closes_at", time.toString()));
        cells.take("closed")
                .filter(words -> words.toLowerCase(Locale.ROOT).matches("true|yes|1|y"))
                .ifPresent(_ -> schedule.put("notes", "Closed").put("closed", true));
        schedule.put("exception", true);
        notes.keepRest(cells, schedule);
        return schedule;
    }

    private static Optional<DayOfWeek> day(String words) {
        var start = words.toUpperCase(Locale.ROOT);
        return start.length() < 2
                ? Optional.empty()
                : EnumSet.allOf(DayOfWeek.class).stream()
                        .filter(
                                day ->
                                        day.name()
                                                .startsWith(
                                                        start.substring(
                                                                0, Math.min(3, start.length()))))
                        .findFirst();
    }
}
