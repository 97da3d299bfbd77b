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

    static void add(Transaction tx, Stored stored, Instant now) {
        tx.update(
                "INSERT INTO outbox_activity (activity, type, subject, sender, order_key, case_id,"
                        + " body, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                stored.activity(),
                stored.type(),
                stored.subject(),
                stored.sender(),
                stored.orderKey(),
                stored.protectedBy().map(CaseId::value),
                stored.body(),
                now);
    }

    static Optional<Stored> find(Transaction tx, URI activity) {
        return tx.find(
                "SELECT activity, type, subject, sender, order_key, case_id, body FROM outbox_activity"
                        + " WHERE activity = ?",
                OutboxTable::stored,
                activity);
    }

    /// Drops a body that nobody needs any more; the row stays as the record of what was said.
    static void dropBody(Transaction tx, URI activity) {
        tx.update("UPDATE outbox_activity SET body = NULL WHERE activity = ?", activity);
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
