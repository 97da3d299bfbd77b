// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Clock;
import java.time.Duration;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Every hour removes visits whose time is over, and the codes and messages of erased cases, which
/// nobody can read any more.
final class PersonSweep {

    private static final String WORK = "person-sweep";
    private static final Duration EVERY = Duration.ofHours(1);

    private final Database database;
    private final CaseKeys keys;
    private final Clock clock;

    PersonSweep(Database database, Work work, CaseKeys keys, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
        work.handle(WORK, this::sweep);
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    private Handler.Result sweep(Job job) {
        var now = clock.instant();
        database.run(
                tx -> {
                    VisitTable.removeUsedBefore(tx, now.minus(Visits.LONGEST));
                    HelpCodeTable.list(tx).stream()
                            .filter(it -> !keys.holds(it.caseId(), Part.CASE))
                            .forEach(it -> HelpCodeTable.removeOf(tx, it.referral()));
                    MessageTable.listCases(tx).stream()
                            .filter(it -> !keys.holds(it, Part.CASE))
                            .forEach(it -> MessageTable.removeOf(tx, it));
                });
        return new Handler.Result.Again(now.plus(EVERY));
    }
}
