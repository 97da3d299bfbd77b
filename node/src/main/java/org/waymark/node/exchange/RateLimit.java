// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// How many activities one host may bring in a minute. Counted after the signature was verified, so
/// that nobody can use up another's share. Safe for many threads.
public final class RateLimit {

    /// 600 a minute: the limit published in FEDERATION.md.
    public static final int DEFAULT_PER_MINUTE = 600;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final Clock clock;
    private final Map<String, Integer> counts = new HashMap<>();
    private Instant windowEnds = Instant.EPOCH;

    public RateLimit(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    synchronized boolean admits(String host) {
        var now = clock.instant();
        if (now.isAfter(windowEnds)) {
            counts.clear();
            windowEnds = now.plus(WINDOW);
        }
        return counts.merge(host, 1, Integer::sum) <= perMinute;
    }

    /// How long until a host that was not admitted may come again.
    synchronized Duration untilAdmitted() {
        var left = Duration.between(clock.instant(), windowEnds).plusSeconds(1);
        return left.isPositive() ? left : Duration.ofSeconds(1);
    }
}
