// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_mapping`.
final class MappingTable {

    private MappingTable() {}

    static Optional<Mapping> find(Transaction tx, OrganizationId publisher, String name) {
        return tx.find(
                "SELECT document FROM listing_mapping WHERE publisher_id = ? AND name = ?",
                row -> Mapping.parse(row.text("document")),
                publisher.value(),
                name);
    }

    static List<Mapping> list(Transaction tx, OrganizationId publisher) {
        return tx.list(
                "SELECT document FROM listing_mapping WHERE publisher_id = ?"
                        + " ORDER BY changed_at DESC",
                row -> Mapping.parse(row.text("document")),
                publisher.value());
    }

    static void put(Transaction tx, OrganizationId publisher, Mapping mapping, Instant now) {
        tx.update(
                "DELETE FROM listing_mapping WHERE publisher_id = ? AND name = ?",
                publisher.value(),
                mapping.name());
        tx.update(
                "INSERT INTO listing_mapping (publisher_id, name, document, changed_at)"
                        + " VALUES (?, ?, ?, ?)",
                publisher.value(),
                mapping.name(),
                mapping.text(),
                now);
    }
}
