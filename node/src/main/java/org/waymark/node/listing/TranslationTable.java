// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;

/// Rows of `listing_text`: what the original said when a text was translated.
final class TranslationTable {

    /// @param mark of the translation that this row is about
    record Translated(
            UUID id,
            String language,
            String member,
            String original,
            String mark,
            boolean byMachine) {}

    record Key(String language, String member) {}

    private TranslationTable() {}

    /// Notes what these objects say in other languages, whoever wrote it there. A translation that
    /// is as it was keeps the original it was made from; a new one was made from what the original
    /// says now.
    static void settle(Transaction tx, List<Aggregate> changed, Instant now) {
        for (var aggregate : changed) {
            if (aggregate.json().path("translations").isEmpty()) {
                continue;
            }
            var known = find(tx, aggregate.id());
            for (var language : aggregate.json().path("translations").properties()) {
                for (var text : language.getValue().properties()) {
                    if (text.getValue().isTextual()) {
                        settle(tx, aggregate, language, text, known, now);
                    }
                }
            }
        }
    }

    private static void settle(
            Transaction tx,
            Aggregate aggregate,
            Map.Entry<String, JsonNode> language,
            Map.Entry<String, JsonNode> text,
            Map<Key, Translated> known,
            Instant now) {
        var member = text.getKey();
        var byMachine = Profile.isByMachine(language.getValue(), member);
        var mark = mark(text.getValue().asText());
        var before = Optional.ofNullable(known.get(new Key(language.getKey(), member)));
        if (before.filter(it -> it.mark().equals(mark) && it.byMachine() == byMachine)
                .isPresent()) {
            return;
        }
        var original =
                before.filter(it -> it.mark().equals(mark))
                        .map(Translated::original)
                        .orElseGet(() -> TranslatedDocument.original(aggregate.json(), member));
        put(
                tx,
                new Translated(
                        aggregate.id(), language.getKey(), member, original, mark, byMachine),
                now);
    }

    static void put(Transaction tx, Translated row, Instant now) {
        var changed =
                tx.update(
                        "UPDATE listing_text SET original = ?, mark = ?, by_machine = ?,"
                                + " changed_at = ?"
                                + " WHERE aggregate_id = ? AND language = ? AND member = ?",
                        row.original(),
                        row.mark(),
                        row.byMachine(),
                        now,
                        row.id(),
                        row.language(),
                        row.member());
        if (changed == 0) {
            tx.update(
                    "INSERT INTO listing_text"
                            + " (original, mark, by_machine, changed_at, aggregate_id, language,"
                            + " member) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row.original(),
                    row.mark(),
                    row.byMachine(),
                    now,
                    row.id(),
                    row.language(),
                    row.member());
        }
    }

    static Map<Key, Translated> find(Transaction tx, UUID aggregate) {
        return byKey(
                tx.list(
                        "SELECT * FROM listing_text WHERE aggregate_id = ?",
                        TranslationTable::read,
                        aggregate));
    }

    private static Map<Key, Translated> byKey(List<Translated> rows) {
        var found = new HashMap<Key, Translated>();
        rows.forEach(row -> found.put(new Key(row.language(), row.member()), row));
        return found;
    }

    private static Translated read(Row row) {
        return new Translated(
                row.uuid("aggregate_id"),
                row.text("language"),
                row.text("member"),
                row.text("original"),
                row.text("mark"),
                row.bool("by_machine"));
    }

    /// What tells one wording from another; empty for none.
    static String mark(String text) {
        return text.isBlank() ? "" : Document.sha256(text.strip()).substring(0, 16);
    }
}
