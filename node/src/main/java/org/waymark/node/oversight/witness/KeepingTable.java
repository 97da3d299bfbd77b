// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight.witness;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.oversight.witness.Keeping.State;
import org.waymark.node.oversight.witness.Keeping.Whose;
import org.waymark.node.peer.PeerId;
import org.waymark.node.privacy.StatedHead;

/// Rows of `audit_keeping`, and of `audit_kept_head`: what is kept of partners.
final class KeepingTable {

    private static final String COLUMNS =
            "peer, whose, state, asked_at, offer, head_number, heard_at, forked_at";

    private KeepingTable() {}

    static void put(Transaction tx, Keeping keeping) {
        tx.update(
                "DELETE FROM audit_keeping WHERE peer = ? AND whose = ?",
                keeping.peer().value(),
                keeping.whose());
        tx.update(
                "INSERT INTO audit_keeping (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                keeping.peer().value(),
                keeping.whose(),
                keeping.state(),
                keeping.askedAt(),
                keeping.offer(),
                keeping.number(),
                keeping.heardAt(),
                keeping.forkedAt());
    }

    static Optional<Keeping> find(Transaction tx, PeerId peer, Whose whose) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM audit_keeping WHERE peer = ? AND whose = ?",
                KeepingTable::keeping,
                peer.value(),
                whose);
    }

    static List<Keeping> list(Transaction tx) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM audit_keeping ORDER BY peer, whose",
                KeepingTable::keeping);
    }

    /// Keeps what a partner said, as it signed it; the same again changes nothing.
    static void keep(Transaction tx, PeerId peer, HeadDocument document) {
        if (findKept(tx, peer, document.head()).isEmpty()) {
            tx.update(
                    "INSERT INTO audit_kept_head (peer, head_number, digest, stated_at, document)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    peer.value(),
                    document.head().number(),
                    document.head().digest(),
                    document.head().at(),
                    new String(StrictJson.write(document.json()), StandardCharsets.UTF_8));
        }
    }

    static Optional<HeadDocument> findKept(Transaction tx, PeerId peer, StatedHead head) {
        return tx.find(
                "SELECT document FROM audit_kept_head"
                        + " WHERE peer = ? AND head_number = ? AND digest = ?",
                KeepingTable::document,
                peer.value(),
                head.number(),
                head.digest());
    }

    static long count(Transaction tx, PeerId peer) {
        return tx.find(
                        "SELECT COUNT(*) AS kept FROM audit_kept_head WHERE peer = ?",
                        row -> row.number("kept"),
                        peer.value())
                .orElseThrow();
    }

    /// The newest that is kept of a partner.
    static Optional<HeadDocument> findNewest(Transaction tx, PeerId peer) {
        return tx.find(
                "SELECT document FROM audit_kept_head WHERE peer = ?"
                        + " ORDER BY head_number DESC, stated_at FETCH FIRST 1 ROWS ONLY",
                KeepingTable::document,
                peer.value());
    }

    static void eraseBefore(Transaction tx, PeerId peer, Instant before) {
        tx.update(
                "DELETE FROM audit_kept_head WHERE peer = ? AND stated_at < ?",
                peer.value(),
                before);
    }

    private static HeadDocument document(Row row) {
        var json = row.text("document").getBytes(StandardCharsets.UTF_8);
        return HeadDocument.read(StrictJson.read(json).orElseThrow()).orElseThrow();
    }

    private static Keeping keeping(Row row) {
        return new Keeping(
                new PeerId(row.uuid("peer")),
                row.enumOf("whose", Whose.class),
                row.enumOf("state", State.class),
                row.instant("asked_at"),
                row.uri("offer"),
                row.number("head_number"),
                row.optionalInstant("heard_at"),
                row.optionalInstant("forked_at"));
    }
}
