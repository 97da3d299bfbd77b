// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Once a day erases audit entries whose time is over, leaving the sealed mark, and checks the
/// rest, so that somebody hears of what was touched who did not ask.
public final class AuditCare {

    private static final Logger LOG = LoggerFactory.getLogger(AuditCare.class);
    private static final String WORK = "audit-care";
    private static final Duration EVERY = Duration.ofDays(1);

    private final Work work;
    private final Audit audit;
    private final Clock clock;
    private volatile long open;

    /// @param months that entries are kept
    public AuditCare(Database database, Work work, Audit audit, int months, Clock clock) {
        this.work = work;
        this.audit = audit;
        this.clock = clock;
        work.handle(
                WORK,
                _ -> {
                    var now = clock.instant();
                    audit.prune(now.atZone(ZoneOffset.UTC).minusMonths(months).toInstant());
                    check();
                    return new Handler.Result.Again(now.plus(EVERY));
                });
        database.run(this::soon);
    }

    /// Lets it be checked as soon as this transaction stands.
    public void soon(Transaction tx) {
        work.schedule(tx, WORK, "", clock.instant(), "");
    }

    /// How much the last check found that nobody has accepted; 0 before the first.
    public long open() {
        return open;
    }

    /// Checks it now.
    public void check() {
        audit.sealWaiting();
        var verdict = audit.verify();
        open = verdict.open().size() + (verdict.unlisted().isPresent() ? 1 : 0);
        if (open > 0) {
            LOG.warn("The audit was touched, or has a gap: see `waymark audit verify`");
        }
    }
}
