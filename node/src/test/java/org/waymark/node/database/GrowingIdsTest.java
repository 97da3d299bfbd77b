// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowingIdsTest {

    private static final Clock NOW =
            Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

    private final GrowingIds ids = new GrowingIds(NOW, new Random(1));

    @Test
    void areOfVersionSeven() {
        var id = ids.get();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void growWithTheTimeAsTextToo() {
        var later = new GrowingIds(Clock.offset(NOW, Duration.ofMillis(1)), new Random(2));

        assertThat(ids.get().toString()).isLessThan(later.get().toString());
    }

    @Test
    void areAllDifferentWithinOneMoment() {
        var made = new HashSet<UUID>();
        IntStream.range(0, 10_000).forEach(_ -> made.add(ids.get()));

        assertThat(made).hasSize(10_000);
    }
}
