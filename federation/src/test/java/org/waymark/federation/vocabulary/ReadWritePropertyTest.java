// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.waymark.federation.Chance;

class ReadWritePropertyTest {

    @Test
    void readingWhatWasWrittenGivesTheSameThing() {
        var chance = Chance.of("read(write(x)) = x");
        int read = 0;
        for (int i = 0; i < Chance.cases(5_000, 200_000); i++) {
            ObjectNode json = chance.document();
            if (!(Thing.read(json) instanceof Reading.Read<Thing>(Thing thing))) {
                continue;
            }
            read++;

            byte[] written = StrictJson.write(thing.json());
            Thing again = StrictJson.read(written).then(Thing::read).orElseThrow();

            assertThat(again).as("seed %d, case %d", chance.seed, i).isEqualTo(thing);
            assertThat(StrictJson.write(again.json())).isEqualTo(written);
        }
        assertThat(read).as("cases that were things").isGreaterThan(2_000);
    }
}
