// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Instant;
import java.util.List;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `referral_duty`: one for each thing that is still to be done.
final class DutyTable {

    record Open(ReferralId referral, Duty.Kind kind, Instant since, Instant due) {}

    /// Opening one that stands moves its date.
    void open(Transaction tx, Referral referral, Duty.Kind kind, Instant due) {
        var moved =
                tx.update(
                        "UPDATE referral_duty SET due = ? WHERE referral = ? AND kind = ?",
                        due,
                        referral.id().value(),
                        kind);
        if (moved == 0) {
            tx.update(
                    "INSERT INTO referral_duty (referral, kind, organization, since, due)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    referral.id().value(),
                    kind,
                    referral.organization().value(),
                    referral.changedAt(),
                    due);
        }
    }

    /// Whether it stood.
    boolean done(Transaction tx, ReferralId referral, Duty.Kind kind) {
        return tx.update(
                        "DELETE FROM referral_duty WHERE referral = ? AND kind = ?",
                        referral.value(),
                        kind)
                == 1;
    }

    List<Open> list(Transaction tx, ReferralId referral) {
        return tx.list(
                "SELECT referral, kind, since, due FROM referral_duty WHERE referral = ?"
                        + " ORDER BY kind",
                row ->
                        new Open(
                                new ReferralId(row.uuid("referral")),
                                row.enumOf("kind", Duty.Kind.class),
                                row.instant("since"),
                                row.instant("due")),
                referral.value());
    }

    /// The most urgent first.
    List<Open> list(Transaction tx, OrganizationId organization, int atMost) {
        return tx.list(
                "SELECT referral, kind, since, due FROM referral_duty WHERE organization = ?"
                        + " ORDER BY due, referral, kind FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                row ->
                        new Open(
                                new ReferralId(row.uuid("referral")),
                                row.enumOf("kind", Duty.Kind.class),
                                row.instant("since"),
                                row.instant("due")),
                organization.value());
    }
}
