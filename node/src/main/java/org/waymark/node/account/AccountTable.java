// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.waymark.node.account.Account.Membership;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `account` and `account_role`.
final class AccountTable {

    private AccountTable() {}

    /// An account as it is kept.
    record Stored(AccountId id, String email, String passwordHash, Instant createdAt) {}

    static void add(Transaction tx, Stored account) {
        tx.update(
                "INSERT INTO account (id, email, password_hash, created_at) VALUES (?, ?, ?, ?)",
                account.id().value(),
                account.email(),
                account.passwordHash(),
                account.createdAt());
    }

    static void replacePassword(Transaction tx, AccountId id, String hash) {
        tx.update("UPDATE account SET password_hash = ? WHERE id = ?", hash, id.value());
    }

    static Optional<Stored> find(Transaction tx, AccountId id) {
        return tx.find(
                "SELECT id, email, password_hash, created_at FROM account WHERE id = ?",
                AccountTable::read,
                id.value());
    }

    static Optional<Stored> findByEmail(Transaction tx, String email) {
        return tx.find(
                "SELECT id, email, password_hash, created_at FROM account WHERE email = ?",
                AccountTable::read,
                email);
    }

    static List<Stored> list(Transaction tx) {
        return tx.list(
                "SELECT id, email, password_hash, created_at FROM account ORDER BY email",
                AccountTable::read);
    }

    /// The addresses of those with a role in an organisation.
    static Map<AccountId, String> emailsIn(Transaction tx, OrganizationId organization) {
        return tx
                .list(
                        "SELECT id, email, password_hash, created_at FROM account a"
                                + " WHERE EXISTS (SELECT 1 FROM account_role r"
                                + " WHERE r.account_id = a.id AND r.organization_id = ?)",
                        AccountTable::read,
                        organization.value())
                .stream()
                .collect(Collectors.toUnmodifiableMap(Stored::id, Stored::email));
    }

    static void addRole(Transaction tx, AccountId id, Membership membership, Instant now) {
        tx.update(
                "INSERT INTO account_role (account_id, organization_id, role, given_at)"
                        + " VALUES (?, ?, ?, ?)",
                id.value(),
                membership.organization().value(),
                membership.role(),
                now);
    }

    static void removeRole(Transaction tx, AccountId id, Membership membership) {
        tx.update(
                "DELETE FROM account_role WHERE account_id = ? AND organization_id = ? AND role = ?",
                id.value(),
                membership.organization().value(),
                membership.role());
    }

    /// One without roles, sessions and tokens.
    static void remove(Transaction tx, AccountId id) {
        tx.update("DELETE FROM account WHERE id = ?", id.value());
    }

    static List<Membership> memberships(Transaction tx, AccountId id) {
        return tx.list(
                "SELECT organization_id, role FROM account_role WHERE account_id = ?"
                        + " ORDER BY given_at, organization_id, role",
                row ->
                        new Membership(
                                new OrganizationId(row.uuid("organization_id")),
                                row.enumOf("role", Role.class)),
                id.value());
    }

    /// The account with its roles.
    static Account withRoles(Transaction tx, Stored stored) {
        return new Account(
                stored.id(), stored.email(), stored.createdAt(), memberships(tx, stored.id()));
    }

    private static Stored read(Row row) {
        return new Stored(
                new AccountId(row.uuid("id")),
                row.text("email"),
                row.text("password_hash"),
                row.instant("created_at"));
    }
}
