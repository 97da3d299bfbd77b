// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `shared_listing`, and the one of `listing_sender`.
final class SharedListingTable {

    private static final String COLUMNS =
            "listing_id, publisher_id, state, public_since, changed_at, change_number";

    private SharedListingTable() {}

    /// The number of the last change that partners were told of.
    static long told(Transaction tx) {
        return tx.find("SELECT told FROM listing_sender", row -> row.number("told")).orElse(0L);
    }

    /// @return whether nobody else told meanwhile
    static boolean setTold(Transaction tx, long before, long after) {
        return tx.update("UPDATE listing_sender SET told = ? WHERE told = ?", after, before) == 1;
    }

    static Optional<SharedListing> find(Transaction tx, ListingId id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM shared_listing WHERE listing_id = ?",
                SharedListingTable::read,
                id.value());
    }

    /// @param isNew whether there is none of this listing
    static void put(Transaction tx, SharedListing shared, boolean isNew) {
        if (!isNew) {
            tx.update("DELETE FROM shared_listing WHERE listing_id = ?", shared.id().value());
        }
        tx.update(
                "INSERT INTO shared_listing (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)",
                shared.id().value(),
                shared.publisher().value(),
                shared.state(),
                shared.publicSince(),
                shared.changedAt(),
                shared.changeNumber());
    }

    static int countPublic(Transaction tx, OrganizationId publisher) {
        return tx.find(
                        "SELECT COUNT(*) AS listings FROM shared_listing"
                                + " WHERE publisher_id = ? AND state = ?",
                        row -> row.integer("listings"),
                        publisher.value(),
                        SharedListing.State.PUBLIC)
                .orElse(0);
    }

    /// What everyone may have or could once have, newest change first.
    static List<SharedListing> list(
            Transaction tx, OrganizationId publisher, Cursor cursor, int limit) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM shared_listing WHERE publisher_id = ? AND state <> ?"
                        + " AND public_since IS NOT NULL AND change_number > ?"
                        + " AND (change_number < ? OR (change_number = ? AND listing_id < ?))"
                        + " ORDER BY change_number DESC, listing_id DESC FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                SharedListingTable::read,
                publisher.value(),
                SharedListing.State.PARTNERS,
                cursor.since(),
                cursor.before(),
                cursor.before(),
                cursor.beforeId());
    }

    /// What left this node and may still be had now. The listing's own row is asked, so that what
    /// was withdrawn a moment ago is not among them.
    static List<Shown> listShown(Transaction tx, OrganizationId publisher, boolean forPartners) {
        return tx
                .list(
                        "SELECT listing.id, listing.uri, listing.version, listing.kind,"
                                + " listing.reach, listing.review, listing.status,"
                                + " shared_listing.public_since FROM shared_listing"
                                + " JOIN listing ON listing.id = shared_listing.listing_id"
                                + " WHERE shared_listing.publisher_id = ?"
                                + " AND listing.publisher_id = ? AND shared_listing.state <> ?",
                        row -> shown(row, forPartners),
                        publisher.value(),
                        publisher.value(),
                        SharedListing.State.GONE)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// @param isPublic for everyone, not for partners only
    record Shown(ListingId id, URI uri, long version, boolean isPublic) {}

    private static Optional<Shown> shown(Row row, boolean forPartners) {
        var isPublic = leavesBy(Way.OUTBOX, row);
        // What was for partners only and is public since a moment ago is not in the collection yet.
        return (isPublic && row.optionalInstant("public_since").isPresent())
                        || (forPartners && leavesBy(Way.PARTNER_OUTBOX, row))
                ? Optional.of(
                        new Shown(
                                new ListingId(row.uuid("id")),
                                row.uri("uri"),
                                row.number("version"),
                                isPublic))
                : Optional.empty();
    }

    private static boolean leavesBy(Way way, Row row) {
        return Exposure.allows(
                way,
                row.enumOf("kind", Kind.class),
                row.enumOf("reach", Reach.class),
                row.enumOf("review", Review.State.class),
                row.enumOf("status", Status.class),
                false);
    }

    private static SharedListing read(Row row) {
        return new SharedListing(
                new ListingId(row.uuid("listing_id")),
                new OrganizationId(row.uuid("publisher_id")),
                row.enumOf("state", SharedListing.State.class),
                row.optionalInstant("public_since"),
                row.instant("changed_at"),
                row.number("change_number"));
    }
}
