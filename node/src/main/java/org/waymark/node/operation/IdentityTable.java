// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;

/// The rows of the node's [Identity].
public final class IdentityTable {

    private static final String RESTORE_ID = "restore-id";
    private static final String BEAT = "beat";
    private static final String RESTORING = "restoring";

    public void add(Transaction tx, Identity identity) {
        put(tx, "base-url", identity.baseUrl().toString());
        put(tx, "account-domain", identity.accountDomain());
        put(tx, RESTORE_ID, identity.restoreId());
    }

    /// Empty before `init`.
    public Optional<Identity> find(Transaction tx) {
        return get(tx, "base-url")
                .map(
                        baseUrl ->
                                new Identity(
                                        BaseUrl.parse(baseUrl),
                                        get(tx, "account-domain").orElseThrow(),
                                        get(tx, RESTORE_ID).orElseThrow()));
    }

    /// How often the node has beaten, see [Restoration].
    long beat(Transaction tx) {
        return get(tx, BEAT).map(Long::parseLong).orElse(0L);
    }

    void setBeat(Transaction tx, long beat) {
        replace(tx, BEAT, Long.toString(beat));
    }

    void setRestoreId(Transaction tx, String restoreId) {
        replace(tx, RESTORE_ID, restoreId);
    }

    /// Whether what follows from a restore is not done yet.
    boolean isRestoring(Transaction tx) {
        return get(tx, RESTORING).isPresent();
    }

    void beginRestoring(Transaction tx) {
        replace(tx, RESTORING, "yes");
    }

    void endRestoring(Transaction tx) {
        tx.update("DELETE FROM node_identity WHERE name = ?", RESTORING);
    }

    private static void replace(Transaction tx, String name, String value) {
        tx.update("DELETE FROM node_identity WHERE name = ?", name);
        put(tx, name, value);
    }

    private static void put(Transaction tx, String name, String value) {
        tx.update("INSERT INTO node_identity VALUES (?, ?)", name, value);
    }

    private static Optional<String> get(Transaction tx, String name) {
        return tx.find(
                "SELECT value FROM node_identity WHERE name = ?", row -> row.text("value"), name);
    }
}
