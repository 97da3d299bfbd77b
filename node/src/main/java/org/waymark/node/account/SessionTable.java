// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `staff_session` and `known_device`, by the hash of their secret.
final class SessionTable {

    private SessionTable() {}

    record Session(
            String hash,
            AccountId account,
            OrganizationId organization,
            Instant openedAt,
            Instant usedAt) {}

    static void add(Transaction tx, Session session) {
        tx.update(
                "INSERT INTO staff_session"
                        + " (secret_hash, account_id, organization_id, opened_at, used_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                session.hash(),
                session.account().value(),
                session.organization().value(),
                session.openedAt(),
                session.usedAt());
    }

    static Optional<Session> find(Transaction tx, String hash) {
        return tx.find(
                "SELECT account_id, organization_id, opened_at, used_at FROM staff_session"
                        + " WHERE secret_hash = ?",
                row ->
                        new Session(
                                hash,
                                new AccountId(row.uuid("account_id")),
                                new OrganizationId(row.uuid("organization_id")),
                                row.instant("opened_at"),
                                row.instant("used_at")),
                hash);
    }

    static List<Session> list(Transaction tx) {
        return tx.list(
                "SELECT secret_hash, account_id, organization_id, opened_at, used_at"
                        + " FROM staff_session",
                row ->
                        new Session(
                                row.text("secret_hash"),
                                new AccountId(row.uuid("account_id")),
                                new OrganizationId(row.uuid("organization_id")),
                                row.instant("opened_at"),
                                row.instant("used_at")));
    }

    /// Everybody is signed out; devices stay known.
    static void removeEverybody(Transaction tx) {
        tx.update("DELETE FROM staff_session");
    }

    static void used(Transaction tx, String hash, Instant now) {
        tx.update("UPDATE staff_session SET used_at = ? WHERE secret_hash = ?", now, hash);
    }

    static void moveTo(Transaction tx, String hash, OrganizationId organization) {
        tx.update(
                "UPDATE staff_session SET organization_id = ? WHERE secret_hash = ?",
                organization.value(),
                hash);
    }

    static void remove(Transaction tx, String hash) {
        tx.update("DELETE FROM staff_session WHERE secret_hash = ?", hash);
    }

    static void removeOpenedBefore(Transaction tx, Instant limit) {
        tx.update("DELETE FROM staff_session WHERE opened_at < ?", limit);
    }

    /// All sessions of one person, and what their devices are trusted for; tells how many sessions
    /// that ended.
    static int removeAll(Transaction tx, AccountId account) {
        tx.update("DELETE FROM known_device WHERE account_id = ?", account.value());
        return tx.update("DELETE FROM staff_session WHERE account_id = ?", account.value());
    }

    /// Those in one organisation.
    static void removeAll(Transaction tx, AccountId account, OrganizationId organization) {
        tx.update(
                "DELETE FROM staff_session WHERE account_id = ? AND organization_id = ?",
                account.value(),
                organization.value());
    }

    static void rememberDevice(Transaction tx, String hash, AccountId account, Instant now) {
        tx.update(
                "INSERT INTO known_device (secret_hash, account_id, used_at) VALUES (?, ?, ?)",
                hash,
                account.value(),
                now);
    }

    static void deviceUsed(Transaction tx, String hash, Instant now) {
        tx.update("UPDATE known_device SET used_at = ? WHERE secret_hash = ?", now, hash);
    }

    /// When somebody of an organisation last signed in; devices stay known after signing out.
    static Optional<Instant> lastSignIn(
            Transaction tx, OrganizationId organization, Instant until) {
        return tx.find(
                        "SELECT MAX(d.used_at) AS latest FROM known_device d"
                                + " JOIN account_role r ON r.account_id = d.account_id"
                                + " WHERE r.organization_id = ? AND d.used_at <= ?",
                        row -> row.optionalInstant("latest"),
                        organization.value(),
                        until)
                .flatMap(it -> it);
    }

    static boolean knowsDevice(Transaction tx, String hash, String email) {
        return tx.find(
                        "SELECT d.secret_hash FROM known_device d"
                                + " JOIN account a ON a.id = d.account_id"
                                + " WHERE d.secret_hash = ? AND a.email = ?",
                        row -> row.text("secret_hash"),
                        hash,
                        email)
                .isPresent();
    }
}
