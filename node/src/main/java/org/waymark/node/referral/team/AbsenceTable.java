// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import java.time.LocalDate;
import java.util.List;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `staff_absence`.
final class AbsenceTable {

    void add(Transaction tx, OrganizationId organization, Absence absence) {
        tx.update(
                "INSERT INTO staff_absence (organization, account, deputy, first_day, last_day)"
                        + " VALUES (?, ?, ?, ?, ?)",
                organization.value(),
                absence.account().value(),
                absence.deputy().map(AccountId::value),
                absence.first(),
                absence.last());
    }

    int remove(Transaction tx, OrganizationId organization, AccountId account, LocalDate first) {
        return tx.update(
                "DELETE FROM staff_absence WHERE organization = ? AND account = ?"
                        + " AND first_day = ?",
                organization.value(),
                account.value(),
                first);
    }

    /// Those that are not over, the nearest first.
    List<Absence> list(Transaction tx, OrganizationId organization, LocalDate today) {
        return tx.list(
                "SELECT account, deputy, first_day, last_day FROM staff_absence"
                        + " WHERE organization = ? AND last_day >= ?"
                        + " ORDER BY first_day, account",
                row ->
                        new Absence(
                                new AccountId(row.uuid("account")),
                                row.optionalUuid("deputy").map(AccountId::new),
                                row.date("first_day"),
                                row.date("last_day")),
                organization.value(),
                today);
    }
}
