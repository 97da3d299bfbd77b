// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.util.Optional;
import org.waymark.node.database.Transaction;

/// Rows of `listing_pull`.
final class ListingPullTable {

    private ListingPullTable() {}

    /// How far a partner's listings were read.
    ///
    /// @param since the cursor that the partner gave when they were last read to the end
    /// @param page the page to go on with, while they are being read
    /// @param cursor what `since` will be after the last page
    record Reading(
            URI partner, Optional<String> since, Optional<URI> page, Optional<String> cursor) {

        static Reading none(URI partner) {
            return new Reading(partner, Optional.empty(), Optional.empty(), Optional.empty());
        }

        Reading begun(URI first, Optional<String> upTo) {
            return new Reading(partner, since, Optional.of(first), upTo);
        }

        Reading next(URI following) {
            return new Reading(partner, since, Optional.of(following), cursor);
        }

        Reading ended() {
            return new Reading(partner, cursor, Optional.empty(), Optional.empty());
        }
    }

    static Optional<Reading> find(Transaction tx, URI partner) {
        return tx.find(
                "SELECT since, page, page_cursor FROM listing_pull WHERE partner = ?",
                row ->
                        new Reading(
                                partner,
                                row.optionalText("since"),
                                row.optionalUri("page"),
                                row.optionalText("page_cursor")),
                partner);
    }

    static void put(Transaction tx, Reading reading) {
        remove(tx, reading.partner());
        tx.update(
                "INSERT INTO listing_pull (since, page, page_cursor, partner) VALUES (?, ?, ?, ?)",
                reading.since(),
                reading.page(),
                reading.cursor(),
                reading.partner());
    }

    static void remove(Transaction tx, URI partner) {
        tx.update("DELETE FROM listing_pull WHERE partner = ?", partner);
    }
}
