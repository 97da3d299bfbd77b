// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.suggest.Experience.Asked;

class ExperienceTest {

    private static final Instant NOW = Instant.parse("2030-06-30T12:00:00Z");

    private static Asked asked(int daysAgo, State state, Optional<Duration> answeredAfter) {
        var sent = NOW.minus(Duration.ofDays(daysAgo));
        return new Asked(
                sent,
                state,
                Optional.empty(),
                Optional.of(sent.plus(Duration.ofDays(3))),
                answeredAfter.map(sent::plus),
                answeredAfter.map(sent::plus));
    }

    private static Experience of(Asked... all) {
        return new Experience(Arrays.asList(all));
    }

    @Test
    void theMiddleTimeCountsInDaysBegun() {
        var some =
                of(
                        asked(40, State.ACCEPTED, Optional.of(Duration.ofHours(2))),
                        asked(30, State.DECLINED, Optional.of(Duration.ofHours(30))),
                        asked(20, State.ACCEPTED, Optional.of(Duration.ofDays(9))));

        assertThat(some.answersInDays()).isEqualTo(OptionalInt.of(2));
        assertThat(of(asked(40, State.ACCEPTED, Optional.of(Duration.ofHours(2)))).answersInDays())
                .isEqualTo(OptionalInt.of(1));
        assertThat(Experience.none().answersInDays()).isEmpty();
    }

    @Test
    void whoIsSilentForAWeekWhileSomethingIsLateIsNotThere() {
        assertThat(of(asked(8, State.SENT, Optional.empty())).isSilent(NOW)).isTrue();
        // Not late yet, heard of lately, or told by phone.
        assertThat(of(asked(2, State.SENT, Optional.empty())).isSilent(NOW)).isFalse();
        assertThat(
                        of(
                                        asked(8, State.SENT, Optional.empty()),
                                        asked(3, State.ACCEPTED, Optional.of(Duration.ofDays(1))))
                                .isSilent(NOW))
                .isFalse();
        var told =
                new Asked(
                        NOW.minus(Duration.ofDays(9)),
                        State.SENT,
                        Optional.of(State.ACCEPTED),
                        Optional.of(NOW.minus(Duration.ofDays(5))),
                        Optional.empty(),
                        Optional.empty());
        assertThat(of(told).isSilent(NOW)).isFalse();
    }
}
