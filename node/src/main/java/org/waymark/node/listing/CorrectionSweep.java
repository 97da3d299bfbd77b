// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
import java.time.Duration;
import org.waymark.node.database.Database;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Every day erases the words of corrections answered long ago: whoever wrote them may have named
/// people. Of a stranger's report nothing stays; its address is a person's.
public final class CorrectionSweep {

    private static final String WORK = "erase-corrections";
    private static final Duration EVERY = Duration.ofDays(1);

    // 90 days, as what is about people in referrals.
    private static final Duration KEPT = Duration.ofDays(90);

    private final Database database;
    private final Clock clock;

    public CorrectionSweep(Database database, Work work, Clock clock) {
        this.database = database;
        this.clock = clock;
        work.handle(WORK, this::sweep);
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    private Handler.Result sweep(Job job) {
        var now = clock.instant();
        database.run(tx -> CorrectionTable.erase(tx, now.minus(KEPT)));
        return new Handler.Result.Again(now.plus(EVERY));
    }
}
