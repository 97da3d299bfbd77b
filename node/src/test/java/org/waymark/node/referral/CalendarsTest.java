// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.waymark.node.referral.WorkingDays.ClosedDays;

class CalendarsTest {

    private static final Instant THURSDAY = Instant.parse("2026-04-02T08:00:00Z");

    @Test
    void holidaysAndTheWeekOfTheOrganizationAreNotCounted() {
        // Easter, from Good Friday to Monday.
        var easter = new ClosedDays(LocalDate.of(2026, 4, 3), LocalDate.of(2026, 4, 6));
        var days = new WorkingDays(WorkingDays.usual().week(), List.of(easter));

        assertThat(Urgency.THREE_DAYS.respondBy(THURSDAY, ZoneOffset.UTC, days))
                .isEqualTo(Instant.parse("2026-04-10T00:00:00Z"));
        assertThat(Urgency.TODAY.respondBy(THURSDAY, ZoneOffset.UTC, days))
                .isEqualTo(Instant.parse("2026-04-03T00:00:00Z"));

        var sundayToThursday =
                new WorkingDays(
                        EnumSet.complementOf(EnumSet.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY)),
                        List.of());
        assertThat(Urgency.THREE_DAYS.respondBy(THURSDAY, ZoneOffset.UTC, sundayToThursday))
                .isEqualTo(Instant.parse("2026-04-08T00:00:00Z"));
    }

    @Test
    void whatManagersSayDecidesWhenAnAnswerIsDue() {
        try (var two = new Partnered()) {
            var manager = two.nodes.shelter.acting();
            var calendars = two.shelter.calendars();
            var today = LocalDate.ofInstant(two.nodes.clock.instant(), ZoneOffset.UTC);
            var before = two.atShelter(two.sent()).referral().respondBy().orElseThrow();

            calendars.close(manager, new ClosedDays(today.plusDays(1), today.plusDays(14)));
            assertThat(two.atShelter(two.sent()).referral().respondBy().orElseThrow())
                    .isAfter(before.plusSeconds(86_400 * 10));

            calendars.reopen(manager, today.plusDays(1));
            assertThat(two.atShelter(two.sent()).referral().respondBy()).contains(before);
            calendars.setWeek(manager, Set.of(DayOfWeek.TUESDAY));
            assertThat(calendars.of(two.sara).week()).containsExactly(DayOfWeek.TUESDAY);
        }
    }
}
