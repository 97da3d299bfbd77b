// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EndingTest {

    @Test
    void aProcessThatHangsEndsWithItsExitCodeAndSaysWhere() throws Exception {
        var never = new CountDownLatch(1);
        var hanging = Thread.ofPlatform().name("hanging-hook").start(() -> await(never));
        var said = new ByteArrayOutputStream();
        var halted = new CompletableFuture<Integer>();

        new Ending(Duration.ofMillis(1), new PrintStream(said), halted::complete).watch(3);

        assertThat(halted.get(30, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(said.toString())
                .contains("did not end by itself")
                .contains("hanging-hook WAITING");
        never.countDown();
        hanging.join();
    }

    private static void await(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
