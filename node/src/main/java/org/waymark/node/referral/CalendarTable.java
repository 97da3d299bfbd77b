// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.WorkingDays.ClosedDays;

/// Rows of `working_week` and `closed_days`.
final class CalendarTable {

    Optional<String> findWeek(Transaction tx, OrganizationId organization) {
        return tx.find(
                "SELECT days FROM working_week WHERE organization = ?",
                row -> row.text("days"),
                organization.value());
    }

    void setWeek(Transaction tx, OrganizationId organization, String days) {
        var changed =
                tx.update(
                        "UPDATE working_week SET days = ? WHERE organization = ?",
                        days,
                        organization.value());
        if (changed == 0) {
            tx.update(
                    "INSERT INTO working_week (organization, days) VALUES (?, ?)",
                    organization.value(),
                    days);
        }
    }

    List<ClosedDays> list(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT first_day, last_day FROM closed_days WHERE organization = ?"
                        + " ORDER BY first_day",
                row -> new ClosedDays(row.date("first_day"), row.date("last_day")),
                organization.value());
    }

    void add(Transaction tx, OrganizationId organization, ClosedDays days) {
        tx.update(
                "INSERT INTO closed_days (organization, first_day, last_day) VALUES (?, ?, ?)",
                organization.value(),
                days.first(),
                days.last());
    }

    void remove(Transaction tx, OrganizationId organization, LocalDate first) {
        tx.update(
                "DELETE FROM closed_days WHERE organization = ? AND first_day = ?",
                organization.value(),
                first);
    }
}
