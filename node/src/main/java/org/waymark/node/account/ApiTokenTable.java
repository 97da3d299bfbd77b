// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `api_token`.
final class ApiTokenTable {

    private static final String COLUMNS = "id, name, account_id, organization_id, created_at";

    private ApiTokenTable() {}

    static void add(Transaction tx, ApiToken token, String hash) {
        tx.update(
                "INSERT INTO api_token (" + COLUMNS + ", secret_hash) VALUES (?, ?, ?, ?, ?, ?)",
                token.id(),
                token.name(),
                token.account().value(),
                token.organization().value(),
                token.createdAt(),
                hash);
    }

    static Optional<ApiToken> findByHash(Transaction tx, String hash) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM api_token WHERE secret_hash = ?",
                ApiTokenTable::read,
                hash);
    }

    static List<ApiToken> list(Transaction tx) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM api_token ORDER BY created_at, id",
                ApiTokenTable::read);
    }

    static boolean remove(Transaction tx, UUID id) {
        return tx.update("DELETE FROM api_token WHERE id = ?", id) == 1;
    }

    /// Those for one organisation.
    static void removeAll(Transaction tx, AccountId account, OrganizationId organization) {
        tx.update(
                "DELETE FROM api_token WHERE account_id = ? AND organization_id = ?",
                account.value(),
                organization.value());
    }

    static void removeAll(Transaction tx, AccountId account) {
        tx.update("DELETE FROM api_token WHERE account_id = ?", account.value());
    }

    private static ApiToken read(Row row) {
        return new ApiToken(
                row.uuid("id"),
                row.text("name"),
                new AccountId(row.uuid("account_id")),
                new OrganizationId(row.uuid("organization_id")),
                row.instant("created_at"));
    }
}
