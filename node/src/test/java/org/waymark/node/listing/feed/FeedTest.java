// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Schedule;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Status;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.Way;

/// One listing for other programs.
class FeedTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static Desk desk;
    private static Listing listing;

    @BeforeAll
    static void write() {
        desk = new Desk(Databases.inMemory());
        var day = LocalDate.of(2026, 5, 4);
        listing =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Advice; \"free\", for all\nEND:VCALENDAR"))
                                .phones(List.of(Phone.of("+1 305 555 0100")))
                                .spots(List.of(Spot.at("1 Quay, Street", "12345", "Lindmar", "XX")))
                                .schedules(
                                        List.of(
                                                Schedule.weekly(
                                                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                                                        LocalTime.of(9, 0),
                                                        LocalTime.of(12, 0)),
                                                Schedule.closed(day, day, "Holiday")))
                                .build());
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void aCalendarRepeatsInTheZoneOfThePlaceAndLeavesOutHolidays() {
        var calendar = HoursCalendar.of(listing, name(listing), NOW);

        assertThat(unfolded(calendar))
                .contains(
                        "BEGIN:VTIMEZONE",
                        "TZID:America/New_York",
                        "TZOFFSETTO:-0400",
                        "DTSTART;TZID=America/New_York:20260501T090000",
                        "DTEND;TZID=America/New_York:20260501T120000",
                        "RRULE:FREQ=WEEKLY;BYDAY=MO,FR",
                        "EXDATE;TZID=America/New_York:20260504T090000",
                        "LOCATION:1 Quay\\, Street\\, 12345 Lindmar")
                .containsOnlyOnce("BEGIN:VEVENT", "END:VCALENDAR");
    }

    @Test
    void aCalendarEndsWithTheLastEveningOfThePlace() {
        var evening =
                new Schedule(
                        Set.of(DayOfWeek.MONDAY),
                        Optional.of(LocalTime.of(20, 30)),
                        Optional.of(LocalTime.of(22, 0)),
                        Optional.empty(),
                        Optional.of(LocalDate.of(2026, 7, 6)),
                        "");

        // 20:30 of that day in New York is 00:30 of the next in UTC.
        assertThat(unfolded(calendar(Status.ACTIVE, evening)))
                .contains("RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260707T035959Z");
        var changed =
                new Schedule(
                        Set.of(),
                        Optional.of(LocalTime.of(20, 30)),
                        Optional.of(LocalTime.of(22, 0)),
                        Optional.of(LocalDate.of(2026, 7, 4)),
                        Optional.of(LocalDate.of(2026, 7, 6)),
                        "",
                        Optional.empty(),
                        Schedule.Exception.OTHER_HOURS);
        assertThat(unfolded(calendar(Status.ACTIVE, changed)))
                .contains("RRULE:FREQ=DAILY;UNTIL=20260707T035959Z");
    }

    @Test
    void aCalendarOfAPlaceThatRestsIsEmpty() {
        var usual =
                Schedule.weekly(Set.of(DayOfWeek.MONDAY), LocalTime.of(9, 0), LocalTime.of(12, 0));

        assertThat(calendar(Status.ACTIVE, usual)).contains("VEVENT");
        assertThat(calendar(Status.TEMPORARILY_CLOSED, usual)).doesNotContain("VEVENT");
        assertThat(calendar(Status.INACTIVE, usual)).doesNotContain("VEVENT");
    }

    @Test
    void otherHoursDoNotHoldOnADayOfAClosure() {
        var changed =
                new Schedule(
                        Set.of(),
                        Optional.of(LocalTime.of(10, 0)),
                        Optional.of(LocalTime.of(11, 0)),
                        Optional.of(LocalDate.of(2026, 7, 4)),
                        Optional.of(LocalDate.of(2026, 7, 8)),
                        "",
                        Optional.empty(),
                        Schedule.Exception.OTHER_HOURS);
        var first = LocalDate.of(2026, 7, 4);
        var day = LocalDate.of(2026, 7, 6);

        assertThat(
                        unfolded(
                                calendar(
                                        Status.ACTIVE,
                                        changed,
                                        Schedule.closed(first, first, "Holiday"),
                                        Schedule.closed(day, day, "Flood"))))
                .contains(
                        "DTSTART;TZID=America/New_York:20260705T100000",
                        "EXDATE;TZID=America/New_York:20260706T100000");
    }

    private static String calendar(Status status, Schedule... schedules) {
        var it =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Desk"))
                                .schedules(List.of(schedules))
                                .status(status)
                                .build());
        return HoursCalendar.of(it, name(it), NOW);
    }

    @Test
    void whatChangedLastIsFirstAndNothingElseIsThere() {
        var first = housing("Rooms").build();
        var one = desk.listings.add(desk.amal, first);
        var other = desk.listings.add(desk.amal, housing("Flats").build());
        desk.listings.add(desk.amal, housing("Women's shelter").build());

        assertThat(latest()).containsExactly(other.id(), one.id());
        desk.listings.replace(desk.amal, one.id(), one.version(), housing("Warm rooms").build());
        assertThat(latest()).containsExactly(one.id(), other.id());
        desk.listings.close(desk.amal, other.id());
        assertThat(latest()).containsExactly(one.id());
    }

    private static Draft.Builder housing(String name) {
        return Draft.named(Text.of("en", name)).topics(Set.of(Topic.HOUSING));
    }

    private static List<ListingId> latest() {
        return desk.listings.listLatest(Way.FEED, Topic.HOUSING, 9).stream()
                .map(Listing::id)
                .toList();
    }

    private static Text.Reading name(Listing listing) {
        return listing.name().in(List.of("en")).orElseThrow();
    }

    @Test
    void aCardSaysHowToReachThem() {
        assertThat(unfolded(ContactCard.of(listing, listing.name().base())))
                .contains(
                        "FN:Advice\\; \"free\"\\, for all\\nEND:VCALENDAR",
                        "TEL;TYPE=voice,work:+1 305 555 0100",
                        "ADR:;;1 Quay\\, Street;Lindmar;;12345;XX")
                .doesNotContain("END:VCALENDAR");
    }

    @Test
    void linesAreFoldedAtSeventyFiveBytes() {
        var text = new Lines().text("NOTE", "بين ".repeat(60)).toString();

        assertThat(text.split("\r\n"))
                .hasSizeGreaterThan(3)
                .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
    }

    @Test
    void aTableForStaffHasNoFormula() {
        var risky =
                desk.listings.add(
                        desk.amal, Draft.named(Text.of("en", "=HYPERLINK(\"x\")")).build());

        assertThat(ListingCsv.of(List.of(listing, risky), "en"))
                .contains("\"'=HYPERLINK(\"\"x\"\")\"", "\"+1 305 555 0100\"");
    }

    private static List<String> unfolded(String text) {
        assertThat(text).endsWith("\r\n");
        return Arrays.asList(text.replace("\r\n ", "").split("\r\n"));
    }
}
