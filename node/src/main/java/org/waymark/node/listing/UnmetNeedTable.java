// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.YearMonth;
import java.util.List;
import org.waymark.node.database.Transaction;

/// Rows of `unmet_need`.
final class UnmetNeedTable {

    private UnmetNeedTable() {}

    static void add(Transaction tx, UnmetNeeds.Need more) {
        var month = more.month().toString();
        tx.insertIfAbsent(
                "INSERT INTO unmet_need (in_month, topic, word, searches) VALUES (?, ?, ?, 0)",
                month,
                more.topic(),
                more.word());
        tx.update(
                "UPDATE unmet_need SET searches = searches + ?"
                        + " WHERE in_month = ? AND topic = ? AND word = ?",
                more.searches(),
                month,
                more.topic(),
                more.word());
    }

    static List<UnmetNeeds.Need> list(Transaction tx) {
        return tx.list(
                "SELECT in_month, topic, word, searches FROM unmet_need"
                        + " ORDER BY in_month DESC, searches DESC, topic, word"
                        + " FETCH FIRST 500 ROWS ONLY",
                row ->
                        new UnmetNeeds.Need(
                                YearMonth.parse(row.text("in_month")),
                                row.text("topic"),
                                row.text("word"),
                                row.number("searches")));
    }
}
