// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.CaseId;

/// Rows of `outbox_activity`: what was said, once for all inboxes it goes to.
final class OutboxTable {

    private OutboxTable() {}

    /// @param body readable only under the case's key when there is a case; empty when it has gone
    record Stored(
            URI activity,
            String type,
            String subject,
            URI sender,
            URI orderKey,
            Optional<CaseId> protectedBy,
            Optional<byte[]> body) {}

    /// What is told of an activity at its own address.
    ///
    /// @param object what it was about; empty when that has no address
    record Shown(String type, URI sender, Optional<URI> object, boolean isForAll, Instant at) {}

    static void add(
            Transaction tx, Stored stored, Optional<URI> object, boolean isForAll, Instant now) {
        tx.update(
                "INSERT INTO outbox_activity (activity, type, subject, sender, order_key, case_id,"
                        + " body, created_at, object, for_all)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                stored.activity(),
                stored.type(),
                stored.subject(),
                stored.sender(),
                stored.orderKey(),
                stored.protectedBy().map(CaseId::value),
                stored.body(),
                now,
                object,
                isForAll);
    }

    static Optional<Stored> find(Transaction tx, URI activity) {
        return tx.find(
                "SELECT activity, type, subject, sender, order_key, case_id, body FROM outbox_activity"
                        + " WHERE activity = ?",
                OutboxTable::stored,
                activity);
    }

    static Optional<Shown> findShown(Transaction tx, URI activity) {
        return tx.find(
                "SELECT type, sender, object, for_all, created_at FROM outbox_activity"
                        + " WHERE activity = ?",
                row ->
                        new Shown(
                                row.text("type"),
                                row.uri("sender"),
                                row.optionalUri("object"),
                                row.bool("for_all"),
                                row.instant("created_at")),
                activity);
    }

    /// Drops a body that nobody needs any more; the row stays as the record of what was said.
    static void dropBody(Transaction tx, URI activity) {
        tx.update("UPDATE outbox_activity SET body = NULL WHERE activity = ?", activity);
    }

    /// Drops a body that is still on its way somewhere.
    ///
    /// @return false when it has gone already
    static boolean dropUnsent(Transaction tx, URI activity) {
        return tx.update(
                        "UPDATE outbox_activity SET body = NULL WHERE activity = ?"
                                + " AND body IS NOT NULL",
                        activity)
                == 1;
    }

    /// Drops what was said of a thing that nobody may read any more. What was called back stays
    /// called back.
    static void dropWords(Transaction tx, URI orderKey) {
        tx.update(
                "UPDATE outbox_activity SET body = NULL WHERE order_key = ? AND type IN (?, ?)"
                        + " AND case_id IS NULL AND body IS NOT NULL",
                orderKey,
                "Create",
                "Update");
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.uri("activity"),
                row.text("type"),
                row.text("subject"),
                row.uri("sender"),
                row.uri("order_key"),
                row.optionalUuid("case_id").map(CaseId::new),
                row.optionalBytes("body"));
    }
}
