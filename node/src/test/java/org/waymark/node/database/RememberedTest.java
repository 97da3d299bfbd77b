// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTest {

    private final Remembered<String, Integer> remembered = new Remembered<>(2);
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void isMadeOnceAndAnewAfterACommit() {
        try (var database = Databases.inMemory()) {
            assertThat(get("a")).isEqualTo(1);
            assertThat(get("a")).isEqualTo(1);

            database.run(
                    tx -> {
                        remembered.changedBy(tx);
                        assertThat(get("a")).as("before the commit").isEqualTo(1);
                    });

            assertThat(get("a")).isEqualTo(2);
        }
    }

    @Test
    void whatWasMadeWhileACommitCameIsNotKept() {
        var seen =
                remembered.get(
                        "a",
                        _ -> {
                            remembered.forget();
                            return made.incrementAndGet();
                        });

        assertThat(seen).isEqualTo(1);
        assertThat(get("a")).isEqualTo(2);
    }

    @Test
    void theLeastUsedGoesWhenThereAreTooMany() {
        get("a");
        get("b");
        get("a");
        get("c");

        assertThat(get("a")).isEqualTo(1);
        assertThat(get("b")).isEqualTo(4);
    }

    private int get(String key) {
        return remembered.get(key, _ -> made.incrementAndGet());
    }
}
