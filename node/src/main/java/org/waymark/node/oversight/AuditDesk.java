// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.util.List;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.AuditCare;
import org.waymark.node.privacy.AuditEntry;

/// Who did what, and whether that record was touched.
public final class AuditDesk {

    private static final int NEWEST = 100;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final AuditCare care;

    public AuditDesk(Database database, Access access, Audit audit, AuditCare care) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.care = care;
    }

    /// @param prunedTo up to which number entries were erased because their time was over
    public record Checked(Audit.Verdict verdict, long prunedTo) {}

    /// Checks the whole chain, of all organisations here, and writes down that somebody did.
    public Checked verify(Acting acting) {
        access.require(acting, Right.READ_AUDIT);
        audit.sealWaiting();
        var checked = new Checked(audit.verify(), audit.prunedTo());
        database.run(tx -> audit.record(tx, acting, "audit-verified", "audit"));
        return checked;
    }

    /// Whether the check of the last day found what nobody has accepted.
    public boolean isInDoubt(Acting acting) {
        access.require(acting, Right.READ_AUDIT);
        return care.open() > 0;
    }

    /// Writes into the chain that an administrator knows of what a check found, and why. The check
    /// stands from then on, and goes on behind it.
    ///
    /// @param finding [Audit.Finding#key()]
    /// @return false when nothing of that name waits
    public boolean accept(Acting acting, String finding, Audit.Reason reason) {
        access.require(acting, Right.READ_AUDIT);
        var accepted = audit.accept(acting, finding, reason);
        care.check();
        return accepted;
    }

    /// The newest entries of the organisation, the newest first.
    public List<AuditEntry> listNewest(Acting acting) {
        access.require(acting, acting.organization(), Right.READ_AUDIT);
        return database.read(tx -> audit.listNewest(tx, acting.organization(), NEWEST));
    }

    /// Everything recorded about one record by the organisation, oldest first. That somebody looked
    /// is written down.
    public List<AuditEntry> list(Acting acting, String record) {
        access.require(acting, acting.organization(), Right.READ_AUDIT);
        database.run(tx -> audit.record(tx, acting, "audit-read", "audit"));
        return database.read(tx -> audit.list(tx, record)).stream()
                .filter(it -> it.acting().organization().equals(acting.organization()))
                .toList();
    }
}
