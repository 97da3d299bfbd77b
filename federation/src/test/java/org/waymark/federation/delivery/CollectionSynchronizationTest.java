// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionSynchronizationTest {

    private static final URI FIRST = URI.create("https://n2.example/o/1");
    private static final URI SECOND = URI.create("https://n2.example/o/2");
    private static final CollectionSynchronization SAID =
            new CollectionSynchronization(
                    URI.create("https://n1.example/o/1/followers"),
                    URI.create("https://n1.example/o/1/followers/synchronization"),
                    CollectionSynchronization.digest(List.of(FIRST, SECOND)));

    @Test
    void whatIsReadIsWhatWasWritten() {
        assertThat(CollectionSynchronization.parse(SAID.toString())).contains(SAID);
    }

    /// By the example of FEP-8fcf, whose parts stand in any order.
    @Test
    void otherOrdersAndSpacesAreRead() {
        var header =
                "digest=\"%s\",collectionId=\"%s\",url=\"%s\""
                        .formatted(SAID.digest(), SAID.collection(), SAID.partial());

        assertThat(CollectionSynchronization.parse(header)).contains(SAID);
    }

    @Test
    void theDigestDoesNotDependOnTheOrderAndNobodyIsZero() {
        assertThat(CollectionSynchronization.digest(List.of(SECOND, FIRST)))
                .isEqualTo(SAID.digest());
        assertThat(CollectionSynchronization.digest(List.of())).isEqualTo("0".repeat(64));
        assertThat(CollectionSynchronization.digest(List.of(FIRST, FIRST)))
                .isEqualTo("0".repeat(64));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "collectionId=\"x\", url=\"y\", digest=\"z\"",
                "collectionId=\"https://n1.example/f\", url=\"https://n1.example/p\"",
                "collectionId=\"https://n1.example/f\", url=\"::\", digest=\"0\""
            })
    void whatIsNoHeaderIsNone(String text) {
        assertThat(CollectionSynchronization.parse(text)).isEmpty();
        assertThat(CollectionSynchronization.parse(text + "x".repeat(3_000))).isEmpty();
    }
}
