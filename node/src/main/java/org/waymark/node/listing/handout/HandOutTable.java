// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.handout;

import java.time.YearMonth;
import java.util.List;
import org.waymark.node.database.Transaction;

/// Rows of `hand_out_count`.
final class HandOutTable {

    private HandOutTable() {}

    static void add(Transaction tx, YearMonth month, long more) {
        tx.insertIfAbsent(
                "INSERT INTO hand_out_count (in_month, made) VALUES (?, 0)", month.toString());
        tx.update(
                "UPDATE hand_out_count SET made = made + ? WHERE in_month = ?",
                more,
                month.toString());
    }

    static List<HandOutCounts.Month> list(Transaction tx) {
        return tx.list(
                "SELECT in_month, made FROM hand_out_count ORDER BY in_month DESC",
                row ->
                        new HandOutCounts.Month(
                                YearMonth.parse(row.text("in_month")), row.number("made")));
    }
}
