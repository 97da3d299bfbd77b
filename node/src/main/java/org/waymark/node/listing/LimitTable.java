// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import org.waymark.node.database.Transaction;

/// How much of the ledger of limits this database has taken in. It goes back with a restore, as the
/// ledger does not.
final class LimitTable {

    private LimitTable() {}

    static long known(Transaction tx) {
        return tx.find("SELECT last_number FROM known_limits", row -> row.number("last_number"))
                .orElseThrow();
    }

    static void setKnown(Transaction tx, long number) {
        tx.update("UPDATE known_limits SET last_number = ?", number);
    }
}
