// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_staff_note`. No other class reads them, so they leave by no way out.
final class StaffNoteTable {

    private StaffNoteTable() {}

    static void add(
            Transaction tx, OrganizationId organization, ListingId listing, StaffNote note) {
        tx.update(
                "INSERT INTO listing_staff_note"
                        + " (id, organization, listing_id, account, written_at, words)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                note.id(),
                organization.value(),
                listing.value(),
                note.by().value(),
                note.at(),
                note.words());
    }

    static boolean remove(Transaction tx, OrganizationId organization, UUID id) {
        return tx.update(
                        "DELETE FROM listing_staff_note WHERE id = ? AND organization = ?",
                        id,
                        organization.value())
                == 1;
    }

    /// @return how many, of at most so many
    static int eraseBefore(Transaction tx, Instant limit, int most) {
        var ids =
                tx.list(
                        "SELECT id FROM listing_staff_note WHERE written_at < ? FETCH FIRST "
                                + most
                                + " ROWS ONLY",
                        row -> new Object[] {row.uuid("id")},
                        limit);
        tx.batch("DELETE FROM listing_staff_note WHERE id = ?", ids);
        return ids.size();
    }

    /// The newest first.
    static List<StaffNote> list(
            Transaction tx, OrganizationId organization, ListingId listing, int limit) {
        return tx.list(
                "SELECT id, account, written_at, words FROM listing_staff_note"
                        + " WHERE organization = ? AND listing_id = ? ORDER BY written_at DESC, id"
                        + " FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                row ->
                        new StaffNote(
                                row.uuid("id"),
                                new AccountId(row.uuid("account")),
                                row.instant("written_at"),
                                row.text("words")),
                organization.value(),
                listing.value());
    }
}
