// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing`. Whoever adds or replaces rows here has them stamped by [#stamp].
final class ListingTable {

    private static final long UNKNOWN = -1;

    private ListingTable() {}

    static Optional<ListingRow> find(Transaction tx, ListingId id) {
        return tx.find("SELECT * FROM listing WHERE id = ?", ListingTable::read, id.value());
    }

    static Optional<ListingRow> findByUri(Transaction tx, URI uri) {
        return tx.find("SELECT * FROM listing WHERE uri = ?", ListingTable::read, uri);
    }

    static Map<UUID, ListingRow> listByIds(Transaction tx, Collection<UUID> ids) {
        var found = new HashMap<UUID, ListingRow>();
        AggregateTable.byIds(tx, "SELECT * FROM listing WHERE id = ?", ListingTable::read, ids)
                .forEach(row -> found.put(row.id().value(), row));
        return found;
    }

    // Not one statement for both: Derby reads the whole table for it.
    static List<ListingRow> listOf(Transaction tx, UUID providerOrPublisher, int limit) {
        var found = new HashMap<ListingId, ListingRow>();
        for (var column : List.of("provider_id", "publisher_id")) {
            tx.list(
                            "SELECT * FROM listing WHERE "
                                    + column
                                    + " = ? ORDER BY folded_name, id FETCH FIRST "
                                    + limit
                                    + " ROWS ONLY",
                            ListingTable::read,
                            providerOrPublisher)
                    .forEach(row -> found.put(row.id(), row));
        }
        return found.values().stream()
                .sorted(
                        Comparator.comparing(ListingRow::foldedName)
                                .thenComparing(row -> row.id().toString()))
                .limit(limit)
                .toList();
    }

    /// What one publisher offers under no topic, by name; at most 500.
    static List<ListingRow> listWithoutTopic(Transaction tx, OrganizationId publisher) {
        return tx.list(
                "SELECT * FROM listing WHERE publisher_id = ? AND topics = '' AND kind <> ?"
                        + " AND status <> ? ORDER BY folded_name, id FETCH FIRST 500 ROWS ONLY",
                ListingTable::read,
                publisher.value(),
                Kind.ENFORCEMENT,
                Status.DEFUNCT);
    }

    static List<UUID> idsOfProvider(Transaction tx, UUID provider) {
        return tx.list(
                "SELECT id FROM listing WHERE provider_id = ? ORDER BY id",
                row -> row.uuid("id"),
                provider);
    }

    static List<ListingRow> list(
            Transaction tx, OrganizationId publisher, String foldedWords, int limit) {
        return tx.list(
                "SELECT * FROM listing WHERE publisher_id = ? AND folded_name LIKE ? ESCAPE '!'"
                        + " ORDER BY folded_name, id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                ListingTable::read,
                publisher.value(),
                "%" + foldedWords.replaceAll("([!%_])", "!$1") + "%");
    }

    /// The services that staff have closed.
    static Set<UUID> listClosed(Transaction tx, OrganizationId publisher) {
        return Set.copyOf(
                tx.list(
                        "SELECT id FROM listing WHERE publisher_id = ? AND status = ?",
                        row -> row.uuid("id"),
                        publisher.value(),
                        Status.DEFUNCT));
    }

    /// Published listings, own ones and copies, by id.
    static List<ListingRow> listShown(Transaction tx, String after, int limit) {
        return tx.list(
                "SELECT * FROM listing WHERE id > ? AND review = ? AND status <> ? AND folded_name"
                        + " <> '' ORDER BY id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                ListingTable::read,
                after,
                Review.State.PUBLISHED,
                Status.DEFUNCT);
    }

    record CopyName(ListingId id, URI uri) {}

    /// How all copies from partners are called here and there.
    static List<CopyName> listCopyNames(Transaction tx) {
        return tx.list(
                "SELECT id, uri FROM listing WHERE publisher_id IS NULL",
                row -> new CopyName(new ListingId(row.uuid("id")), row.uri("uri")));
    }

    /// Copies of a partner that still say something.
    static List<ListingRow> listCopies(Transaction tx, URI actor, int limit) {
        return tx.list(
                "SELECT * FROM listing WHERE actor = ? AND folded_name <> '' ORDER BY id"
                        + " FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                ListingTable::read,
                actor);
    }

    /// All copies that say something, by id.
    static List<ListingRow> listCopiesAfter(Transaction tx, String after, int limit) {
        return tx.list(
                "SELECT * FROM listing WHERE actor IS NOT NULL AND folded_name <> '' AND id > ?"
                        + " ORDER BY id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                ListingTable::read,
                after);
    }

    /// Copies that say that their owner left, or those that do not.
    static List<ListingRow> listLeft(Transaction tx, URI actor, boolean left, int limit) {
        return tx.list(
                "SELECT * FROM listing WHERE actor = ? AND folded_name <> '' AND left_at IS "
                        + (left ? "NOT NULL" : "NULL")
                        + " ORDER BY id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                ListingTable::read,
                actor);
    }

    static List<ListingRow> listCopiesShown(Transaction tx, URI actor, int limit) {
        return tx.list(
                "SELECT * FROM listing WHERE actor = ? AND folded_name <> '' AND review <> ?"
                        + " ORDER BY id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                ListingTable::read,
                actor,
                Review.State.HELD);
    }

    /// How far we are with a copy.
    ///
    /// @param saysSomething false for what was called back or purged, of which only the version is
    ///   kept
    record Held(long version, boolean saysSomething) {}

    /// The copies of a partner.
    static Map<URI, Held> listHeld(Transaction tx, URI actor) {
        var held = new HashMap<URI, Held>();
        tx.list(
                        "SELECT uri, version, folded_name FROM listing WHERE actor = ?",
                        row ->
                                Map.entry(
                                        row.uri("uri"),
                                        new Held(
                                                row.number("version"),
                                                !row.text("folded_name").isEmpty())),
                        actor)
                .forEach(it -> held.put(it.getKey(), it.getValue()));
        return held;
    }

    /// Our own listings, closed ones included, by id.
    static List<ListingRow> listOwn(Transaction tx, String after, int limit) {
        return tx.list(
                "SELECT * FROM listing WHERE publisher_id IS NOT NULL AND id > ? ORDER BY id"
                        + " FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                ListingTable::read,
                after);
    }

    /// What an organisation publishes and has not closed, by id.
    static List<ListingId> listOpenOf(
            Transaction tx, OrganizationId publisher, String after, int limit) {
        return tx.list(
                "SELECT id FROM listing WHERE publisher_id = ? AND status <> ? AND id > ?"
                        + " ORDER BY id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                row -> new ListingId(row.uuid("id")),
                publisher.value(),
                Status.DEFUNCT,
                after);
    }

    static int countOpenOf(Transaction tx, OrganizationId publisher) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM listing WHERE publisher_id = ?"
                                + " AND status <> ?",
                        row -> row.integer("many"),
                        publisher.value(),
                        Status.DEFUNCT)
                .orElse(0);
    }

    /// What waits for a decision, or for a second person.
    static List<ListingRow> listForReview(Transaction tx, OrganizationId publisher) {
        return tx.list(
                "SELECT * FROM listing WHERE publisher_id = ?"
                        + " AND (review = ? OR proposed_by IS NOT NULL) ORDER BY folded_name, id",
                ListingTable::read,
                publisher.value(),
                Review.State.WAITING);
    }

    /// What one filter of the feed and of the API needs to know of a listing without its text.
    record Brief(
            UUID id,
            boolean copy,
            UUID providerId,
            Set<Topic> topics,
            Kind kind,
            Reach reach,
            Review.State review,
            Status status,
            long changed) {

        boolean leavesBy(Way way) {
            return Exposure.allows(way, kind, reach, review, status, copy);
        }
    }

    private static final String BRIEF =
            "SELECT id, publisher_id, provider_id, topics, kind, reach, review, status,"
                    + " change_number FROM listing WHERE id";

    static List<Brief> listBriefs(Transaction tx, String after, int limit) {
        return tx.list(
                BRIEF + " > ? ORDER BY id FETCH FIRST " + limit + " ROWS ONLY",
                ListingTable::brief,
                after);
    }

    /// What an organisation publishes and has not closed, by id.
    static List<Brief> listOpenBriefsOf(
            Transaction tx, OrganizationId publisher, String after, int limit) {
        return tx.list(
                BRIEF
                        + " > ? AND publisher_id = ? AND status <> ? ORDER BY id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                ListingTable::brief,
                after,
                publisher.value(),
                Status.DEFUNCT);
    }

    static List<Brief> listBriefs(Transaction tx, Collection<UUID> ids) {
        return AggregateTable.byIds(tx, BRIEF + " = ?", ListingTable::brief, ids);
    }

    private static Brief brief(Row row) {
        return new Brief(
                row.uuid("id"),
                row.optionalText("publisher_id").isEmpty(),
                row.uuid("provider_id"),
                topics(row.text("topics")),
                row.enumOf("kind", Kind.class),
                row.enumOf("reach", Reach.class),
                row.enumOf("review", Review.State.class),
                row.enumOf("status", Status.class),
                row.number("change_number"));
    }

    /// How widely some of the listings may be seen.
    static Map<UUID, Limit> limits(Transaction tx, Collection<UUID> ids) {
        var found = new HashMap<UUID, Limit>();
        AggregateTable.byIds(
                        tx,
                        "SELECT id, status, review, kind, reach, place FROM listing WHERE id = ?",
                        row ->
                                Map.entry(
                                        row.uuid("id"),
                                        new Limit(
                                                row.enumOf("status", Status.class)
                                                        == Status.DEFUNCT,
                                                row.enumOf("review", Review.State.class),
                                                row.enumOf("kind", Kind.class),
                                                row.enumOf("reach", Reach.class),
                                                row.enumOf("place", Place.class))),
                        ids)
                .forEach(it -> found.put(it.getKey(), it.getValue()));
        return found;
    }

    /// After a number, in the order of commits; never half of one transaction.
    static List<Listings.Change> changesAfter(Transaction tx, long number, int limit) {
        return changesAfter(tx, number, limit, "");
    }

    /// The same without copies.
    static List<Listings.Change> ownChangesAfter(Transaction tx, long number, int limit) {
        return changesAfter(tx, number, limit, " AND publisher_id IS NOT NULL");
    }

    private static List<Listings.Change> changesAfter(
            Transaction tx, long number, int limit, String which) {
        var last =
                tx
                        .list(
                                "SELECT change_number FROM listing WHERE change_number > ?"
                                        + which
                                        + " ORDER BY change_number FETCH FIRST "
                                        + limit
                                        + " ROWS ONLY",
                                row -> row.number("change_number"),
                                number)
                        .stream()
                        .reduce((_, second) -> second);
        if (last.isEmpty()) {
            return List.of();
        }
        return tx.list(
                "SELECT id, review, status, change_number FROM listing"
                        + " WHERE change_number > ? AND change_number <= ?"
                        + which
                        + " ORDER BY change_number, id",
                row ->
                        new Listings.Change(
                                row.number("change_number"),
                                new ListingId(row.uuid("id")),
                                row.enumOf("review", Review.State.class) != Review.State.PUBLISHED
                                        || row.enumOf("status", Status.class) == Status.DEFUNCT),
                number,
                last.get());
    }

    /// What changed after a number, up to another, in the order of commits.
    static List<UUID> listChanged(Transaction tx, long after, long upTo) {
        return tx.list(
                "SELECT id FROM listing WHERE change_number > ? AND change_number <= ?"
                        + " ORDER BY change_number, id",
                row -> row.uuid("id"),
                after,
                upTo);
    }

    /// The rows of what changed after a number, up to another.
    static List<ListingRow> listChangedRows(Transaction tx, long after, long upTo) {
        return tx.list(
                "SELECT * FROM listing WHERE change_number > ? AND change_number <= ?",
                ListingTable::read,
                after,
                upTo);
    }

    static long lastChange(Transaction tx) {
        return tx.find(
                        "SELECT MAX(change_number) AS last_number FROM listing",
                        row -> row.optionalNumber("last_number").orElse(0L))
                .orElse(0L);
    }

    static void add(Transaction tx, List<ListingRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var likely = tx.likelyChange();
        tx.batch(
                "INSERT INTO listing (uri, publisher_id, actor, partner, received_at, left_at, provider_id,"
                        + " folded_name, topics, status, kind, reach, place, review, reasons,"
                        + " proposed_kind, proposed_reach, proposed_place, proposed_by, document,"
                        + " hash, version, updated_at, id, change_number)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?)",
                rows.stream().map(row -> with(values(row), likely)).toList());
        stamp(tx, rows, likely);
    }

    static void replace(Transaction tx, List<ListingRow> rows) {
        tx.batch(
                "UPDATE listing SET uri = ?, publisher_id = ?, actor = ?, partner = ?,"
                        + " received_at = ?, left_at = ?, provider_id = ?, folded_name = ?, topics = ?,"
                        + " status = ?, kind = ?, reach = ?, place = ?, review = ?, reasons = ?,"
                        + " proposed_kind = ?, proposed_reach = ?, proposed_place = ?,"
                        + " proposed_by = ?, document = ?, hash = ?, version = ?, updated_at = ?"
                        + " WHERE id = ?",
                rows.stream().map(ListingTable::values).toList());
        stamp(tx, rows, UNKNOWN);
    }

    /// @param likely the number they have
    private static void stamp(Transaction tx, List<ListingRow> rows, long likely) {
        if (!rows.isEmpty()) {
            tx.stampChange(
                    number -> {
                        if (number != likely) {
                            restamp(tx, rows, number);
                        }
                    });
        }
    }

    private static void restamp(Transaction tx, List<ListingRow> rows, long number) {
        tx.batch(
                "UPDATE listing SET change_number = ? WHERE id = ?",
                rows.stream().map(row -> new Object[] {number, row.id().value()}).toList());
    }

    private static Object[] with(Object[] values, Object more) {
        var all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = more;
        return all;
    }

    private static Object[] values(ListingRow row) {
        Optional<Origin.Copy> copy =
                row.origin() instanceof Origin.Copy c ? Optional.of(c) : Optional.empty();
        Optional<UUID> publisher =
                row.origin() instanceof Origin.Own(var own)
                        ? Optional.of(own.value())
                        : Optional.empty();
        var proposal = row.review().proposal();
        return new Object[] {
            row.uri(),
            publisher,
            copy.map(Origin.Copy::actor),
            copy.map(Origin.Copy::partner),
            copy.map(Origin.Copy::receivedAt),
            copy.flatMap(Origin.Copy::leftAt),
            row.providerId(),
            row.foldedName(),
            row.topics().stream().sorted().map(Topic::slug).collect(Collectors.joining(",")),
            row.status(),
            row.kind(),
            row.reach(),
            row.place(),
            row.review().state(),
            row.review().reasons().stream()
                    .sorted()
                    .map(Enum::name)
                    .collect(Collectors.joining(",")),
            proposal.map(Review.Proposal::kind),
            proposal.map(Review.Proposal::reach),
            proposal.map(Review.Proposal::place),
            proposal.map(p -> p.by().value()),
            row.document(),
            row.hash(),
            row.version(),
            row.updated(),
            row.id().value()
        };
    }

    private static ListingRow read(Row row) {
        var origin =
                row.optionalUuid("publisher_id")
                        .<Origin>map(id -> new Origin.Own(new OrganizationId(id)))
                        .orElseGet(
                                () ->
                                        new Origin.Copy(
                                                row.uri("actor"),
                                                row.text("partner"),
                                                row.instant("received_at"),
                                                row.optionalInstant("left_at")));
        var proposal =
                row.optionalUuid("proposed_by")
                        .map(
                                by ->
                                        new Review.Proposal(
                                                row.enumOf("proposed_kind", Kind.class),
                                                row.enumOf("proposed_reach", Reach.class),
                                                row.enumOf("proposed_place", Place.class),
                                                new AccountId(by)));
        return new ListingRow(
                new ListingId(row.uuid("id")),
                row.uri("uri"),
                origin,
                row.uuid("provider_id"),
                row.text("folded_name"),
                topics(row.text("topics")),
                row.enumOf("status", Status.class),
                row.enumOf("kind", Kind.class),
                row.enumOf("reach", Reach.class),
                row.enumOf("place", Place.class),
                new Review(
                        row.enumOf("review", Review.State.class),
                        reasons(row.text("reasons")),
                        proposal),
                row.text("document"),
                row.text("hash"),
                row.instant("updated_at"),
                row.number("version"));
    }

    private static Set<Topic> topics(String slugs) {
        var topics = EnumSet.noneOf(Topic.class);
        Arrays.stream(slugs.split(",")).forEach(slug -> Topic.ofSlug(slug).ifPresent(topics::add));
        return topics;
    }

    static Set<Review.Reason> reasons(String names) {
        var reasons = EnumSet.noneOf(Review.Reason.class);
        Arrays.stream(names.split(","))
                .filter(name -> !name.isEmpty())
                .forEach(name -> reasons.add(Review.Reason.valueOf(name)));
        return reasons;
    }
}
