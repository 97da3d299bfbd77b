// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.time.Instant;
import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `organization_farewell` and `organization_closing_wish`.
final class FarewellTable {

    private FarewellTable() {}

    static boolean begin(Transaction tx, OrganizationId organization, Instant now) {
        return tx.insertIfAbsent(
                "INSERT INTO organization_farewell (organization, begun_at) VALUES (?, ?)",
                organization.value(),
                now);
    }

    static void undo(Transaction tx, OrganizationId organization) {
        tx.update("DELETE FROM organization_farewell WHERE organization = ?", organization.value());
    }

    record Wish(AccountId account, Instant wishedAt) {}

    static Optional<Wish> findWish(Transaction tx, OrganizationId organization) {
        return tx.find(
                "SELECT account, wished_at FROM organization_closing_wish WHERE organization = ?",
                row -> new Wish(new AccountId(row.uuid("account")), row.instant("wished_at")),
                organization.value());
    }

    static void putWish(Transaction tx, OrganizationId organization, Wish wish) {
        removeWish(tx, organization);
        tx.update(
                "INSERT INTO organization_closing_wish (organization, account, wished_at)"
                        + " VALUES (?, ?, ?)",
                organization.value(),
                wish.account().value(),
                wish.wishedAt());
    }

    /// @return whether there was one
    static boolean removeWish(Transaction tx, OrganizationId organization) {
        return tx.update(
                        "DELETE FROM organization_closing_wish WHERE organization = ?",
                        organization.value())
                == 1;
    }

    static boolean end(Transaction tx, OrganizationId organization, Instant now) {
        return tx.update(
                        "UPDATE organization_farewell SET gone_at = ?"
                                + " WHERE organization = ? AND gone_at IS NULL",
                        now,
                        organization.value())
                == 1;
    }

    /// Nothing more is waited for but that its last words arrive.
    static boolean finish(Transaction tx, OrganizationId organization, Instant now) {
        return tx.update(
                        "UPDATE organization_farewell SET finished_at = ?"
                                + " WHERE organization = ? AND finished_at IS NULL"
                                + " AND gone_at IS NULL",
                        now,
                        organization.value())
                == 1;
    }

    static Optional<Farewell> find(Transaction tx, OrganizationId organization) {
        return tx.find(
                "SELECT begun_at, finished_at, gone_at FROM organization_farewell WHERE organization = ?",
                row ->
                        new Farewell(
                                organization,
                                row.instant("begun_at"),
                                row.optionalInstant("finished_at"),
                                row.optionalInstant("gone_at")),
                organization.value());
    }
}
