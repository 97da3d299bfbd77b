// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.time.Clock;
import java.time.Duration;
import org.waymark.node.database.Database;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Every day erases letters that were given up long ago, with the addresses on them: also where no
/// letter has gone since, and on a node whose mail was switched off.
public final class MailSweep {

    private static final String WORK = "erase-failed-mail";
    private static final Duration EVERY = Duration.ofDays(1);
    // 90 days: whoever did not look at what failed for so long will not.
    private static final Duration FAILED_KEPT = Duration.ofDays(90);

    public MailSweep(Database database, Work work, Clock clock) {
        work.handle(
                WORK,
                _ -> {
                    var now = clock.instant();
                    database.run(tx -> MailTable.removeFailed(tx, now.minus(FAILED_KEPT)));
                    return new Handler.Result.Again(now.plus(EVERY));
                });
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }
}
