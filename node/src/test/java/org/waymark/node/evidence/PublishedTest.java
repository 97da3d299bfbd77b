// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.waymark.node.referral.Side;

/// What is hidden in one table stands in no other, and in no other file.
class PublishedTest {

    private static final YearMonth MONTH = YearMonth.parse("2025-11");

    /// 8 times no: 6 for want of an interpreter, 2 for want of a place. 8 less 6 is 2.
    @Test
    void aHiddenReasonIsNotTheNumberOfTheLanguages() {
        var tables =
                published(
                        count(Measure.ASKED, "", "", 8),
                        count(Measure.ANSWERED, "no", "", 8),
                        count(Measure.REFUSED, "cannot-interpret", "ti", 6),
                        count(Measure.REFUSED, "no-place", "", 2));

        assertThat(shown(tables, Published.ANSWERS)).contains(8L);
        assertThat(shown(tables, Published.REFUSALS)).containsOnly(8L);
        assertThat(shown(tables, Published.LANGUAGES)).isEmpty();
    }

    @Test
    void whoWasAskedAndDidNotAnswerIsNoDifference() {
        var few =
                published(count(Measure.ASKED, "", "", 10), count(Measure.ANSWERED, "yes", "", 8));
        assertThat(shown(few, Published.ASKED)).contains(10L);
        assertThat(shown(few, Published.ANSWERS)).isEmpty();

        var many =
                published(count(Measure.ASKED, "", "", 13), count(Measure.ANSWERED, "yes", "", 8));
        assertThat(shown(many, Published.ANSWERS)).contains(8L);
    }

    @Test
    void whatHasNotEndedIsNoDifference() {
        var few =
                published(
                        count(Measure.ASKED, "", "", 10),
                        count(Measure.ANSWERED, "yes", "", 10),
                        count(Measure.HELPED, "", "", 9));
        assertThat(shown(few, Published.ANSWERS)).contains(10L);
        assertThat(shown(few, Published.ENDINGS)).isEmpty();
    }

    @Test
    void noTwoFilesForOthersShareAMonth() {
        for (var now : new Period(MONTH, MONTH.plusMonths(12)).months()) {
            var seen = new HashSet<YearMonth>();
            for (var period : Period.halfYearsBefore(now)) {
                assertThat(period.last()).isBefore(now);
                assertThat(period.months())
                        .hasSize(6)
                        .allSatisfy(month -> assertThat(seen.add(month)).isTrue());
                assertThat(period.first().getMonthValue()).isIn(1, 7);
            }
            assertThat(Period.halfYearsBefore(now).getFirst().last().plusMonths(7)).isAfter(now);
        }
    }

    private static List<PublishedNumbers> published(Count... counts) {
        var period = new Period(YearMonth.parse("2025-07"), YearMonth.parse("2025-12"));
        return Published.of(
                new Report(period, List.of(counts), Map.of(), List.of()), Side.RECEIVER);
    }

    private static List<Long> shown(List<PublishedNumbers> tables, String name) {
        return tables.stream()
                .filter(it -> it.name().equals(name))
                .flatMap(it -> it.cells().stream())
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Count count(Measure measure, String detail, String language, long times) {
        return new Count(
                MONTH,
                Side.RECEIVER,
                measure,
                Optional.empty(),
                "",
                "health",
                detail,
                language,
                0,
                true,
                false,
                times);
    }
}
