// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes guessing slow without locking anyone out.
///
/// Failures are counted per (mail address, origin), where the origin is the device that signed in
/// before or else the network address: whoever attacks from elsewhere slows down only themselves.
/// Kept in memory, at most 10,000 entries; a restart forgets, which costs an attacker more than it
/// gives.
final class SlowDown {

    // 4 free tries, then 2 s doubling to 5 min: 100 guesses take eight hours.
    private static final int FREE_TRIES = 4;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final int MAX_ENTRIES = 10_000;

    private record Origin(String email, String from) {}

    private record Failures(int count, Instant last) {}

    private final Clock clock;
    private final Map<Origin, Failures> failures =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Origin, Failures> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    SlowDown(Clock clock) {
        this.clock = clock;
    }

    /// How long this origin has to wait before its next try at this address; empty: not at all.
    synchronized Optional<Duration> waitFor(String email, String from) {
        var known = failures.get(new Origin(email, from));
        if (known == null || known.count() < FREE_TRIES) {
            return Optional.empty();
        }
        var exponent = Math.min(known.count() - FREE_TRIES + 1, 20);
        var pause = Duration.ofSeconds(1L << exponent);
        var until = known.last().plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
        var wait = Duration.between(clock.instant(), until);
        return wait.isPositive() ? Optional.of(wait) : Optional.empty();
    }

    synchronized void failed(String email, String from) {
        var origin = new Origin(email, from);
        var now = clock.instant();
        var before = failures.remove(origin);
        var fresh =
                before == null || before.last().plus(FORGOTTEN_AFTER).isBefore(now)
                        ? 0
                        : before.count();
        failures.put(origin, new Failures(fresh + 1, now));
    }

    synchronized void succeeded(String email, String from) {
        failures.remove(new Origin(email, from));
    }
}
