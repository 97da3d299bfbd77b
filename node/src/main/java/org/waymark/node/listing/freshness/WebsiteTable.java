// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_website`.
final class WebsiteTable {

    /// @param failures in a row
    record Tried(ListingId listing, URI website, int failures, Instant at) {}

    private WebsiteTable() {}

    static Optional<Tried> find(Transaction tx, ListingId listing) {
        return tx.find(
                "SELECT listing_id, website, failures, tried_at FROM listing_website"
                        + " WHERE listing_id = ?",
                WebsiteTable::read,
                listing.value());
    }

    static void put(Transaction tx, OrganizationId organization, Tried tried) {
        remove(tx, tried.listing());
        tx.update(
                "INSERT INTO listing_website (listing_id, organization, website, failures,"
                        + " tried_at) VALUES (?, ?, ?, ?, ?)",
                tried.listing().value(),
                organization.value(),
                tried.website(),
                tried.failures(),
                tried.at());
    }

    static void remove(Transaction tx, ListingId listing) {
        tx.update("DELETE FROM listing_website WHERE listing_id = ?", listing.value());
    }

    static List<Tried> listFailing(
            Transaction tx, OrganizationId organization, int failures, int limit) {
        return tx.list(
                "SELECT listing_id, website, failures, tried_at FROM listing_website"
                        + " WHERE organization = ? AND failures >= ? ORDER BY tried_at, listing_id"
                        + " FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                WebsiteTable::read,
                organization.value(),
                failures);
    }

    /// @param last the id of the last listing that was tried; empty before the first
    record Round(String last, Instant restsUntil) {}

    static Round round(Transaction tx, OrganizationId organization) {
        return tx.find(
                        "SELECT last_listing, rests_until FROM listing_website_round"
                                + " WHERE organization = ?",
                        row -> new Round(row.text("last_listing"), row.instant("rests_until")),
                        organization.value())
                .orElse(new Round("", Instant.EPOCH));
    }

    static void putRound(Transaction tx, OrganizationId organization, Round round) {
        tx.update("DELETE FROM listing_website_round WHERE organization = ?", organization.value());
        tx.update(
                "INSERT INTO listing_website_round (organization, last_listing, rests_until)"
                        + " VALUES (?, ?, ?)",
                organization.value(),
                round.last(),
                round.restsUntil());
    }

    private static Tried read(Row row) {
        return new Tried(
                new ListingId(row.uuid("listing_id")),
                row.uri("website"),
                row.integer("failures"),
                row.instant("tried_at"));
    }
}
