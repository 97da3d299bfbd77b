// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;

/// The rows of the node's [Identity].
public final class IdentityTable {

    public void add(Transaction tx, Identity identity) {
        put(tx, "base-url", identity.baseUrl().toString());
        put(tx, "account-domain", identity.accountDomain());
        put(tx, "restore-id", identity.restoreId());
    }

    /// Empty before `init`.
    public Optional<Identity> find(Transaction tx) {
        return get(tx, "base-url")
                .map(
                        baseUrl ->
                                new Identity(
                                        BaseUrl.parse(baseUrl),
                                        get(tx, "account-domain").orElseThrow(),
                                        get(tx, "restore-id").orElseThrow()));
    }

    private static void put(Transaction tx, String name, String value) {
        tx.update("INSERT INTO node_identity VALUES (?, ?)", name, value);
    }

    private static Optional<String> get(Transaction tx, String name) {
        return tx.find(
                "SELECT value FROM node_identity WHERE name = ?", row -> row.text("value"), name);
    }
}
