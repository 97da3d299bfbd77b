// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Instant;
import java.util.List;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_call`.
final class CallTable {

    private static final String COLUMNS = "id, organization, listing, account, called_at, result";

    void add(Transaction tx, FirstCall call) {
        tx.update(
                "INSERT INTO listing_call (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)",
                call.id().value(),
                call.organization().value(),
                call.listing().value(),
                call.account().value(),
                call.at(),
                call.result());
    }

    /// Newest first.
    List<FirstCall> list(
            Transaction tx, OrganizationId organization, ListingId listing, Instant since) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM listing_call WHERE organization = ? AND listing = ?"
                        + " AND called_at >= ? ORDER BY called_at DESC, id",
                CallTable::call,
                organization.value(),
                listing.value(),
                since);
    }

    /// Whether it was still there to remove.
    boolean remove(Transaction tx, CallId id) {
        return tx.update("DELETE FROM listing_call WHERE id = ?", id.value()) == 1;
    }

    int removeBefore(Transaction tx, Instant moment) {
        return tx.update("DELETE FROM listing_call WHERE called_at < ?", moment);
    }

    private static FirstCall call(Row row) {
        return new FirstCall(
                new CallId(row.uuid("id")),
                new OrganizationId(row.uuid("organization")),
                new ListingId(row.uuid("listing")),
                new AccountId(row.uuid("account")),
                row.instant("called_at"),
                row.enumOf("result", Call.Result.class));
    }
}
