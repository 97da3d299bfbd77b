// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_file`: files that staff sent.
final class UploadTable {

    private UploadTable() {}

    static void add(Transaction tx, Upload upload) {
        tx.update(
                "INSERT INTO listing_file (id, publisher_id, account_id, name, kind, state,"
                        + " sent_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                upload.id(),
                upload.publisher().value(),
                upload.by().value(),
                upload.name(),
                upload.kind(),
                upload.state(),
                upload.at());
    }

    static Optional<Upload> find(Transaction tx, UUID id) {
        return tx.find("SELECT * FROM listing_file WHERE id = ?", UploadTable::read, id);
    }

    /// The newest first.
    static List<Upload> list(Transaction tx, OrganizationId publisher) {
        return tx.list(
                "SELECT * FROM listing_file WHERE publisher_id = ? ORDER BY sent_at DESC, id",
                UploadTable::read,
                publisher.value());
    }

    static List<UUID> ids(Transaction tx) {
        return tx.list("SELECT id FROM listing_file", row -> row.uuid("id"));
    }

    /// Lets a run of somebody wait for its turn, unless one does.
    ///
    /// @return whether this did it
    static boolean begin(
            Transaction tx,
            UUID id,
            AccountId by,
            Upload.State from,
            Upload.State to,
            String wish) {
        return tx.update(
                        "UPDATE listing_file SET state = ?, wish = ?, account_id = ?, code = NULL,"
                                + " run_at = NULL WHERE id = ? AND state = ?",
                        to,
                        wish,
                        by.value(),
                        id,
                        from)
                == 1;
    }

    /// Marks that its run begins, which a run that was begun before never does again.
    ///
    /// @return whether it may run
    static boolean run(Transaction tx, UUID id, Upload.State state, Instant now) {
        return tx.update(
                        "UPDATE listing_file SET run_at = ?"
                                + " WHERE id = ? AND state = ? AND run_at IS NULL",
                        now,
                        id,
                        state)
                == 1;
    }

    static void end(Transaction tx, UUID id, Upload.State state, Optional<String> code) {
        tx.update(
                "UPDATE listing_file SET state = ?, code = ?, run_at = NULL WHERE id = ?",
                state,
                code,
                id);
    }

    static void remove(Transaction tx, UUID id) {
        tx.update("DELETE FROM listing_file WHERE id = ?", id);
    }

    /// @return whether it was there in that state
    static boolean remove(Transaction tx, UUID id, Upload.State state) {
        return tx.update("DELETE FROM listing_file WHERE id = ? AND state = ?", id, state) == 1;
    }

    private static Upload read(Row row) {
        return new Upload(
                row.uuid("id"),
                new OrganizationId(row.uuid("publisher_id")),
                new AccountId(row.uuid("account_id")),
                row.text("name"),
                row.enumOf("kind", Upload.Kind.class),
                row.enumOf("state", Upload.State.class),
                row.optionalText("wish"),
                row.optionalText("code"),
                row.instant("sent_at"));
    }
}
