// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Runs what computes for long on a thread of the system's, which the system lets share the
/// processors with all others. A virtual thread keeps its processor until it waits for something:
/// on a server with one, no visitor would be answered meanwhile.
public final class LongTask {

    private LongTask() {}

    /// Runs it and waits for it, even when interrupted: then it is interrupted, too. What it throws
    /// is thrown here.
    ///
    /// @param name of its thread
    public static <T> T run(String name, Supplier<T> work) {
        var task = new FutureTask<T>(work::get);
        var thread = Thread.ofPlatform().daemon().name(name).start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            end(thread);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while it ran: " + name, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Until it ends, it uses what its caller closes.
    private static void end(Thread thread) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                thread.interrupt();
            }
        }
    }
}
