// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Every day erases what listings were long ago: versions, drafts that were decided and notes of
/// staff. They may name people who have asked to be taken out. What waits is never touched.
public final class HistorySweep {

    private static final String WORK = "erase-history";
    private static final Duration EVERY = Duration.ofDays(1);
    private static final int AT_ONCE = 500;
    private final Database database;
    private final int months;
    private final Clock clock;

    /// @param months that they are kept
    public HistorySweep(Database database, Work work, int months, Clock clock) {
        this.database = database;
        this.months = months;
        this.clock = clock;
        work.handle(
                WORK,
                _ -> {
                    sweep();
                    return new Handler.Result.Again(clock.instant().plus(EVERY));
                });
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    void sweep() {
        var limit = clock.instant().atZone(ZoneOffset.UTC).minusMonths(months).toInstant();
        eraseAll(tx -> ListingVersionTable.eraseBefore(tx, limit, AT_ONCE));
        eraseAll(tx -> WaitingDraftTable.eraseBefore(tx, limit, AT_ONCE));
        eraseAll(tx -> StaffNoteTable.eraseBefore(tx, limit, AT_ONCE));
    }

    private void eraseAll(Function<Transaction, Integer> some) {
        int erased;
        do {
            erased = database.write(some);
        } while (erased == AT_ONCE);
    }
}
