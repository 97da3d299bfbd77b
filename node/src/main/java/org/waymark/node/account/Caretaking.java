// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.waymark.node.privacy.Acting;

/// Whether anybody still looks after this node. What a forgotten one says goes stale and nobody
/// notices, so its pages say so themselves (safety.md 15). Thread-safe.
public final class Caretaking {

    // safety.md 15.
    static final Duration LONGEST_AWAY = Duration.ofDays(60);

    // 1 min: every page asks.
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final HostedOrganizations organizations;
    private final Accounts accounts;
    private final Clock clock;
    private volatile Known known = new Known(Instant.MIN, Optional.empty());

    private record Known(Instant at, Optional<Instant> last) {}

    public Caretaking(HostedOrganizations organizations, Accounts accounts, Clock clock) {
        this.organizations = organizations;
        this.accounts = accounts;
        this.clock = clock;
    }

    /// When somebody last signed in, if that was more than 60 days ago.
    public Optional<Instant> endedAt() {
        var now = clock.instant();
        var known = this.known;
        // A clock that was put back must not keep an old answer.
        if (known.at().isAfter(now) || known.at().isBefore(now.minus(REMEMBERED))) {
            known = new Known(now, lastSeen());
            this.known = known;
        }
        return known.last().filter(now.minus(LONGEST_AWAY)::isAfter);
    }

    private Optional<Instant> lastSeen() {
        return organizations.list().stream()
                .flatMap(it -> accounts.lastSeen(Acting.node(), it.id()).stream())
                .max(Comparator.naturalOrder());
    }
}
