// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.complaint;

import java.time.Clock;
import java.time.Duration;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Every day erases complaints answered long ago, keys first.
public final class ComplaintSweep {

    private static final String WORK = "erase-complaints";
    private static final Duration EVERY = Duration.ofDays(1);
    // 365 days: as long as the rest of what is about a person; what must be kept longer belongs in
    // the hands of those who looked into it.
    private static final Duration KEPT = Duration.ofDays(365);

    private final Database database;
    private final CaseKeys keys;
    private final Clock clock;

    public ComplaintSweep(Database database, Work work, CaseKeys keys, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
        work.handle(WORK, this::sweep);
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    private Handler.Result sweep(Job job) {
        var now = clock.instant();
        var old = database.read(tx -> ComplaintTable.listOver(tx, now.minus(KEPT)));
        for (var complaint : old) {
            for (var part : Part.values()) {
                keys.destroy(complaint.caseId(), part);
            }
            database.run(tx -> ComplaintTable.remove(tx, complaint.id().value()));
        }
        return new Handler.Result.Again(now.plus(EVERY));
    }
}
