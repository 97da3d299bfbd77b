// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_purge`.
final class ListingPurgeTable {

    private static final String COLUMNS =
            "activity, organization, partner, partner_name, asked_at, confirmed_at";

    private ListingPurgeTable() {}

    static void add(Transaction tx, ListingPurge purge) {
        tx.update(
                "INSERT INTO listing_purge (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)",
                purge.activity(),
                purge.organization().value(),
                purge.partner(),
                purge.partnerName(),
                purge.askedAt(),
                purge.confirmedAt());
    }

    static void setActivity(Transaction tx, ListingPurge purge, URI activity) {
        tx.update(
                "UPDATE listing_purge SET activity = ? WHERE activity = ?",
                activity,
                purge.activity());
    }

    static List<ListingPurge> listSilent(Transaction tx) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM listing_purge WHERE confirmed_at IS NULL",
                ListingPurgeTable::read);
    }

    static void confirm(Transaction tx, URI activity, Instant now) {
        tx.update(
                "UPDATE listing_purge SET confirmed_at = ?"
                        + " WHERE activity = ? AND confirmed_at IS NULL",
                now,
                activity);
    }

    static List<ListingPurge> list(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM listing_purge WHERE organization = ? ORDER BY asked_at",
                ListingPurgeTable::read,
                organization.value());
    }

    private static ListingPurge read(Row row) {
        return new ListingPurge(
                row.uri("activity"),
                new OrganizationId(row.uuid("organization")),
                row.uri("partner"),
                row.text("partner_name"),
                row.instant("asked_at"),
                row.optionalInstant("confirmed_at"));
    }
}
