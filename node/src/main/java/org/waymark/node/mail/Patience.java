// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.time.Duration;
import java.util.List;

/// How long to wait until the next attempt, and when to give up.
final class Patience {

    // 5 days: RFC 5321, 4.5.4.1.
    static final Duration LONGEST = Duration.ofDays(5);

    private static final List<Duration> AFTER_DELAY =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(4));
    private static final List<Duration> WITHOUT_SERVER =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30));

    private Patience() {}

    /// Of one letter that was to come again later.
    ///
    /// @param attempts that failed before this one
    static Duration afterDelay(int attempts) {
        return AFTER_DELAY.get(Math.min(attempts, AFTER_DELAY.size() - 1));
    }

    /// Of all letters, while the server is away.
    ///
    /// @param attempts that failed before this one, of any letters
    static Duration withoutServer(int attempts) {
        return WITHOUT_SERVER.get(Math.min(attempts, WITHOUT_SERVER.size() - 1));
    }
}
