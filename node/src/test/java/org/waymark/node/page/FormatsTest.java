// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FormatsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 5, 3);
    private static final LocalTime AFTERNOON = LocalTime.of(14, 30);

    @Test
    void datesAndWeekdaysAreInTheReadersLanguage() {
        assertThat(in("ar", "DE").date(DAY)).isEqualTo("3 مايو 2026");
        assertThat(in("ar", "DE").weekday(DayOfWeek.SUNDAY)).isEqualTo("الأحد");
        assertThat(in("uk", "DE").date(DAY)).isEqualTo("3 травня 2026\u202fр.");
        assertThat(in("en", "DE").date(DAY)).isEqualTo("3 May 2026");
        assertThat(in("en", "US").date(DAY)).isEqualTo("May 3, 2026");
        assertThat(in("en", "XL").date(DAY)).isEqualTo("3 May 2026");
    }

    @Test
    void clocksFollowTheCountryAndNotTheLanguage() {
        assertThat(in("ar", "DE").time(AFTERNOON)).isEqualTo("14:30");
        assertThat(in("en", "FR").time(AFTERNOON)).isEqualTo("14:30");
        assertThat(in("en", "US").time(AFTERNOON)).isEqualTo("2:30\u202fPM");
        assertThat(in("ar", "US").time(AFTERNOON)).endsWith("م");
        assertThat(in("en", "").time(AFTERNOON)).isEqualTo("14:30");
    }

    @Test
    void digitsAreTheOnesOfPhoneNumbers() {
        assertThat(in("ar", "JO").number(4089)).matches("[0-9].*[0-9]");
        assertThat(in("fa", "AF").date(DAY)).contains("3").contains("2026");
    }

    private static Formats in(String language, String country) {
        return new Formats(Locale.forLanguageTag(language), country);
    }
}
