// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.delivery;

import java.time.Duration;

/// When to try again, as a pure function of what happened so far.
public sealed interface Retry {
    /// 5 s: the first wait.
    Duration FIRST_WAIT = Duration.ofSeconds(5);

    /// 1 h: the longest wait of our own.
    Duration LONGEST_WAIT = Duration.ofHours(1);

    /// 14 days: then it is given up, visibly. A volunteer's server may be down over a holiday.
    Duration GIVEN_UP_AFTER = Duration.ofDays(14);

    /// 1 day: the longest wait another server can ask for.
    Duration LONGEST_ASKED_WAIT = Duration.ofDays(1);

    /// Try again after this long.
    record Wait(Duration length) implements Retry {}

    /// Stop, and show it to whoever caused it.
    record GiveUp() implements Retry {}

    /// Whether and when to try again.
    ///
    /// @param attempts made so far, 1 or more
    /// @param elapsed since the first attempt
    /// @param askedWait what the other server asked for, zero for nothing
    /// @param jitter from 0 to 1, random, so that many senders do not come back together
    static Retry after(int attempts, Duration elapsed, Duration askedWait, double jitter) {
        if (attempts < 1 || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("attempts " + attempts + ", jitter " + jitter);
        }
        if (elapsed.compareTo(GIVEN_UP_AFTER) >= 0) {
            return new GiveUp();
        }
        return new Wait(waitAfter(attempts, askedWait, jitter));
    }

    /// How long to wait after so many attempts that failed, however long ago the first was.
    ///
    /// @param attempts 1 or more
    /// @param askedWait what the other server asked for, zero for nothing
    /// @param jitter from 0 to 1
    static Duration waitAfter(int attempts, Duration askedWait, double jitter) {
        // 5 s, 10 s, 20 s … 1 h; the tenth doubling is beyond an hour.
        Duration grown = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 10));
        Duration own = shorter(grown, LONGEST_WAIT);
        // Between three quarters and the whole of it.
        Duration jittered = Duration.ofMillis((long) (own.toMillis() * (0.75 + 0.25 * jitter)));
        Duration asked = shorter(askedWait, LONGEST_ASKED_WAIT);
        return asked.compareTo(jittered) > 0 ? asked : jittered;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
