// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.waymark.node.database.Transaction;

/// Rows of `search_words`.
final class SearchWordTable {

    private SearchWordTable() {}

    static List<SearchWords.Line> list(Transaction tx) {
        return tx.list(
                "SELECT id, language, words FROM search_words ORDER BY language, words, id",
                row ->
                        new SearchWords.Line(
                                row.uuid("id"),
                                row.text("language"),
                                Arrays.asList(row.text("words").split("\n"))));
    }

    static void add(Transaction tx, SearchWords.Line line) {
        tx.update(
                "INSERT INTO search_words (id, language, words) VALUES (?, ?, ?)",
                line.id(),
                line.language(),
                String.join("\n", line.words()));
    }

    static boolean remove(Transaction tx, UUID id) {
        return tx.update("DELETE FROM search_words WHERE id = ?", id) > 0;
    }
}
