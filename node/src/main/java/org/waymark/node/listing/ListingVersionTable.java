// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;

/// Rows of `listing_version`.
final class ListingVersionTable {

    private static final String COLUMNS =
            "id, listing_id, number, happened_at, account, action, batch, hash";

    private ListingVersionTable() {}

    static void add(Transaction tx, ListingVersion version, String document) {
        tx.update(
                "INSERT INTO listing_version ("
                        + COLUMNS
                        + ", document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                version.id(),
                version.listing().value(),
                version.number(),
                version.at(),
                version.by().map(AccountId::value),
                version.action(),
                version.batch(),
                version.hash(),
                document);
    }

    /// The newest first.
    static List<ListingVersion> list(Transaction tx, ListingId listing, int limit) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM listing_version WHERE listing_id = ? ORDER BY number DESC"
                        + " FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                ListingVersionTable::read,
                listing.value());
    }

    static Optional<ListingVersion> find(Transaction tx, ListingId listing, int number) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM listing_version WHERE listing_id = ? AND number = ?",
                ListingVersionTable::read,
                listing.value(),
                number);
    }

    static List<ListingVersion> listOfBatch(Transaction tx, UUID batch) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM listing_version WHERE batch = ? ORDER BY listing_id",
                ListingVersionTable::read,
                batch);
    }

    static String document(Transaction tx, UUID version) {
        return tx.find(
                        "SELECT document FROM listing_version WHERE id = ?",
                        row -> row.text("document"),
                        version)
                .orElseThrow();
    }

    static void erase(Transaction tx, UUID version) {
        tx.update("UPDATE listing_version SET document = '' WHERE id = ?", version);
    }

    /// @return how many, of at most so many
    static int eraseBefore(Transaction tx, Instant limit, int most) {
        var ids =
                tx.list(
                        "SELECT id FROM listing_version WHERE happened_at < ? FETCH FIRST "
                                + most
                                + " ROWS ONLY",
                        row -> new Object[] {row.uuid("id")},
                        limit);
        tx.batch("DELETE FROM listing_version WHERE id = ?", ids);
        return ids.size();
    }

    private static ListingVersion read(Row row) {
        return new ListingVersion(
                row.uuid("id"),
                new ListingId(row.uuid("listing_id")),
                row.integer("number"),
                row.instant("happened_at"),
                row.optionalUuid("account").map(AccountId::new),
                row.text("action"),
                row.optionalUuid("batch"),
                row.text("hash"));
    }
}
