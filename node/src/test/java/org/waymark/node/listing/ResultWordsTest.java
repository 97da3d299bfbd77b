// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultWordsTest {

    @Test
    void manyPlacesAreOfferedByNameAndTheChosenOneAlways() {
        // The code says nothing of the name: the last by code is the first by name.
        var places =
                IntStream.range(0, 700)
                        .boxed()
                        .collect(
                                toMap(
                                        it -> "p%03d".formatted(it),
                                        it -> "Place %03d".formatted(699 - it)));

        var offered = ResultWords.places(places, Optional.of("p000"));

        assertThat(offered).hasSize(501);
        assertThat(offered.getFirst().text()).isEqualTo("Place 000");
        assertThat(offered.getLast().text()).isEqualTo("Place 699");
        assertThat(offered.getLast().chosen()).isTrue();
    }
}
