// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// When colleagues are away and who stands in for them. Each says it for themselves; who manages
/// the organisation also for others, who may be ill.
public final class Absences {

    // A year: who is away longer works here no more.
    private static final int LONGEST_DAYS = 366;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final ZoneId zone;
    private final Clock clock;
    private final AbsenceTable table = new AbsenceTable();

    public Absences(Database database, Access access, Audit audit, ZoneId zone, Clock clock) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.zone = zone;
        this.clock = clock;
    }

    /// Today's and later ones.
    public List<Absence> list(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> table.list(tx, acting.organization(), today()));
    }

    /// Announces one; another of the same person from the same day is replaced.
    ///
    /// @return false when one of the two does not work on requests here, or it is over, or too long
    public boolean announce(Acting acting, Absence absence) {
        requireFor(acting, absence.account());
        var isSane =
                !absence.last().isBefore(today())
                        && !absence.last().isAfter(absence.first().plusDays(LONGEST_DAYS))
                        && mayWork(acting, absence.account())
                        && absence.deputy().map(it -> mayWork(acting, it)).orElse(true);
        if (isSane) {
            database.run(
                    tx -> {
                        table.remove(tx, acting.organization(), absence.account(), absence.first());
                        table.add(tx, acting.organization(), absence);
                        audit.record(tx, acting, "absence-announced", absence.account().toString());
                    });
        }
        return isSane;
    }

    /// They are back, or go another time.
    public void end(Acting acting, AccountId account, LocalDate first) {
        requireFor(acting, account);
        database.run(
                tx -> {
                    if (table.remove(tx, acting.organization(), account, first) > 0) {
                        audit.record(tx, acting, "absence-ended", account.toString());
                    }
                });
    }

    private void requireFor(Acting acting, AccountId account) {
        access.require(
                acting,
                acting.organization(),
                acting.account().equals(account)
                        ? Right.WORK_ON_REFERRALS
                        : Right.MANAGE_ORGANIZATION);
    }

    private boolean mayWork(Acting acting, AccountId account) {
        return access.may(
                new Acting(account, acting.organization(), acting.purpose()),
                Right.WORK_ON_REFERRALS);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }
}
