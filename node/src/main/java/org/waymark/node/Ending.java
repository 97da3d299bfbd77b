// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// Sees to it that the process ends once its work is done: a thread or a shutdown hook that hangs
/// would else keep whoever called it waiting for ever. What must not be lost is on disk by then.
final class Ending {

    // 60 s: a stop waits at most 30 s for running work, and the engine writes a checkpoint.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Duration patience;
    private final PrintStream err;
    private final IntConsumer halt;

    /// @param halt ends the process at once, with that exit code
    Ending(Duration patience, PrintStream err, IntConsumer halt) {
        this.patience = patience;
        this.err = err;
        this.halt = halt;
    }

    /// From now on there is so much time left. The watching thread keeps nothing alive.
    void watch(int exit) {
        Thread.ofPlatform().daemon().name("ending").start(() -> end(exit));
    }

    private void end(int exit) {
        try {
            Thread.sleep(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        err.println("The process did not end by itself. Its threads stood here:");
        Thread.getAllStackTraces()
                .forEach(
                        (thread, stack) -> {
                            err.println(thread.getName() + " " + thread.getState());
                            Arrays.stream(stack).forEach(line -> err.println("\tat " + line));
                        });
        halt.accept(exit);
    }
}
