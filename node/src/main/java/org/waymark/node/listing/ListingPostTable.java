// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_post` and of `listing_roundup`.
final class ListingPostTable {

    private ListingPostTable() {}

    /// One post about many changes.
    ///
    /// @param postedAt empty while it is being counted
    record Roundup(UUID id, OrganizationId publisher, int changes, Optional<Instant> postedAt) {}

    /// The mark of what followers read last about a listing; empty when they were shown nothing.
    static Optional<String> find(Transaction tx, ListingId listing) {
        return tx.find(
                "SELECT hash FROM listing_post WHERE listing_id = ?",
                row -> row.text("hash"),
                listing.value());
    }

    static void put(Transaction tx, ListingId listing, String hash) {
        remove(tx, listing);
        tx.update(
                "INSERT INTO listing_post (listing_id, hash) VALUES (?, ?)", listing.value(), hash);
    }

    static void remove(Transaction tx, ListingId listing) {
        tx.update("DELETE FROM listing_post WHERE listing_id = ?", listing.value());
    }

    /// The roundup that is being counted.
    static Optional<Roundup> findOpen(Transaction tx, OrganizationId publisher) {
        return tx.find(
                "SELECT id, publisher_id, changes, posted_at FROM listing_roundup"
                        + " WHERE publisher_id = ? AND posted_at IS NULL",
                ListingPostTable::roundup,
                publisher.value());
    }

    static Optional<Roundup> findPosted(Transaction tx, OrganizationId publisher, UUID id) {
        return tx.find(
                "SELECT id, publisher_id, changes, posted_at FROM listing_roundup"
                        + " WHERE publisher_id = ? AND id = ? AND posted_at IS NOT NULL",
                ListingPostTable::roundup,
                publisher.value(),
                id);
    }

    static Optional<Instant> lastPosted(Transaction tx, OrganizationId publisher) {
        return tx.find(
                        "SELECT MAX(posted_at) AS newest FROM listing_roundup WHERE publisher_id = ?",
                        row -> row.optionalInstant("newest"),
                        publisher.value())
                .flatMap(newest -> newest);
    }

    static void open(Transaction tx, Roundup roundup) {
        tx.update(
                "INSERT INTO listing_roundup (id, publisher_id, changes, posted_at)"
                        + " VALUES (?, ?, ?, ?)",
                roundup.id(),
                roundup.publisher().value(),
                roundup.changes(),
                roundup.postedAt());
    }

    static void count(Transaction tx, Roundup roundup, int more) {
        tx.update(
                "UPDATE listing_roundup SET changes = changes + ? WHERE id = ?",
                more,
                roundup.id());
    }

    static void setPosted(Transaction tx, Roundup roundup, Instant now) {
        tx.update("UPDATE listing_roundup SET posted_at = ? WHERE id = ?", now, roundup.id());
    }

    private static Roundup roundup(Row row) {
        return new Roundup(
                row.uuid("id"),
                new OrganizationId(row.uuid("publisher_id")),
                row.integer("changes"),
                row.optionalInstant("posted_at"));
    }
}
