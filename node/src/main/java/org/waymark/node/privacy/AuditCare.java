// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.waymark.node.database.Database;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Erases audit entries whose time is over, once a day, and leaves the sealed mark.
public final class AuditCare {

    private static final String WORK = "audit-care";
    private static final Duration EVERY = Duration.ofDays(1);

    /// @param months that entries are kept
    public AuditCare(Database database, Work work, Audit audit, int months, Clock clock) {
        work.handle(
                WORK,
                _ -> {
                    var now = clock.instant();
                    audit.prune(now.atZone(ZoneOffset.UTC).minusMonths(months).toInstant());
                    return new Handler.Result.Again(now.plus(EVERY));
                });
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }
}
