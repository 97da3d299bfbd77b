// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.waymark.node.database.Database;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Destroys, once a day, the keys whose time is over and those that nothing was ever written under.
/// It never ends a case: that is decided by people and by retention.
public final class KeyCare implements Handler {

    private static final String WORK = "key-care";
    private static final Duration RHYTHM = Duration.ofDays(1);
    // 1 h: while keys that are past their time are still needed.
    private static final Duration SOON = Duration.ofHours(1);
    // 30 days: an offer that waits in the inbox for a fault of ours to be mended has keys and no
    // row.
    private static final Duration GRACE = Duration.ofDays(30);

    private final Database database;
    private final Work work;
    private final SealKeys sealKeys;
    private final CaseKeys caseKeys;
    private final Predicate<CaseId> known;
    private final Clock clock;

    /// @param known whether any domain has a row for a case
    public KeyCare(
            Database database,
            Work work,
            SealKeys sealKeys,
            CaseKeys caseKeys,
            Predicate<CaseId> known,
            Clock clock) {
        this.database = database;
        this.work = work;
        this.sealKeys = sealKeys;
        this.caseKeys = caseKeys;
        this.known = known;
        this.clock = clock;
        work.handle(WORK, this);
    }

    /// Does it now and from then on daily.
    public void start() {
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    @Override
    public Result run(Job job) {
        caseKeys.sweep(known, GRACE);
        var next = sealKeys.sweep() ? RHYTHM : SOON;
        return new Result.Again(clock.instant().plus(next));
    }
}
