// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `aggregate` and `aggregate_use`.
final class AggregateTable {

    private AggregateTable() {}

    static Optional<Aggregate> find(Transaction tx, UUID id) {
        return tx.find("SELECT * FROM aggregate WHERE id = ?", AggregateTable::read, id);
    }

    record Type(UUID id, Aggregate.Type type, OrganizationId publisher) {}

    static List<Type> listTypes(Transaction tx) {
        return tx.list(
                "SELECT id, type, publisher_id FROM aggregate",
                row ->
                        new Type(
                                row.uuid("id"),
                                row.enumOf("type", Aggregate.Type.class),
                                new OrganizationId(row.uuid("publisher_id"))));
    }

    /// The services of one publisher that have not closed, by name. Only their ids: read the
    /// documents some at a time.
    static List<UUID> idsOfOpenServices(Transaction tx, OrganizationId publisher) {
        return tx.list(
                "SELECT a.id FROM aggregate a JOIN listing l ON l.id = a.id"
                        + " WHERE a.publisher_id = ? AND a.type = ? AND l.status <> ?"
                        + " ORDER BY l.folded_name, a.id",
                row -> row.uuid("id"),
                publisher.value(),
                Aggregate.Type.SERVICE,
                Status.DEFUNCT);
    }

    static List<Aggregate> listTerms(Transaction tx, OrganizationId publisher) {
        return tx.list(
                "SELECT * FROM aggregate WHERE publisher_id = ? AND type = ? ORDER BY id",
                AggregateTable::read,
                publisher.value(),
                Aggregate.Type.TERM);
    }

    /// How many services show each shared object of a publisher.
    static Map<UUID, Integer> countUses(Transaction tx, OrganizationId publisher) {
        var counts = new HashMap<UUID, Integer>();
        tx.list(
                        "SELECT u.part_id FROM aggregate_use u JOIN aggregate a ON a.id = u.part_id"
                                + " WHERE a.publisher_id = ?",
                        row -> row.uuid("part_id"),
                        publisher.value())
                .forEach(part -> counts.merge(part, 1, Integer::sum));
        return counts;
    }

    static Map<UUID, Aggregate> listByIds(Transaction tx, Collection<UUID> ids) {
        var found = new HashMap<UUID, Aggregate>();
        byIds(tx, "SELECT * FROM aggregate WHERE id = ?", AggregateTable::read, ids)
                .forEach(aggregate -> found.put(aggregate.id(), aggregate));
        return found;
    }

    static List<Aggregate> listByType(Transaction tx, Aggregate.Type type) {
        return tx.list(
                "SELECT * FROM aggregate WHERE type = ? ORDER BY id", AggregateTable::read, type);
    }

    static List<Aggregate> listOf(Transaction tx, OrganizationId publisher, Aggregate.Type type) {
        return tx.list(
                "SELECT * FROM aggregate WHERE publisher_id = ? AND type = ?",
                AggregateTable::read,
                publisher.value(),
                type);
    }

    static int countOf(Transaction tx, OrganizationId publisher, Aggregate.Type type) {
        return tx.find(
                        "SELECT COUNT(*) AS number FROM aggregate WHERE publisher_id = ? AND type ="
                                + " ?",
                        row -> row.integer("number"),
                        publisher.value(),
                        type)
                .orElse(0);
    }

    /// Those with a word somewhere in them, in small letters or not.
    ///
    /// @param word of letters and digits
    static List<Aggregate> listWith(
            Transaction tx, OrganizationId publisher, Aggregate.Type type, String word) {
        return tx.list(
                "SELECT * FROM aggregate WHERE publisher_id = ? AND type = ?"
                        + " AND LOWER(document) LIKE ? ORDER BY id",
                AggregateTable::read,
                publisher.value(),
                type,
                "%" + word.toLowerCase(Locale.ROOT) + "%");
    }

    /// Who has something of a type.
    static List<OrganizationId> publishersOf(Transaction tx, Aggregate.Type type) {
        return tx.list(
                "SELECT DISTINCT publisher_id FROM aggregate WHERE type = ?",
                row -> new OrganizationId(row.uuid("publisher_id")),
                type);
    }

    static List<UUID> idsOf(Transaction tx, OrganizationId publisher, Aggregate.Type type) {
        return tx.list(
                "SELECT id FROM aggregate WHERE publisher_id = ? AND type = ? ORDER BY id",
                row -> row.uuid("id"),
                publisher.value(),
                type);
    }

    static List<UUID> idsOf(Transaction tx, Aggregate.Type... types) {
        var ids = new ArrayList<UUID>();
        for (var type : types) {
            ids.addAll(
                    tx.list(
                            "SELECT id FROM aggregate WHERE type = ? ORDER BY id",
                            row -> row.uuid("id"),
                            type));
        }
        return ids;
    }

    static Map<UUID, String> hashes(Transaction tx, Collection<UUID> ids) {
        var hashes = new HashMap<UUID, String>();
        byIds(
                        tx,
                        "SELECT id, hash FROM aggregate WHERE id = ?",
                        row -> Map.entry(row.uuid("id"), row.text("hash")),
                        ids)
                .forEach(entry -> hashes.put(entry.getKey(), entry.getValue()));
        return hashes;
    }

    static void add(Transaction tx, List<Aggregate> aggregates) {
        tx.batch(
                "INSERT INTO aggregate (document, hash, type, publisher_id, id)"
                        + " VALUES (?, ?, ?, ?, ?)",
                aggregates.stream().map(AggregateTable::values).toList());
    }

    static void replace(Transaction tx, List<Aggregate> aggregates) {
        tx.batch(
                "UPDATE aggregate SET document = ?, hash = ?, type = ?, publisher_id = ?"
                        + " WHERE id = ?",
                aggregates.stream().map(AggregateTable::values).toList());
    }

    private static Object[] values(Aggregate aggregate) {
        var document = Document.of(aggregate.json());
        return new Object[] {
            document.text(),
            document.hash(),
            aggregate.type(),
            aggregate.publisher().value(),
            aggregate.id()
        };
    }

    /// @param isNew of services that were not there before
    static void replaceUses(Transaction tx, List<Aggregate> services, Predicate<UUID> isNew) {
        var before = new HashMap<UUID, Set<UUID>>();
        byIds(
                        tx,
                        "SELECT service_id, part_id FROM aggregate_use WHERE service_id = ?",
                        row -> Map.entry(row.uuid("service_id"), row.uuid("part_id")),
                        services.stream().map(Aggregate::id).filter(isNew.negate()).toList())
                .forEach(
                        use ->
                                before.computeIfAbsent(use.getKey(), _ -> new HashSet<>())
                                        .add(use.getValue()));
        var added = new ArrayList<Object[]>();
        var removed = new ArrayList<Object[]>();
        for (var service : services) {
            var old = before.getOrDefault(service.id(), Set.of());
            var now = service.parts();
            now.stream()
                    .filter(part -> !old.contains(part))
                    .forEach(part -> added.add(new Object[] {service.id(), part}));
            old.stream()
                    .filter(part -> !now.contains(part))
                    .forEach(part -> removed.add(new Object[] {service.id(), part}));
        }
        tx.batch("DELETE FROM aggregate_use WHERE service_id = ? AND part_id = ?", removed);
        tx.batch("INSERT INTO aggregate_use (service_id, part_id) VALUES (?, ?)", added);
    }

    /// The services that show any of these.
    static Set<UUID> usersOf(Transaction tx, Collection<UUID> parts) {
        return new HashSet<>(
                byIds(
                        tx,
                        "SELECT service_id FROM aggregate_use WHERE part_id = ?",
                        row -> row.uuid("service_id"),
                        parts));
    }

    /// The most that any listing of a publisher tells visitors of where a place is, for each place
    /// that one is at.
    ///
    /// @param except a service that counts only where it tells exactly
    static Map<UUID, Place> toldOf(
            Transaction tx, OrganizationId publisher, Optional<UUID> except) {
        var told = new HashMap<UUID, Place>();
        tx.list(
                "SELECT u.part_id, u.service_id, l.place, l.reach, l.review, l.reasons FROM aggregate a"
                        + " JOIN aggregate_use u ON u.part_id = a.id"
                        + " JOIN listing l ON l.id = u.service_id"
                        + " WHERE a.publisher_id = ? AND a.type = ?",
                row -> {
                    var review =
                            new Review(
                                    row.enumOf("review", Review.State.class),
                                    ListingTable.reasons(row.text("reasons")),
                                    Optional.empty());
                    var isOther = except.filter(row.uuid("service_id")::equals).isEmpty();
                    HiddenPlaces.said(
                                    review,
                                    row.enumOf("reach", Reach.class),
                                    row.enumOf("place", Place.class))
                            .filter(it -> it == Place.EXACT || isOther)
                            .ifPresent(
                                    place ->
                                            told.merge(
                                                    row.uuid("part_id"),
                                                    place,
                                                    (one, other) ->
                                                            one.raisesTo(other) ? other : one));
                    return true;
                },
                publisher.value(),
                Aggregate.Type.LOCATION);
        return told;
    }

    /// What services that visitors see, and those who provide them, are called.
    static Set<String> toldNamesOf(Transaction tx, OrganizationId publisher) {
        var names = new HashSet<String>();
        var providers = new HashSet<UUID>();
        tx.list(
                "SELECT folded_name, provider_id, reach FROM listing"
                        + " WHERE publisher_id = ? AND review = ?",
                row -> {
                    if (row.enumOf("reach", Reach.class).isOnPages()) {
                        names.add(row.text("folded_name"));
                        providers.add(row.uuid("provider_id"));
                    }
                    return true;
                },
                publisher.value(),
                Review.State.PUBLISHED);
        byIds(
                        tx,
                        "SELECT document FROM aggregate WHERE id = ?",
                        row -> Document.parse(row.text("document")).path("name").asText(),
                        providers)
                .forEach(names::add);
        return names;
    }

    private static Aggregate read(Row row) {
        return new Aggregate(
                row.uuid("id"),
                row.enumOf("type", Aggregate.Type.class),
                new OrganizationId(row.uuid("publisher_id")),
                Document.parse(row.text("document")));
    }

    /// Runs a statement with one id as its parameter for each of them. (One with a list of ids is
    /// no better: Derby then reads the whole table.)
    static <T> List<T> byIds(
            Transaction tx, String statement, Function<Row, T> mapper, Collection<UUID> ids) {
        var found = new ArrayList<T>();
        for (var id : Set.copyOf(ids)) {
            found.addAll(tx.list(statement, mapper, id));
        }
        return found;
    }
}
