// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.waymark.federation.MovingClock;
import org.waymark.federation.signature.ReplayGuard.Sighting;

class MemoryReplayGuardTest {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    @Test
    void seesASignatureTwiceUntilItIsTooOldToMatter() {
        var clock = new MovingClock(NOW);
        var guard = new MemoryReplayGuard(clock, 10);

        assertThat(guard.see("s", NOW.plusSeconds(3600))).isEqualTo(Sighting.FIRST);
        clock.move(Duration.ofMinutes(59));
        assertThat(guard.see("s", NOW.plusSeconds(3600))).isEqualTo(Sighting.SEEN);
        clock.move(Duration.ofMinutes(2));
        assertThat(guard.see("s", NOW.plusSeconds(3600))).isEqualTo(Sighting.FIRST);
    }

    @Test
    void whatCouldNotBeKeptMayComeAgainWordByWord() {
        var guard = new MemoryReplayGuard(Clock.fixed(NOW, ZoneOffset.UTC), 10);

        guard.see("s", NOW.plusSeconds(3600));
        guard.release("s");

        assertThat(guard.see("s", NOW.plusSeconds(3600))).isEqualTo(Sighting.FIRST);
        assertThat(guard.see("s", NOW.plusSeconds(3600))).isEqualTo(Sighting.SEEN);
    }

    @Test
    void forgetsNothingWhenItIsFull() {
        var guard = new MemoryReplayGuard(Clock.fixed(NOW, ZoneOffset.UTC), 1);

        guard.see("first", NOW.plusSeconds(3600));

        assertThat(guard.see("second", NOW.plusSeconds(3600))).isEqualTo(Sighting.FULL);
        assertThat(guard.see("first", NOW.plusSeconds(3600))).isEqualTo(Sighting.SEEN);
    }
}
