// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_mapping` and `listing_upload`.
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

    static void addUpload(
            Transaction tx,
            UUID id,
            OrganizationId publisher,
            String name,
            byte[] content,
            Instant now) {
        tx.update(
                "INSERT INTO listing_upload (id, publisher_id, name, content, uploaded_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                id,
                publisher.value(),
                name,
                content,
                now);
    }

    static Optional<Uploads.Upload> findUpload(Transaction tx, UUID id, OrganizationId publisher) {
        return tx.find(
                "SELECT id, name, content FROM listing_upload WHERE id = ? AND publisher_id = ?",
                row -> new Uploads.Upload(row.uuid("id"), row.text("name"), row.bytes("content")),
                id,
                publisher.value());
    }

    static void removeUpload(Transaction tx, UUID id, OrganizationId publisher) {
        tx.update(
                "DELETE FROM listing_upload WHERE id = ? AND publisher_id = ?",
                id,
                publisher.value());
    }

    static void removeUploadsBefore(Transaction tx, Instant moment) {
        tx.update("DELETE FROM listing_upload WHERE uploaded_at < ?", moment);
    }
}
