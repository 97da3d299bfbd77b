// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// Whom a partner may phone here. All duties are named before anything is signed.
public final class FocalPoints {

    private final Database database;
    private final Access access;
    private final Audit audit;

    public FocalPoints(Database database, Access access, Audit audit) {
        this.database = database;
        this.access = access;
        this.audit = audit;
    }

    public List<FocalPoint> list(Acting acting, OrganizationId organization) {
        access.require(acting, organization, Right.SEE_PARTNERS);
        return database.read(tx -> FocalPointTable.list(tx, organization));
    }

    /// Names who has a duty from now on.
    public void replace(Acting acting, OrganizationId organization, FocalPoint point) {
        access.require(acting, organization, Right.SIGN_AGREEMENTS);
        database.run(
                tx -> {
                    FocalPointTable.replace(tx, organization, point);
                    audit.record(
                            tx, acting, "focal-point-replace", organization.value().toString());
                });
    }

    /// The duties nobody has yet.
    static Set<Duty> missing(Transaction tx, OrganizationId organization) {
        var missing = EnumSet.allOf(Duty.class);
        FocalPointTable.list(tx, organization).forEach(it -> missing.remove(it.duty()));
        return missing;
    }
}
