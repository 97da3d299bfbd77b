// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {

    @ParameterizedTest
    @CsvSource({
        "1,  1.0, PT5S",
        "1,  0.0, PT3.75S",
        "2,  1.0, PT10S",
        "3,  1.0, PT20S",
        "10, 1.0, PT42M40S",
        "11, 1.0, PT1H",
        "11, 0.0, PT45M",
        "400, 1.0, PT1H"
    })
    void waitsGrowFromFiveSecondsToAnHour(int attempts, double jitter, Duration wait) {
        assertThat(Retry.after(attempts, Duration.ofMinutes(1), Duration.ZERO, jitter))
                .isEqualTo(new Retry.Wait(wait));
    }

    @Test
    void obeysRetryAfterUpToADay() {
        assertThat(Retry.after(1, Duration.ZERO, Duration.ofMinutes(30), 1))
                .isEqualTo(new Retry.Wait(Duration.ofMinutes(30)));
        assertThat(Retry.after(1, Duration.ZERO, Duration.ofDays(400), 1))
                .isEqualTo(new Retry.Wait(Duration.ofDays(1)));
        assertThat(Retry.after(20, Duration.ofDays(1), Duration.ofSeconds(1), 1))
                .isEqualTo(new Retry.Wait(Duration.ofHours(1)));
    }

    @Test
    void givesUpAfterFourteenDaysAndNotBefore() {
        Duration limit = Duration.ofDays(14);

        assertThat(Retry.after(400, limit.minusSeconds(1), Duration.ZERO, 0.5))
                .isInstanceOf(Retry.Wait.class);
        assertThat(Retry.after(400, limit, Duration.ZERO, 0.5)).isEqualTo(new Retry.GiveUp());
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> Retry.after(0, Duration.ZERO, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Retry.after(1, Duration.ZERO, Duration.ZERO, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
