// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Schedule;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Status;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.hsds.Recurrence;

/// When a place is open, as iCalendar (RFC 5545): each schedule an event that repeats by its rule,
/// without the days on which something else holds, in the zone of the place.
final class HoursCalendar {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    // A year: what is not open once in it is not worth an entry.
    private static final int DAYS_AHEAD = 366;

    private final Listing listing;
    private final Text.Reading name;
    private final LocalDate today;
    private final Lines lines = new Lines();

    private HoursCalendar(Listing listing, Text.Reading name, Instant now) {
        this.listing = listing;
        this.name = name;
        this.today = LocalDate.ofInstant(now, listing.zone());
    }

    static String of(Listing listing, Text.Reading name, Instant now) {
        return new HoursCalendar(listing, name, now).written();
    }

    private String written() {
        lines.add("BEGIN", "VCALENDAR").add("VERSION", "2.0");
        lines.add("PRODID", "-//Waymark//Opening hours//EN")
                .text(inItsLanguage("NAME"), name.text());
        lines.text("X-WR-CALNAME", name.text());
        if (!(listing.zone() instanceof ZoneOffset)) {
            zone(listing.zone());
        }
        int number = 0;
        for (var schedule : listing.times()) {
            // One that rests is open at no time.
            if (listing.status() == Status.ACTIVE
                    && schedule.opensAt().isPresent()
                    && schedule.closesAt().isPresent()
                    && schedule.exception() != Schedule.Exception.CLOSED) {
                event(schedule, number++);
            }
        }
        return lines.add("END", "VCALENDAR").toString();
    }

    private String inItsLanguage(String property) {
        return property + ";LANGUAGE=" + name.language().replaceAll("[^A-Za-z0-9-]", "");
    }

    private void event(Schedule schedule, int number) {
        var from =
                Stream.of(schedule.validFrom(), schedule.rule().flatMap(Recurrence::start))
                        .flatMap(Optional::stream)
                        .max(LocalDate::compareTo)
                        .orElse(today);
        var others = instead(schedule);
        var first =
                from.datesUntil(from.plusDays(DAYS_AHEAD))
                        .filter(schedule::isOn)
                        .filter(
                                day ->
                                        schedule.exception() == Schedule.Exception.NONE
                                                || others.stream().noneMatch(it -> it.isOn(day)))
                        .findFirst();
        if (first.isEmpty()) {
            return;
        }
        var opens = first.get().atTime(schedule.opensAt().get());
        var closes = first.get().atTime(schedule.closesAt().get());
        if (!closes.isAfter(opens)) {
            closes = closes.plusDays(1);
        }
        lines.add("BEGIN", "VEVENT");
        lines.add("UID", listing.id() + "-" + number + "@" + listing.uri().getHost());
        lines.add("DTSTAMP", UTC.format(listing.updated()));
        time("DTSTART", opens);
        time("DTEND", closes);
        rule(schedule, first.get()).ifPresent(it -> lines.add("RRULE", it));
        exceptions(schedule, others, schedule.opensAt().get());
        lines.text(inItsLanguage("SUMMARY"), name.text()).text("DESCRIPTION", schedule.note());
        listing.spots().stream()
                .findFirst()
                .ifPresent(spot -> lines.text("LOCATION", address(spot)));
        lines.add("URL", listing.uri().toString());
        lines.add("TRANSP", "TRANSPARENT").add("END", "VEVENT");
    }

    private Optional<String> rule(Schedule schedule, LocalDate first) {
        if (schedule.exception() != Schedule.Exception.NONE) {
            var last = schedule.validTo().orElse(first);
            return last.equals(first)
                    ? Optional.empty()
                    : Optional.of("FREQ=DAILY;UNTIL=" + until(last));
        }
        if (schedule.rule().isPresent()) {
            return Optional.of(schedule.rule().get().text(schedule.validTo(), listing.zone()));
        }
        var days =
                schedule.days().stream().sorted().map(day -> day.name().substring(0, 2)).toList();
        var end = schedule.validTo().map(last -> ";UNTIL=" + until(last)).orElse("");
        return Optional.of("FREQ=WEEKLY;BYDAY=" + String.join(",", days) + end);
    }

    private String until(LocalDate last) {
        return UTC.format(Recurrence.end(last, listing.zone()));
    }

    /// What holds instead of a schedule: closures, and instead of the usual hours others.
    private List<Schedule> instead(Schedule schedule) {
        return listing.times().stream()
                .filter(it -> it.exception() != Schedule.Exception.NONE)
                .filter(
                        it ->
                                schedule.exception() == Schedule.Exception.NONE
                                        || it.exception() == Schedule.Exception.CLOSED)
                .toList();
    }

    /// The days of the next year on which other hours hold, or none.
    private void exceptions(Schedule usual, List<Schedule> others, LocalTime opens) {
        if (others.isEmpty()) {
            return;
        }
        today.datesUntil(today.plusDays(DAYS_AHEAD))
                .filter(usual::isOn)
                .filter(day -> others.stream().anyMatch(it -> it.isOn(day)))
                .forEach(day -> time("EXDATE", day.atTime(opens)));
    }

    private void time(String name, java.time.LocalDateTime time) {
        if (listing.zone() instanceof ZoneOffset offset) {
            lines.add(name, UTC.format(time.toInstant(offset)));
        } else {
            lines.add(name + ";TZID=" + listing.zone().getId(), LOCAL.format(time));
        }
    }

    private static String address(Spot spot) {
        var parts = new ArrayList<>(spot.street());
        parts.add((spot.postalCode() + " " + spot.city()).strip());
        return String.join(", ", parts.stream().filter(it -> !it.isBlank()).toList());
    }

    /// The zone as it is this year and the next: each change of the clocks with its moment.
    private void zone(ZoneId zone) {
        lines.add("BEGIN", "VTIMEZONE").add("TZID", zone.getId());
        var rules = zone.getRules();
        var start = today.withDayOfYear(1).minusDays(1).atStartOfDay(zone).toInstant();
        var before = rules.getOffset(start);
        observance("STANDARD", "19700101T000000", before, before);
        for (var change : changes(zone, start)) {
            var summer =
                    change.getOffsetAfter().getTotalSeconds()
                            > rules.getStandardOffset(change.getInstant()).getTotalSeconds();
            observance(
                    summer ? "DAYLIGHT" : "STANDARD",
                    LOCAL.format(change.getDateTimeBefore()),
                    change.getOffsetBefore(),
                    change.getOffsetAfter());
        }
        lines.add("END", "VTIMEZONE");
    }

    // Two changes a year, for ten years.
    private static final int MOST_CHANGES = 20;

    private static List<ZoneOffsetTransition> changes(ZoneId zone, Instant start) {
        var changes = new ArrayList<ZoneOffsetTransition>();
        var next = zone.getRules().nextTransition(start);
        while (next != null && changes.size() < MOST_CHANGES) {
            changes.add(next);
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes;
    }

    private void observance(String kind, String from, ZoneOffset before, ZoneOffset after) {
        lines.add("BEGIN", kind).add("DTSTART", from);
        lines.add("TZOFFSETFROM", offset(before)).add("TZOFFSETTO", offset(after));
        lines.add("END", kind);
    }

    private static String offset(ZoneOffset offset) {
        return offset.getTotalSeconds() == 0 ? "+0000" : offset.getId().replace(":", "");
    }
}
