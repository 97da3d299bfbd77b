// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.listing.OpeningHours.State;
import org.waymark.node.listing.hsds.Recurrence;

/// Schedules that say more than the weekday.
class ScheduleRulesTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The examples of RFC 5545, section 3.8.5.3.
                "freq=DAILY count=4 dtstart=1997-09-02 | 1997-09-01 | 1997-09-02 1997-09-03 1997-09-04 1997-09-05 -",
                "freq=DAILY interval=10 count=3 dtstart=1997-09-02 | 1997-09-01 | 1997-09-02 1997-09-12 1997-09-22 -",
                "freq=WEEKLY until=1997-09-12 dtstart=1997-09-02 | 1997-09-01 | 1997-09-02 1997-09-09 -",
                "freq=WEEKLY interval=2 wkst=SU byday=TU,TH count=4 dtstart=1997-09-02 | 1997-09-01 | 1997-09-02 1997-09-04 1997-09-16 1997-09-18 -",
                "freq=WEEKLY interval=2 wkst=MO byday=TU,SU count=4 dtstart=1997-08-05 | 1997-08-01 | 1997-08-05 1997-08-10 1997-08-19 1997-08-24 -",
                "freq=WEEKLY interval=2 wkst=SU byday=TU,SU count=4 dtstart=1997-08-05 | 1997-08-01 | 1997-08-05 1997-08-17 1997-08-19 1997-08-31 -",
                "freq=MONTHLY count=3 byday=1FR dtstart=1997-09-05 | 1997-09-01 | 1997-09-05 1997-10-03 1997-11-07 -",
                "freq=MONTHLY interval=2 byday=1SU,-1SU dtstart=1997-09-07 | 1997-09-01 | 1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04",
                "freq=MONTHLY byday=-2MO dtstart=1997-09-22 | 1997-09-01 | 1997-09-22 1997-10-20 1997-11-17",
                "freq=MONTHLY bymonthday=-3 dtstart=1997-09-28 | 1997-09-01 | 1997-09-28 1997-10-29 1997-11-28",
                "freq=MONTHLY bymonthday=2,15 dtstart=1997-09-02 | 1997-09-01 | 1997-09-02 1997-09-15 1997-10-02",
                "freq=MONTHLY bymonthday=1,-1 dtstart=1997-09-30 | 1997-09-01 | 1997-09-30 1997-10-01 1997-10-31",
                "freq=MONTHLY byday=FR bymonthday=13 dtstart=1997-09-02 | 1997-09-01 | 1998-02-13 1998-03-13 1998-11-13",
                "freq=MONTHLY bymonthday=31 dtstart=1997-10-31 | 1997-10-01 | 1997-10-31 1997-12-31 1998-01-31",
                "freq=YEARLY interval=3 byyearday=1,100,200 dtstart=1997-01-01 | 1997-01-01 | 1997-01-01 1997-04-10 1997-07-19 2000-01-01",
                "freq=YEARLY byday=20MO dtstart=1997-05-19 | 1997-05-01 | 1997-05-19 1998-05-18 1999-05-17",
                "freq=YEARLY byweekno=20 byday=MO dtstart=1997-05-12 | 1997-05-01 | 1997-05-12 1998-05-11 1999-05-17",
                // What HSDS directories write.
                "byday=MO | 2026-05-04 | 2026-05-04 2026-05-11",
                "byday=3WE | 2026-05-01 | 2026-05-20 2026-06-17",
                "dtstart=2026-05-09 | 2026-05-01 | 2026-05-09 -",
                "freq=WEEKLY interval=2 byday=MO valid_from=2026-05-04 | 2026-05-01 | 2026-05-04 2026-05-18",
                // Nobody knows which weeks are meant.
                "freq=WEEKLY interval=2 byday=MO | 2026-05-01 | -",
            })
    void aRuleHappensOnTheseDays(String members, String from, String days) {
        var rule = Recurrence.read(schedule(members)).orElseThrow();
        var expected = Arrays.asList(days.split(" "));

        var found =
                LocalDate.parse(from)
                        .datesUntil(LocalDate.parse(from).plusYears(4))
                        .filter(rule::includes)
                        .map(LocalDate::toString)
                        .limit(expected.size())
                        .collect(Collectors.toList());
        if (found.size() < expected.size()) {
            found.add("-");
        }
        assertThat(found).isEqualTo(expected);
        var written = Document.object();
        rule.write(written);
        assertThat(Recurrence.read(written)).contains(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"freq=SOMETIMES", "byday=XX", "freq=MONTHLY bymonthday=32", "byday=0MO"})
    void whatIsNoRuleSaysNothing(String members) {
        assertThat(Recurrence.read(schedule(members))).isEmpty();
    }

    @Test
    void aMonthlyRuleSaysWhenItOpensNext() {
        var hours = hours("freq=MONTHLY byday=1MO opens_at=10:00 closes_at=12:00");

        // Summer time: 14:30 in London is 10:30 there; in winter it would be 09:30.
        assertThat(hours.at(Instant.parse("2026-05-04T14:30:00Z")))
                .isEqualTo(new State.OpenUntil(LocalTime.NOON));
        assertThat(hours.at(Instant.parse("2026-12-07T14:30:00Z")))
                .isEqualTo(new State.OpensToday(LocalTime.of(10, 0)));
        assertThat(hours.at(Instant.parse("2026-05-11T14:30:00Z")))
                .isEqualTo(new State.OpensLater(LocalDate.of(2026, 6, 1), LocalTime.of(10, 0)));
        assertThat(hours.at(Instant.parse("2026-05-31T14:30:00Z")))
                .isEqualTo(new State.OpensTomorrow(LocalTime.of(10, 0)));
    }

    @Test
    void onAHolidayTheUsualHoursDoNotHold() {
        var hours =
                hours(
                        "freq=WEEKLY byday=MO,TU,WE opens_at=09:00 closes_at=24:00",
                        "valid_from=2026-05-04 valid_to=2026-05-04 notes=Closed",
                        "valid_from=2026-05-05 exception=true opens_at=13:00 closes_at=14:00"
                                + " valid_to=2026-05-05");

        assertThat(hours.at(Instant.parse("2026-05-04T14:00:00Z")))
                .isEqualTo(new State.OpensTomorrow(LocalTime.of(13, 0)));
        assertThat(hours.at(Instant.parse("2026-05-05T14:00:00Z")))
                .isEqualTo(new State.OpensToday(LocalTime.of(13, 0)));
        assertThat(hours.at(Instant.parse("2026-05-07T03:59:00Z")))
                .isEqualTo(new State.OpenUntil(LocalTime.MIDNIGHT));
        assertThat(hours.week(Instant.parse("2026-05-04T14:00:00Z")).getFirst().closed()).isTrue();
    }

    @Test
    void aHolidayWithoutAnEndOrABeginningIsThatDay() {
        for (var end : List.of("valid_from", "valid_to")) {
            var hours =
                    hours(
                            "freq=WEEKLY byday=MO,TU,WE opens_at=09:00 closes_at=17:00",
                            end + "=2026-05-05 notes=Closed");

            assertThat(hours.at(Instant.parse("2026-05-04T14:00:00Z")))
                    .isEqualTo(new State.OpenUntil(LocalTime.of(17, 0)));
            assertThat(hours.at(Instant.parse("2026-05-05T14:00:00Z")))
                    .isEqualTo(new State.OpensTomorrow(LocalTime.of(9, 0)));
            assertThat(hours.at(Instant.parse("2026-05-06T14:00:00Z")))
                    .isEqualTo(new State.OpenUntil(LocalTime.of(17, 0)));
        }
    }

    @Test
    void whatEndsAfterSoManyTimesIsCountedOnceOnly() {
        var rule =
                ScheduleDocument.read(
                        schedule(
                                "freq=WEEKLY byday=MO count=8 dtstart=2026-05-04"
                                        + " opens_at=09:00 closes_at=10:00"));

        assertThat(OpenTimes.write(List.of(rule), NEW_YORK))
                .contains("\"until\":\"2026-06-22\"")
                .doesNotContain("count");
    }

    @Test
    void closedTodayIsSaidWhereNobodyKnowsWhenAgain() {
        var day = LocalDate.of(2026, 5, 4);
        var hours = new OpeningHours(List.of(Schedule.closed(day, day, "Flood")), NEW_YORK);

        assertThat(hours.at(Instant.parse("2026-05-04T14:00:00Z")))
                .isEqualTo(new State.ClosedToday());
    }

    private static OpeningHours hours(String... schedules) {
        return new OpeningHours(
                Arrays.stream(schedules).map(it -> ScheduleDocument.read(schedule(it))).toList(),
                NEW_YORK);
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode schedule(String members) {
        var json = Document.object();
        for (var member : members.strip().split(" ")) {
            var parts = member.split("=", 2);
            if (parts[1].matches("[1-9]\\d?") && !parts[0].startsWith("by")) {
                json.put(parts[0], Integer.parseInt(parts[1]));
            } else if (parts[1].equals("true")) {
                json.put(parts[0], true);
            } else {
                json.put(parts[0], parts[1]);
            }
        }
        return json;
    }
}
