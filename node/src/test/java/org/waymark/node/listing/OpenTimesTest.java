// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.hsds.Recurrence;

class OpenTimesTest {

    private static final List<String> ZONES =
            List.of("America/New_York", "Europe/Kyiv", "Asia/Kathmandu", "UTC");

    private final Desk desk = new Desk(Databases.inMemory());

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aLineSaysWhatTheOpeningHoursSay() {
        var random = new Random(7);
        int open = 0;
        for (int round = 0; round < 3_000; round++) {
            var schedules =
                    IntStream.range(0, random.nextInt(4)).mapToObj(_ -> schedule(random)).toList();
            var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            // Around the days on which the clocks change.
            var moment =
                    Instant.parse("2026-03-20T00:00:00Z")
                            .plusSeconds(60L * random.nextInt(20 * 24 * 60));

            var says =
                    new OpeningHours(schedules, zone).at(moment)
                            instanceof OpeningHours.State.OpenUntil;
            var line = OpenTimes.write(schedules, zone);
            assertThat(OpenTimes.openAt(moment).test(line))
                    .as("round %d: %s in %s at %s", round, schedules, zone, moment)
                    .isEqualTo(says);
            open += says ? 1 : 0;
        }
        assertThat(open).isBetween(100, 2_900);
    }

    @Test
    void theZoneOfTheListingCounts() {
        var monday =
                Schedule.weekly(Set.of(DayOfWeek.MONDAY), LocalTime.of(9, 0), LocalTime.of(12, 0));
        var listing =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Desk")).schedules(List.of(monday)).build());
        var line = OpenTimes.write(listing);

        // New York is four hours behind in summer and five in winter.
        assertThat(OpenTimes.openAt(Instant.parse("2026-07-06T13:00:00Z")).test(line)).isTrue();
        assertThat(OpenTimes.openAt(Instant.parse("2026-07-06T12:59:00Z")).test(line)).isFalse();
        assertThat(OpenTimes.openAt(Instant.parse("2026-12-07T13:30:00Z")).test(line)).isFalse();
        assertThat(OpenTimes.openAt(Instant.parse("2026-12-07T14:00:00Z")).test(line)).isTrue();
        assertThat(OpenTimes.openAt(Instant.parse("2026-12-07T17:00:00Z")).test(line)).isFalse();
    }

    @Test
    void nobodyReadsSchedulesWithoutEnd() {
        var listing = desk.listings.add(desk.amal, Draft.named(Text.of("en", "Desk")).build());
        var row = desk.database.read(tx -> ListingTable.find(tx, listing.id())).orElseThrow();
        var json = Document.parse(row.document());
        var all = json.putArray("schedules");
        for (int i = 0; i < 5_000; i++) {
            all.addObject().put("byday", "MO").put("description", "Hall " + i);
        }
        desk.database.run(
                tx ->
                        tx.update(
                                "UPDATE listing SET document = ? WHERE id = ?",
                                Document.of(json).text(),
                                listing.id().value()));

        var read = desk.database.read(tx -> ListingTable.find(tx, listing.id())).orElseThrow();
        assertThat(Profile.read(read).schedules().size()).isEqualTo(200);
    }

    @Test
    void searchEnginesAreToldNoHoursOfAPlaceThatRests() {
        var monday =
                Schedule.weekly(Set.of(DayOfWeek.MONDAY), LocalTime.of(9, 0), LocalTime.of(12, 0));
        for (var status : List.of(Status.ACTIVE, Status.TEMPORARILY_CLOSED, Status.INACTIVE)) {
            var draft = Draft.named(Text.of("en", "Desk")).schedules(List.of(monday));
            var listing = desk.listings.add(desk.amal, draft.status(status).build());

            assertThat(JsonLd.of(listing, "en").contains("hoursAvailable"))
                    .isEqualTo(status == Status.ACTIVE);
        }
    }

    private static Schedule schedule(Random random) {
        var days =
                random.ints(random.nextInt(4), 1, 8)
                        .mapToObj(DayOfWeek::of)
                        .collect(Collectors.toSet());
        var times = new ArrayList<Optional<LocalTime>>();
        for (int i = 0; i < 2; i++) {
            times.add(
                    random.nextInt(10) == 0
                            ? Optional.empty()
                            : Optional.of(
                                    LocalTime.of(random.nextInt(24), 15 * random.nextInt(4))));
        }
        var rules = List.of("{}", "{\"byday\": \"2MO,-1FR\"}", "{\"bymonthday\": \"20,25,-2\"}");
        return new Schedule(
                days,
                times.get(0),
                times.get(1),
                random.nextBoolean() ? Optional.empty() : Optional.of(date(random)),
                random.nextBoolean() ? Optional.empty() : Optional.of(date(random)),
                "",
                Recurrence.read(Document.parse(rules.get(random.nextInt(rules.size())))),
                random.nextInt(8) == 0 ? Schedule.Exception.CLOSED : Schedule.Exception.NONE);
    }

    private static LocalDate date(Random random) {
        return LocalDate.of(2026, 3, 15).plusDays(random.nextInt(30));
    }
}
