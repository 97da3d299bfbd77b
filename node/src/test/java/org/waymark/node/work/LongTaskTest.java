// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LongTaskTest {

    @Test
    void runsOnAThreadOfTheSystem() throws InterruptedException {
        var seen = new boolean[] {true};
        var asking =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        seen[0] =
                                                LongTask.run(
                                                        "long",
                                                        () -> Thread.currentThread().isVirtual()));
        asking.join();

        assertThat(seen[0]).isFalse();
    }

    @Test
    void throwsWhatItThrows() {
        var refusal = new IllegalArgumentException("no");

        assertThatThrownBy(
                        () ->
                                LongTask.run(
                                        "long",
                                        () -> {
                                            throw refusal;
                                        }))
                .isSameAs(refusal);
    }
}
