// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdMapTest {

    @Test
    void itHoldsWhatAMapOfObjectsHolds() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var map = new IdMap();
        var expected = new LinkedHashMap<UUID, Long>();
        for (long i = 0; i < 5_000; i++) {
            // Few different ones, so that some come again and many share a half.
            var id = new UUID(random.nextInt(60), random.nextInt(60));
            map.put(id, i);
            expected.put(id, i);
        }

        assertThat(map.size()).as("seed %d", seed).isEqualTo(expected.size());
        assertThat(map.ids()).isEqualTo(java.util.List.copyOf(expected.keySet()));
        expected.forEach((id, value) -> assertThat(map.get(id)).hasValue(value));
        assertThat(map.has(new UUID(61, 1))).isFalse();
    }
}
