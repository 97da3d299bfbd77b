// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// How many activities one host may bring in a minute. Counted after the signature was verified, so
/// that nobody can use up another's share.
final class RateLimit {

    // 600 a minute: the limit published in FEDERATION.md.
    private static final int MOST = 600;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Integer> counts = new HashMap<>();
    private Instant windowEnds = Instant.EPOCH;

    RateLimit(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean admits(String host) {
        var now = clock.instant();
        if (now.isAfter(windowEnds)) {
            counts.clear();
            windowEnds = now.plus(WINDOW);
        }
        return counts.merge(host, 1, Integer::sum) <= MOST;
    }
}
