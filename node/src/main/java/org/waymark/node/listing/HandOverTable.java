// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.HandOver.Side;
import org.waymark.node.listing.HandOver.State;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_hand_over`.
final class HandOverTable {

    private static final String COLUMNS =
            "id, side, state, organization, listing, name, other_actor, other_name, offer, given,"
                    + " taken, changed_at";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM listing_hand_over WHERE ";

    private HandOverTable() {}

    static void put(Transaction tx, HandOver handOver) {
        tx.update("DELETE FROM listing_hand_over WHERE id = ?", handOver.id());
        tx.update(
                "INSERT INTO listing_hand_over ("
                        + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                handOver.id(),
                handOver.side(),
                handOver.state(),
                handOver.organization().value(),
                handOver.listing(),
                handOver.name(),
                handOver.other(),
                handOver.otherName(),
                handOver.offer(),
                Document.of(handOver.given().json()).text(),
                handOver.taken().map(it -> Document.of(it.json()).text()),
                handOver.changedAt());
    }

    static Optional<HandOver> find(Transaction tx, UUID id) {
        return tx.find(SELECT + "id = ?", HandOverTable::read, id);
    }

    static Optional<HandOver> findByOffer(Transaction tx, Side side, URI offer) {
        return tx.find(SELECT + "offer = ? AND side = ?", HandOverTable::read, offer, side);
    }

    /// Who has a listing of ours now.
    static Optional<HandOver> findGiven(Transaction tx, URI listing) {
        return tx
                .list(
                        SELECT + "listing = ? AND side = ? AND state = ?",
                        HandOverTable::read,
                        listing,
                        Side.GIVEN,
                        State.ACCEPTED)
                .stream()
                .findFirst();
    }

    static boolean isOffered(Transaction tx, URI listing) {
        return !tx.list(
                        SELECT + "listing = ? AND side = ? AND state = ?",
                        HandOverTable::read,
                        listing,
                        Side.GIVEN,
                        State.OFFERED)
                .isEmpty();
    }

    /// Newest change first.
    static List<HandOver> list(Transaction tx, OrganizationId organization, int most) {
        return tx.list(
                SELECT
                        + "organization = ? ORDER BY changed_at DESC, id FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                HandOverTable::read,
                organization.value());
    }

    static int countOpenFrom(Transaction tx, URI other) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM listing_hand_over WHERE other_actor = ?"
                                + " AND side = ? AND state = ?",
                        row -> row.integer("many"),
                        other,
                        Side.TAKEN,
                        State.OFFERED)
                .orElse(0);
    }

    private static HandOver read(Row row) {
        return new HandOver(
                row.uuid("id"),
                row.enumOf("side", Side.class),
                row.enumOf("state", State.class),
                new OrganizationId(row.uuid("organization")),
                row.uri("listing"),
                row.text("name"),
                row.uri("other_actor"),
                row.text("other_name"),
                row.uri("offer"),
                new HandOverDocument(Document.parse(row.text("given"))),
                row.optionalText("taken").map(it -> new HandOverDocument(Document.parse(it))),
                row.instant("changed_at"));
    }
}
