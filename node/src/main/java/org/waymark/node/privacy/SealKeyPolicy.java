// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Duration;
import java.time.Instant;

/// How long a sealing key lives (federation.md, Actors and identifiers).
enum SealKeyPolicy {
    /// Published: others seal to it.
    CURRENT,
    /// No longer published; opens what was sealed while it was, and what is still under way.
    RETIRED,
    /// Destroyed: nothing sealed to it can ever be opened again, by anyone.
    DESTROYED;

    // 30 days: what a thief of the key could read is a month's packets, and partners refetch actors
    // daily.
    static final Duration PUBLISHED_FOR = Duration.ofDays(30);
    // 30 days: twice the 14 days after which an undelivered packet is given up.
    static final Duration KEPT_FOR = Duration.ofDays(30);

    static SealKeyPolicy at(Instant created, Instant now) {
        var age = Duration.between(created, now);
        if (age.compareTo(PUBLISHED_FOR) < 0) {
            return CURRENT;
        }
        return age.compareTo(PUBLISHED_FOR.plus(KEPT_FOR)) < 0 ? RETIRED : DESTROYED;
    }
}
