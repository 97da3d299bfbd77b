// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    // 1 hour: a partner that says the same again and again makes no more checks than that.
    private static final Duration AT_MOST_EVERY = Duration.ofHours(1);

    private final Work work;
    private final Audit audit;
    private final int months;
    private final Clock clock;
    private volatile Instant checkedAt = Instant.EPOCH;
    private volatile long open;

    /// @param months that entries are kept
    public AuditCare(Database database, Work work, Audit audit, int months, Clock clock) {
        this.work = work;
        this.audit = audit;
        this.months = months;
        this.clock = clock;
        work.handle(
                WORK,
                _ -> {
                    var now = clock.instant();
                    audit.prune(oldest());
                    check();
                    return new Handler.Result.Again(now.plus(EVERY));
                });
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    /// Lets it be checked when this transaction stands, at most once an hour.
    public void soon(Transaction tx) {
        var now = clock.instant();
        var next = checkedAt.plus(AT_MOST_EVERY);
        work.schedule(tx, WORK, "", next.isAfter(now) ? next : now, "");
    }

    /// Whether all that was the end of the chain at that moment is still kept.
    public boolean goesBackTo(Instant at) {
        return at.isAfter(oldest().plus(AuditChain.CLAIM_GOES_AFTER));
    }

    private Instant oldest() {
        return clock.instant().atZone(ZoneOffset.UTC).minusMonths(months).toInstant();
    }

    /// How much the last check found that nobody has accepted; 0 before the first.
    public long open() {
        return open;
    }

    /// Checks it now.
    public void check() {
        audit.sealWaiting();
        checkedAt = clock.instant();
        var verdict = audit.verify();
        open = verdict.open().size() + (verdict.unlisted().isPresent() ? 1 : 0);
        if (open > 0) {
            LOG.warn("The audit was touched, or has a gap: see `waymark audit verify`");
        }
    }
}
