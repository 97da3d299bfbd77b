// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.Correction.Side;
import org.waymark.node.listing.Correction.State;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `correction`.
final class CorrectionTable {

    private static final String COLUMNS =
            "id, side, organization, listing, listing_id, name, flag, other_actor, other_name,"
                    + " answerable, said, state, answer, created_at, changed_at";

    private CorrectionTable() {}

    static void add(Transaction tx, Correction correction, String host) {
        tx.update(
                "INSERT INTO correction ("
                        + COLUMNS
                        + ", host) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                correction.id(),
                correction.side(),
                correction.organization().value(),
                correction.listing(),
                correction.listingId().map(ListingId::value),
                correction.name(),
                correction.flag(),
                correction.other(),
                correction.otherName(),
                correction.answerable(),
                correction.said(),
                correction.state(),
                correction.answer(),
                correction.createdAt(),
                correction.changedAt(),
                host);
    }

    /// Lets whoever has the code read it.
    static void putCode(Transaction tx, URI flag, String codeHash) {
        tx.update("UPDATE correction SET code_hash = ? WHERE flag = ?", codeHash, flag);
    }

    static Optional<Correction> findByCode(Transaction tx, String codeHash) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM correction WHERE code_hash = ?",
                CorrectionTable::read,
                codeHash);
    }

    /// Those of visitors that nobody has answered.
    static int countOpenOfVisitors(Transaction tx, OrganizationId organization) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM correction WHERE organization = ?"
                                + " AND state = ? AND code_hash IS NOT NULL",
                        row -> row.integer("many"),
                        organization.value(),
                        State.OPEN)
                .orElse(0);
    }

    static void answer(Transaction tx, Correction answered) {
        tx.update(
                "UPDATE correction SET state = ?, answer = ?, changed_at = ? WHERE id = ?",
                answered.state(),
                answered.answer(),
                answered.changedAt(),
                answered.id());
    }

    static Optional<Correction> find(Transaction tx, UUID id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM correction WHERE id = ?", CorrectionTable::read, id);
    }

    static List<Correction> listOf(Transaction tx, URI flag, Side side) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM correction WHERE flag = ? AND side = ?",
                CorrectionTable::read,
                flag,
                side);
    }

    /// Open ones first come first; of the answered the newest.
    static List<Correction> list(
            Transaction tx, OrganizationId organization, boolean open, int most) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM correction WHERE organization = ? AND "
                        + (open ? "state = ?" : "state <> ?")
                        + " ORDER BY "
                        + (open ? "created_at" : "changed_at DESC")
                        + " FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                CorrectionTable::read,
                organization.value(),
                State.OPEN);
    }

    /// Whether staff have said it of a listing, and wait for the answer.
    static boolean isSentByStaff(Transaction tx, OrganizationId organization, URI listing) {
        return tx.find(
                                "SELECT COUNT(*) AS many FROM correction WHERE organization = ?"
                                        + " AND side = ? AND state = ? AND listing = ?"
                                        + " AND code_hash IS NULL",
                                row -> row.integer("many"),
                                organization.value(),
                                Side.SENT,
                                State.OPEN,
                                listing)
                        .orElse(0)
                > 0;
    }

    /// Those of visitors about one listing that nobody has answered.
    static int countOpenOfVisitors(Transaction tx, OrganizationId organization, URI listing) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM correction WHERE organization = ?"
                                + " AND state = ? AND listing = ? AND code_hash IS NOT NULL",
                        row -> row.integer("many"),
                        organization.value(),
                        State.OPEN,
                        listing)
                .orElse(0);
    }

    /// Those of anybody but who runs a listing that nobody has answered.
    static int countOpenReports(Transaction tx, OrganizationId organization, URI listing) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM correction WHERE organization = ?"
                                + " AND side = ? AND state = ? AND listing = ? AND other_name <> ?",
                        row -> row.integer("many"),
                        organization.value(),
                        Correction.Side.RECEIVED,
                        State.OPEN,
                        listing,
                        Correction.BY_LINK)
                .orElse(0);
    }

    /// Those of who runs a listing that nobody has answered.
    static int countOpenByLink(Transaction tx, OrganizationId organization, URI listing) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM correction WHERE organization = ?"
                                + " AND state = ? AND listing = ? AND answerable = ?"
                                + " AND other_name = ?",
                        row -> row.integer("many"),
                        organization.value(),
                        State.OPEN,
                        listing,
                        false,
                        Correction.BY_LINK)
                .orElse(0);
    }

    static int countFrom(Transaction tx, String host, Instant after) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM correction"
                                + " WHERE host = ? AND side = ? AND created_at > ?",
                        row -> row.integer("many"),
                        host,
                        Side.RECEIVED,
                        after)
                .orElse(0);
    }

    static int countOpenOfStrangers(Transaction tx, OrganizationId organization) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM correction WHERE organization = ?"
                                + " AND side = ? AND state = ? AND answerable = ?",
                        row -> row.integer("many"),
                        organization.value(),
                        Side.RECEIVED,
                        State.OPEN,
                        false)
                .orElse(0);
    }

    /// The words of those answered before a moment, and all of strangers' reports among them.
    static void erase(Transaction tx, Instant before) {
        tx.update(
                "DELETE FROM correction WHERE answerable = ? AND state <> ? AND changed_at < ?",
                false,
                State.OPEN,
                before);
        tx.update(
                "UPDATE correction SET said = ?, answer = NULL WHERE state <> ? AND changed_at < ?"
                        + " AND (LENGTH(said) > 0 OR answer IS NOT NULL)",
                "",
                State.OPEN,
                before);
    }

    private static Correction read(Row row) {
        return new Correction(
                row.uuid("id"),
                row.enumOf("side", Side.class),
                new OrganizationId(row.uuid("organization")),
                row.optionalUri("listing"),
                row.optionalUuid("listing_id").map(ListingId::new),
                row.text("name"),
                row.uri("flag"),
                row.uri("other_actor"),
                row.text("other_name"),
                row.bool("answerable"),
                row.text("said"),
                row.enumOf("state", State.class),
                row.optionalText("answer"),
                row.instant("created_at"),
                row.instant("changed_at"));
    }
}
