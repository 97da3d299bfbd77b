// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchBudgetTest {

    @Test
    void oneActivityFetchesEightDocumentsAndTheNextAsMany(@TempDir Path folder) {
        try (var node = new Sending(folder);
                var other = new OtherServer(node.clock)) {
            for (int activity = 0; activity < 2; activity++) {
                assertThat(FetchBudget.<Long>forOne(() -> readable(node, other, 20))).isEqualTo(8);
            }
            // Nobody counts what we read on our own account.
            assertThat(readable(node, other, 20)).isEqualTo(20);
        }
    }

    private static long readable(Sending node, OtherServer other, int times) {
        return IntStream.range(0, times)
                .filter(
                        _ -> {
                            node.clock.advance(Duration.ofDays(2));
                            return node.remoteActors.refresh(other.actor()).isPresent();
                        })
                .count();
    }
}
