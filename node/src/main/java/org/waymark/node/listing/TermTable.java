// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `term_topic`: under which of the nine topics a term of another taxonomy stands. Terms
/// below it have rows of their own that say so.
final class TermTable {

    /// @param topic none: staff said that it stands under none
    /// @param inherited from a term above it
    record Mapped(UUID term, Optional<Topic> topic, boolean inherited) {}

    private TermTable() {}

    static Map<UUID, Mapped> listOf(Transaction tx, OrganizationId publisher) {
        var all = new HashMap<UUID, Mapped>();
        tx.list(
                        "SELECT t.term_id, t.topic, t.inherited FROM term_topic t"
                                + " JOIN aggregate a ON a.id = t.term_id WHERE a.publisher_id = ?",
                        row ->
                                new Mapped(
                                        row.uuid("term_id"),
                                        Topic.ofSlug(row.text("topic")),
                                        row.bool("inherited")),
                        publisher.value())
                .forEach(it -> all.put(it.term(), it));
        return all;
    }

    /// The topics that stand for these terms.
    static Set<Topic> topics(Transaction tx, Collection<UUID> terms) {
        var topics = EnumSet.noneOf(Topic.class);
        AggregateTable.byIds(
                        tx,
                        "SELECT topic FROM term_topic WHERE term_id = ?",
                        row -> Topic.ofSlug(row.text("topic")),
                        terms)
                .forEach(topic -> topic.ifPresent(topics::add));
        return topics;
    }

    static void replace(Transaction tx, Collection<UUID> removed, List<Mapped> added) {
        tx.batch(
                "DELETE FROM term_topic WHERE term_id = ?",
                removed.stream().map(id -> new Object[] {id}).toList());
        tx.batch(
                "INSERT INTO term_topic (term_id, topic, inherited) VALUES (?, ?, ?)",
                added.stream()
                        .map(
                                it ->
                                        new Object[] {
                                            it.term(),
                                            it.topic().map(Topic::slug).orElse("-"),
                                            it.inherited()
                                        })
                        .toList());
    }
}
