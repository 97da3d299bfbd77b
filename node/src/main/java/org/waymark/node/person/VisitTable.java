// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Instant;
import java.util.Optional;
import org.waymark.node.database.Transaction;

/// Rows of `person_visit`, by the hash of the secret in the visitor's cookie; contents pass through
/// sealed.
final class VisitTable {

    record Stored(byte[] content, Instant openedAt, Instant usedAt) {}

    private VisitTable() {}

    static void add(Transaction tx, String hash, byte[] content, Instant now) {
        tx.update(
                "INSERT INTO person_visit (secret_hash, content, opened_at, used_at)"
                        + " VALUES (?, ?, ?, ?)",
                hash,
                content,
                now,
                now);
    }

    static Optional<Stored> find(Transaction tx, String hash) {
        return tx.find(
                "SELECT content, opened_at, used_at FROM person_visit WHERE secret_hash = ?",
                row ->
                        new Stored(
                                row.bytes("content"),
                                row.instant("opened_at"),
                                row.instant("used_at")),
                hash);
    }

    static int replace(Transaction tx, String hash, byte[] content, Instant now) {
        return tx.update(
                "UPDATE person_visit SET content = ?, used_at = ? WHERE secret_hash = ?",
                content,
                now,
                hash);
    }

    static void used(Transaction tx, String hash, Instant now) {
        tx.update("UPDATE person_visit SET used_at = ? WHERE secret_hash = ?", now, hash);
    }

    static int remove(Transaction tx, String hash) {
        return tx.update("DELETE FROM person_visit WHERE secret_hash = ?", hash);
    }

    static int removeUsedBefore(Transaction tx, Instant limit) {
        return tx.update("DELETE FROM person_visit WHERE used_at < ?", limit);
    }
}
