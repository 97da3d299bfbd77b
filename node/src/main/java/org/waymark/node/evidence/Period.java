// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// Whole months, the first and the last included; at most 36.
public record Period(YearMonth first, YearMonth last) {

    // Three years: as long as grants run.
    private static final int MOST_MONTHS = 36;
    private static final int HALF_YEAR = 6;

    public Period {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("A time ends after it begins");
        }
        if (ChronoUnit.MONTHS.between(first, last) >= MOST_MONTHS) {
            throw new IllegalArgumentException("At most " + MOST_MONTHS + " months");
        }
    }

    /// The halves of calendar years that were over before a month, the newest first: what others
    /// may have numbers of. No two share a month, so comparing two files tells nothing of anybody
    /// in the months between them.
    static List<Period> halfYearsBefore(YearMonth now) {
        var last = now.withMonth(now.getMonthValue() <= HALF_YEAR ? 1 : HALF_YEAR + 1);
        return Stream.iterate(last.minusMonths(HALF_YEAR), it -> it.minusMonths(HALF_YEAR))
                .limit(MOST_MONTHS / HALF_YEAR)
                .map(it -> new Period(it, it.plusMonths(HALF_YEAR - 1)))
                .toList();
    }

    public boolean holds(YearMonth month) {
        return !month.isBefore(first) && !month.isAfter(last);
    }

    public List<YearMonth> months() {
        return Stream.iterate(first, it -> !it.isAfter(last), it -> it.plusMonths(1)).toList();
    }
}
