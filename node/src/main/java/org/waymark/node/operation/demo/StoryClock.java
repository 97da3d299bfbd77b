// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that runs as fast as the real one, behind it by a distance that only shrinks. Safe for
/// many threads.
public final class StoryClock extends Clock {

    private final Clock real;
    private final AtomicReference<Duration> behind;

    public StoryClock(Clock real, Instant start) {
        this.real = real;
        this.behind = new AtomicReference<>(Duration.between(start, real.instant()));
    }

    /// Lets this much time pass, at most until now.
    public void pass(Duration time) {
        behind.updateAndGet(
                distance -> distance.compareTo(time) > 0 ? distance.minus(time) : Duration.ZERO);
    }

    /// Lets time pass until this clock is only so far behind; does nothing when it is nearer.
    public void passUntil(Duration distance) {
        behind.updateAndGet(now -> now.compareTo(distance) > 0 ? distance : now);
    }

    @Override
    public Instant instant() {
        return real.instant().minus(behind.get());
    }

    @Override
    public ZoneId getZone() {
        return real.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
