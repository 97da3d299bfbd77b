// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.handout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;

/// How many hand-outs were made in a month, and nothing else. Counts are collected in memory and
/// written down together, so that no row tells when one was made; a crash loses the last few.
/// Thread-safe.
public final class HandOutCounts {

    private static final int WRITTEN_TOGETHER = 20;
    private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(15);

    public record Month(YearMonth month, long made) {}

    private final Database database;
    private final Access access;
    private final Clock clock;
    private final Map<YearMonth, Long> waiting = new HashMap<>();
    private Instant written;

    public HandOutCounts(Database database, Access access, Clock clock) {
        this.database = database;
        this.access = access;
        this.clock = clock;
        this.written = clock.instant();
    }

    synchronized void count() {
        var now = clock.instant();
        waiting.merge(YearMonth.from(now.atZone(ZoneOffset.UTC)), 1L, Long::sum);
        var some = waiting.values().stream().mapToLong(Long::longValue).sum();
        if (some >= WRITTEN_TOGETHER || written.plus(AT_LEAST_EVERY).isBefore(now)) {
            write();
        }
    }

    /// The newest month first.
    public List<Month> list(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        write();
        return database.read(HandOutTable::list);
    }

    /// Writes down what is still in memory.
    public synchronized void write() {
        written = clock.instant();
        if (waiting.isEmpty()) {
            return;
        }
        database.run(tx -> waiting.forEach((month, made) -> HandOutTable.add(tx, month, made)));
        waiting.clear();
    }
}
