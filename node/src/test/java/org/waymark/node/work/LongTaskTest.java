// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LongTaskTest {

    private final List<Boolean> seen = new CopyOnWriteArrayList<>();

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
    void waitsForWhatItInterrupts() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var asking =
                Thread.ofPlatform()
                        .unstarted(
                                () -> {
                                    var caller = Thread.currentThread();
                                    assertThatThrownBy(
                                                    () ->
                                                            LongTask.run(
                                                                    "long",
                                                                    () -> work(begun, caller)))
                                            .isInstanceOf(IllegalStateException.class);
                                });
        asking.start();
        begun.await();
        asking.interrupt();
        asking.join();

        assertThat(seen).containsExactly(false);
    }

    /// Notes whether its caller had gone on before it ended.
    private boolean work(CountDownLatch begun, Thread asking) {
        begun.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            while (!Set.of(Thread.State.WAITING, Thread.State.TERMINATED)
                    .contains(asking.getState())) {
                Thread.onSpinWait();
            }
            seen.add(asking.getState() == Thread.State.TERMINATED);
        }
        return true;
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
