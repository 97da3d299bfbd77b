// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.placecheck;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `place_check`; two where both sides are here.
final class PlaceCheckTable {

    private static final String COLUMNS =
            "id, activity, incoming, organization, partner, partner_name, listing, service,"
                    + " adults, children, from_day, asked_at, answer, answered_at";

    void add(Transaction tx, PlaceCheck check) {
        tx.update(
                "INSERT INTO place_check ("
                        + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                check.id().value(),
                check.activity(),
                check.incoming(),
                check.organization().value(),
                check.partner(),
                check.partnerName(),
                check.listing().value(),
                check.service(),
                check.adults(),
                check.children(),
                check.from(),
                check.askedAt(),
                check.answer(),
                check.answeredAt());
    }

    /// @return false when it was answered before
    boolean answer(Transaction tx, PlaceCheckId id, PlaceAnswer answer, Instant now) {
        return tx.update(
                        "UPDATE place_check SET answer = ?, answered_at = ? WHERE id = ?"
                                + " AND answer IS NULL",
                        answer,
                        now,
                        id.value())
                == 1;
    }

    Optional<PlaceCheck> find(Transaction tx, PlaceCheckId id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM place_check WHERE id = ?",
                PlaceCheckTable::check,
                id.value());
    }

    Optional<PlaceCheck> find(Transaction tx, URI activity, boolean incoming) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM place_check WHERE activity = ? AND incoming = ?",
                PlaceCheckTable::check,
                activity,
                incoming);
    }

    /// Newest first.
    List<PlaceCheck> list(Transaction tx, OrganizationId organization, Instant since) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM place_check WHERE organization = ? AND asked_at >= ?"
                        + " ORDER BY asked_at DESC, id FETCH FIRST 200 ROWS ONLY",
                PlaceCheckTable::check,
                organization.value(),
                since);
    }

    long countFrom(Transaction tx, OrganizationId organization, URI partner, Instant since) {
        return tx.find(
                        "SELECT COUNT(*) AS asked FROM place_check WHERE organization = ?"
                                + " AND partner = ? AND incoming = ? AND asked_at >= ?",
                        row -> row.number("asked"),
                        organization.value(),
                        partner,
                        true,
                        since)
                .orElse(0L);
    }

    void removeBefore(Transaction tx, Instant moment) {
        tx.update("DELETE FROM place_check WHERE asked_at < ?", moment);
    }

    private static PlaceCheck check(Row row) {
        return new PlaceCheck(
                new PlaceCheckId(row.uuid("id")),
                row.uri("activity"),
                row.bool("incoming"),
                new OrganizationId(row.uuid("organization")),
                row.uri("partner"),
                row.text("partner_name"),
                new ListingId(row.uuid("listing")),
                row.text("service"),
                row.integer("adults"),
                row.integer("children"),
                row.date("from_day"),
                row.instant("asked_at"),
                row.optionalEnumOf("answer", PlaceAnswer.class),
                row.optionalInstant("answered_at"));
    }
}
