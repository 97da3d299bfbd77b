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

    public Period {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("A time ends after it begins");
        }
        if (ChronoUnit.MONTHS.between(first, last) >= MOST_MONTHS) {
            throw new IllegalArgumentException("At most " + MOST_MONTHS + " months");
        }
    }

    public boolean holds(YearMonth month) {
        return !month.isBefore(first) && !month.isAfter(last);
    }

    public List<YearMonth> months() {
        return Stream.iterate(first, it -> !it.isAfter(last), it -> it.plusMonths(1)).toList();
    }
}
