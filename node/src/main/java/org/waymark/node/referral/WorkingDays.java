// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The days on which an organisation works: the days of its week without the days it is closed.
///
/// @param week at least one
public record WorkingDays(Set<DayOfWeek> week, List<ClosedDays> closed) {

    /// Days on which nobody works, such as holidays.
    public record ClosedDays(LocalDate first, LocalDate last) {
        public ClosedDays {
            if (last.isBefore(first) || last.isAfter(first.plusDays(60))) {
                throw new IllegalArgumentException("From a day to one within 60 days");
            }
        }

        boolean covers(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    public WorkingDays {
        week = Set.copyOf(week);
        closed = List.copyOf(closed);
        if (week.isEmpty()) {
            throw new IllegalArgumentException("A week has a working day");
        }
    }

    /// Monday to Friday, for who has said nothing else.
    public static WorkingDays usual() {
        return new WorkingDays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), List.of());
    }

    public boolean isWorking(LocalDate day) {
        return week.contains(day.getDayOfWeek()) && closed.stream().noneMatch(it -> it.covers(day));
    }

    /// The day that is so many working days later; the same day for none.
    LocalDate after(LocalDate day, int workingDays) {
        var later = day;
        // A year: who is closed longer answers nothing.
        for (int left = workingDays, passed = 0; left > 0 && passed < 366; passed++) {
            later = later.plusDays(1);
            if (isWorking(later)) {
                left--;
            }
        }
        return later;
    }
}
