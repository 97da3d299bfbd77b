// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting for processes that nobody can hurry.
public final class Eventually {

    // 60 s: what a test may wait for before it counts as lost. Retries wait 5, 10, 20 s.
    private static final Duration LONG = Duration.ofSeconds(60);

    private Eventually() {}

    /// Looks until it is so.
    ///
    /// @return how long it took
    /// @throws AssertionError when it is not so within a minute
    public static Duration until(String what, BooleanSupplier isSo) {
        return until(what, LONG, isSo);
    }

    /// The same for what may take longer.
    public static Duration until(String what, Duration longest, BooleanSupplier isSo) {
        var start = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - start > longest.toNanos()) {
                throw new AssertionError("Not within " + longest.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
