// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_link`. The secrets themselves are kept nowhere.
final class CheckLinkTable {

    record Link(UUID id, ListingId listing, OrganizationId organization, Instant expiresAt) {}

    private CheckLinkTable() {}

    static void add(Transaction tx, Link link, String secretHash, Instant now) {
        tx.update(
                "INSERT INTO listing_link (id, secret_hash, listing_id, organization, made_at,"
                        + " expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                link.id(),
                secretHash,
                link.listing().value(),
                link.organization().value(),
                now,
                link.expiresAt());
    }

    static Optional<Link> find(Transaction tx, String secretHash) {
        return tx.find(
                "SELECT id, listing_id, organization, expires_at FROM listing_link"
                        + " WHERE secret_hash = ?",
                row ->
                        new Link(
                                row.uuid("id"),
                                new ListingId(row.uuid("listing_id")),
                                new OrganizationId(row.uuid("organization")),
                                row.instant("expires_at")),
                secretHash);
    }

    static void markUsed(Transaction tx, UUID id, Instant now) {
        tx.update("UPDATE listing_link SET used_at = ? WHERE id = ?", now, id);
    }

    static Optional<Instant> lastUsed(
            Transaction tx, ListingId listing, OrganizationId organization) {
        return tx.find(
                        "SELECT MAX(used_at) AS used FROM listing_link"
                                + " WHERE listing_id = ? AND organization = ?",
                        row -> row.optionalInstant("used"),
                        listing.value(),
                        organization.value())
                .flatMap(it -> it);
    }

    /// Takes back all links to a listing.
    static void remove(Transaction tx, ListingId listing) {
        tx.update("DELETE FROM listing_link WHERE listing_id = ?", listing.value());
    }

    static void removeExpired(Transaction tx, Instant before) {
        tx.update("DELETE FROM listing_link WHERE expires_at < ?", before);
    }
}
