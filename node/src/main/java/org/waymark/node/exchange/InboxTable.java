// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `inbox_activity`.
final class InboxTable {

    private InboxTable() {}

    /// WAITING: to be processed, perhaps held for a reason. FAILED: a fault of ours, kept with its
    /// body for whoever mends it.
    enum State {
        WAITING,
        DONE,
        REFUSED,
        FAILED
    }

    record Stored(
            UUID id,
            URI activity,
            String type,
            String subject,
            URI actor,
            Optional<OrganizationId> receiver,
            Optional<CaseId> protectedBy,
            Optional<byte[]> body,
            Instant receivedAt,
            State state,
            Optional<String> code) {}

    /// Adds an activity unless it is there, and tells whether it did.
    ///
    /// @param signature mark of the signature it came under
    static boolean add(Transaction tx, Stored stored, String signature) {
        return tx.insertIfAbsent(
                "INSERT INTO inbox_activity (id, activity, type, subject, actor, receiver,"
                        + " case_id, body, received_at, state, code, signature, changed_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                stored.id(),
                stored.activity(),
                stored.type(),
                stored.subject(),
                stored.actor(),
                stored.receiver().map(OrganizationId::value),
                stored.protectedBy().map(CaseId::value),
                stored.body(),
                stored.receivedAt(),
                stored.state(),
                stored.code(),
                signature,
                stored.receivedAt());
    }

    /// The mark of the signature under which an activity came the first time; empty text for what
    /// came before marks were kept.
    static Optional<String> findSignature(Transaction tx, URI activity) {
        return tx.find(
                "SELECT signature FROM inbox_activity WHERE activity = ?",
                row -> row.optionalText("signature").orElse(""),
                activity);
    }

    record Earlier(String type, String subject) {}

    /// What an activity received earlier was.
    static Optional<Earlier> findEarlier(Transaction tx, URI activity) {
        return tx.find(
                "SELECT type, subject FROM inbox_activity WHERE activity = ?",
                row -> new Earlier(row.text("type"), row.text("subject")),
                activity);
    }

    static Optional<Stored> find(Transaction tx, UUID id) {
        return tx.find(
                "SELECT id, activity, type, subject, actor, receiver, case_id, body,"
                        + " received_at, state, code FROM inbox_activity WHERE id = ?",
                InboxTable::stored,
                id);
    }

    /// Puts the body of a row under the key of its case.
    static void protect(Transaction tx, UUID id, CaseId caseId, byte[] body) {
        tx.update(
                "UPDATE inbox_activity SET case_id = ?, body = ? WHERE id = ?",
                caseId.value(),
                body,
                id);
    }

    /// Lets a row wait with its body after all.
    static void await(Transaction tx, UUID id, byte[] body) {
        tx.update(
                "UPDATE inbox_activity SET state = ?, body = ? WHERE id = ?",
                State.WAITING,
                body,
                id);
    }

    static void hold(Transaction tx, UUID id, String reason, Instant now) {
        tx.update(
                "UPDATE inbox_activity SET code = ?, changed_at = ? WHERE id = ?", reason, now, id);
    }

    static void fail(Transaction tx, UUID id, Instant now) {
        tx.update(
                "UPDATE inbox_activity SET state = ?, code = ?, changed_at = ? WHERE id = ?",
                State.FAILED,
                "handler-failed",
                now,
                id);
    }

    /// Ends the row and drops its body: the domain has what it wanted.
    static void end(Transaction tx, UUID id, State state, Optional<String> code, Instant now) {
        tx.update(
                "UPDATE inbox_activity SET state = ?, code = ?, body = NULL, changed_at = ?"
                        + " WHERE id = ?",
                state,
                code,
                now,
                id);
    }

    static long count(Transaction tx, State state) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM inbox_activity WHERE state = ?",
                        row -> row.number("many"),
                        state)
                .orElse(0L);
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.uuid("id"),
                row.uri("activity"),
                row.text("type"),
                row.text("subject"),
                row.uri("actor"),
                row.optionalUuid("receiver").map(OrganizationId::new),
                row.optionalUuid("case_id").map(CaseId::new),
                row.optionalBytes("body"),
                row.instant("received_at"),
                row.enumOf("state", State.class),
                row.optionalText("code"));
    }
}
