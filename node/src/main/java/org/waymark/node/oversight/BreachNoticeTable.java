// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.util.List;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.oversight.BreachNotice.How;
import org.waymark.node.referral.ReferralId;

final class BreachNoticeTable {

    private BreachNoticeTable() {}

    static List<BreachNotice> list(Transaction tx, UUID breach) {
        return tx.list(
                "SELECT referral, how, noted_at FROM breach_notice WHERE breach = ?"
                        + " ORDER BY noted_at, referral",
                row ->
                        new BreachNotice(
                                new ReferralId(row.uuid("referral")),
                                row.enumOf("how", How.class),
                                row.instant("noted_at")),
                breach);
    }

    static void put(Transaction tx, UUID breach, BreachNotice notice) {
        var changed =
                tx.update(
                        "UPDATE breach_notice SET how = ?, noted_at = ? WHERE breach = ?"
                                + " AND referral = ?",
                        notice.how(),
                        notice.at(),
                        breach,
                        notice.referral().value());
        if (changed == 0) {
            tx.update(
                    "INSERT INTO breach_notice (breach, referral, how, noted_at)"
                            + " VALUES (?, ?, ?, ?)",
                    breach,
                    notice.referral().value(),
                    notice.how(),
                    notice.at());
        }
    }

    static void removeOf(Transaction tx, ReferralId referral) {
        tx.update("DELETE FROM breach_notice WHERE referral = ?", referral.value());
    }
}
