// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.waymark.node.listing.OpeningHours.State;

class OpeningHoursTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final OpeningHours office =
            hours(
                    weekly(MONDAY, "09:00", "12:00"),
                    weekly(MONDAY, "14:00", "17:00"),
                    weekly(TUESDAY, "09:00", "12:00"));

    @Test
    void openUntilTheEndOfTheMorningAndAgainInTheAfternoon() {
        assertThat(office.at(monday("08:59"))).isEqualTo(new State.OpensToday(LocalTime.of(9, 0)));
        assertThat(office.at(monday("09:00"))).isEqualTo(new State.OpenUntil(LocalTime.of(12, 0)));
        assertThat(office.at(monday("12:00"))).isEqualTo(new State.OpensToday(LocalTime.of(14, 0)));
        assertThat(office.at(monday("17:00")))
                .isEqualTo(new State.OpensTomorrow(LocalTime.of(9, 0)));
    }

    @Test
    void theNextDayIsNamedWhenItIsNotTomorrow() {
        assertThat(office.at(monday("12:00").plusSeconds(86_400)))
                .isEqualTo(new State.OpensOn(MONDAY, LocalTime.of(9, 0)));
    }

    @Test
    void aNightShelterIsOpenAfterMidnight() {
        var shelter = hours(weekly(MONDAY, "20:00", "08:00"));

        assertThat(shelter.at(monday("23:30"))).isEqualTo(new State.OpenUntil(LocalTime.of(8, 0)));
        assertThat(shelter.at(monday("07:59").plusSeconds(86_400)))
                .isEqualTo(new State.OpenUntil(LocalTime.of(8, 0)));
        assertThat(shelter.at(monday("08:00").plusSeconds(86_400)))
                .isEqualTo(new State.OpensOn(MONDAY, LocalTime.of(20, 0)));
    }

    @Test
    void aSeasonThatIsOverOpensNothing() {
        var winter =
                new Schedule(
                        Set.of(MONDAY),
                        Optional.of(LocalTime.of(9, 0)),
                        Optional.of(LocalTime.of(12, 0)),
                        Optional.empty(),
                        Optional.of(LocalDate.of(2026, 5, 3)),
                        "");

        assertThat(hours(winter).at(monday("10:00"))).isEqualTo(new State.Unknown());
        assertThat(hours(winter).week(monday("10:00"))).isEmpty();
    }

    @Test
    void theWeekBeginsToday() {
        var week = office.week(monday("10:00"));

        assertThat(week).hasSize(7);
        assertThat(week.getFirst().date().getDayOfWeek()).isEqualTo(MONDAY);
        assertThat(week.getFirst().openings()).hasSize(2);
        assertThat(week.get(4).date().getDayOfWeek()).isEqualTo(FRIDAY);
        assertThat(week.get(4).openings()).isEmpty();
    }

    private static OpeningHours hours(Schedule... schedules) {
        return new OpeningHours(List.of(schedules), ZONE);
    }

    private static Schedule weekly(DayOfWeek day, String from, String to) {
        return Schedule.weekly(Set.of(day), LocalTime.parse(from), LocalTime.parse(to));
    }

    private static Instant monday(String time) {
        return LocalDateTime.parse("2026-05-04T" + time).atZone(ZONE).toInstant();
    }
}
