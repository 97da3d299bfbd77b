// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.waymark.federation.signature.ReplayGuard.Sighting;
import org.waymark.node.TestClock;

class SeenSignaturesTest {

    private final TestClock clock = new TestClock();
    private final SeenSignatures seen = new SeenSignatures(clock, new Random(1));

    @Test
    void remembersEachForTwoHours() {
        for (int i = 0; i < 5_000; i++) {
            assertThat(see("signature " + i)).isEqualTo(Sighting.FIRST);
        }

        clock.advance(Duration.ofMinutes(119));
        for (int i = 0; i < 5_000; i++) {
            assertThat(see("signature " + i)).isEqualTo(Sighting.SEEN);
        }
    }

    @Test
    void whatWasReleasedMayComeAgainAndOthersMayNot() {
        for (int i = 0; i < 400; i++) {
            see("signature " + i);
        }
        for (int i = 0; i < 400; i += 2) {
            seen.release("signature " + i);
        }
        seen.release("never seen");

        for (int i = 0; i < 400; i++) {
            assertThat(see("signature " + i))
                    .isEqualTo(i % 2 == 0 ? Sighting.FIRST : Sighting.SEEN);
        }
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        see("oldest");
        for (int i = 0; i < 140_000; i++) {
            see("signature " + i);
        }

        assertThat(see("signature 139999")).isEqualTo(Sighting.SEEN);
        assertThat(see("oldest")).isEqualTo(Sighting.FIRST);
    }

    private Sighting see(String signature) {
        return seen.see(signature, clock.instant());
    }
}
