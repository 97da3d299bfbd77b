// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
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

    static void hand(Transaction tx, ReferralId from, ReferralId to) {
        tx.update(
                "UPDATE breach_notice SET referral = ? WHERE referral = ?",
                to.value(),
                from.value());
    }

    /// Whoever was written to is to be called, where it is not settled that all know.
    static void callInstead(Transaction tx, ReferralId referral) {
        for (var waiting : listWaiting(tx, referral, How.WRITTEN)) {
            put(tx, waiting.breach(), new BreachNotice(referral, How.TO_CALL, waiting.at()));
        }
    }

    /// Nobody can be called any more: that somebody was not told stays known, who it was does not.
    static void lose(Transaction tx, ReferralId referral, Supplier<UUID> ids) {
        for (var waiting : listWaiting(tx, referral, How.TO_CALL)) {
            var nobody = new ReferralId(ids.get());
            tx.update(
                    "UPDATE breach_notice SET referral = ?, how = ? WHERE breach = ?"
                            + " AND referral = ?",
                    nobody.value(),
                    How.LOST,
                    waiting.breach(),
                    referral.value());
        }
    }

    private record Waiting(UUID breach, Instant at) {}

    private static List<Waiting> listWaiting(Transaction tx, ReferralId referral, How how) {
        return tx.list(
                "SELECT n.breach, n.noted_at FROM breach_notice n"
                        + " JOIN breach b ON b.id = n.breach WHERE n.referral = ? AND n.how = ?"
                        + " AND b.closed_at IS NULL AND b.people_told_at IS NULL",
                row -> new Waiting(row.uuid("breach"), row.instant("noted_at")),
                referral.value(),
                how);
    }

    static void removeOf(Transaction tx, ReferralId referral) {
        tx.update("DELETE FROM breach_notice WHERE referral = ?", referral.value());
    }
}
