// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;

/// Rows of `mail_post`: what is to be sent, and what was given up. What was sent leaves no row.
final class MailTable {

    private static final String COLUMNS =
            "id, kind, reference, owner, recipient, language, made_at, failed_at, code";

    private MailTable() {}

    static void add(Transaction tx, Post post) {
        tx.update(
                "INSERT INTO mail_post (id, kind, reference, owner, recipient, language, made_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                post.id(),
                post.kind(),
                post.reference(),
                post.owner(),
                post.to().text(),
                post.language(),
                post.madeAt());
    }

    static Optional<Post> find(Transaction tx, UUID id) {
        return tx.find("SELECT " + COLUMNS + " FROM mail_post WHERE id = ?", MailTable::read, id);
    }

    static void remove(Transaction tx, UUID id) {
        tx.update("DELETE FROM mail_post WHERE id = ?", id);
    }

    /// Takes back what waits or failed, of one kind about one thing.
    static void remove(Transaction tx, String kind, String reference) {
        tx.update("DELETE FROM mail_post WHERE kind = ? AND reference = ?", kind, reference);
    }

    static void fail(Transaction tx, UUID id, String code, Instant now) {
        tx.update("UPDATE mail_post SET failed_at = ?, code = ? WHERE id = ?", now, code, id);
    }

    static void wait(Transaction tx, UUID id, Instant now) {
        tx.update(
                "UPDATE mail_post SET failed_at = NULL, code = NULL, made_at = ? WHERE id = ?",
                now,
                id);
    }

    /// Keeps others from removing it until the transaction ends.
    static boolean hold(Transaction tx, UUID id) {
        return tx.update("UPDATE mail_post SET made_at = made_at WHERE id = ?", id) == 1;
    }

    /// The newest first.
    static List<Post> listFailed(Transaction tx, UUID owner, int most) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM mail_post WHERE owner = ? AND failed_at IS NOT NULL"
                        + " ORDER BY failed_at DESC, id FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                MailTable::read,
                owner);
    }

    static int countWaiting(Transaction tx) {
        return tx.find(
                        "SELECT COUNT(*) AS waiting FROM mail_post WHERE failed_at IS NULL",
                        row -> row.integer("waiting"))
                .orElse(0);
    }

    static int countFailed(Transaction tx) {
        return tx.find(
                        "SELECT COUNT(*) AS failed FROM mail_post WHERE failed_at IS NOT NULL",
                        row -> row.integer("failed"))
                .orElse(0);
    }

    static void removeFailed(Transaction tx, Instant before) {
        tx.update("DELETE FROM mail_post WHERE failed_at < ?", before);
    }

    private static Post read(Row row) {
        return new Post(
                row.uuid("id"),
                row.text("kind"),
                row.text("reference"),
                row.uuid("owner"),
                new MailAddress(row.text("recipient")),
                row.text("language"),
                row.instant("made_at"),
                row.optionalText("code")
                        .map(code -> new Post.Failure(code, row.instant("failed_at"))));
    }
}
