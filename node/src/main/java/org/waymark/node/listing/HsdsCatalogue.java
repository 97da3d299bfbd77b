// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.waymark.node.database.Database;
import org.waymark.node.database.Remembered;
import org.waymark.node.database.Transaction;

/// What the open HSDS API gives: our own publishers' listings that may leave by [Way#HSDS], as HSDS
/// 3.1 objects. Everyone may have it.
public final class HsdsCatalogue {

    /// One page of a list.
    record Page(int number, int size, int total, List<ObjectNode> contents) {

        int pages() {
            return Math.max(1, Math.ceilDiv(total, size));
        }
    }

    // What one transaction reads while all of a list is written out.
    private static final int AT_ONCE = 100;

    private final Database database;
    private final HsdsSearch search;
    private final Overview overview;
    private final HsdsFacts facts;
    private final Remembered<HsdsKind, HsdsTaxonomies> taxonomies;

    public HsdsCatalogue(Database database, Listings listings, HsdsSearch search) {
        this.database = database;
        this.search = search;
        this.overview = listings.overview();
        this.facts = new HsdsFacts(database);
        this.taxonomies = Remembered.of(database, 1, "aggregate", "listing");
    }

    /// How many services are public.
    public int countServices() {
        return (int) overview.now().stream().filter(it -> it.leavesBy(Way.HSDS)).count();
    }

    Page page(HsdsKind kind, HsdsQuery query) {
        if (query.flag(HsdsParameter.MINIMAL)) {
            return page(query, services(query), HsdsShapes::minimal);
        }
        return switch (kind) {
            case TAXONOMIES -> page(query, taxonomies().list(query), ObjectNode::deepCopy);
            case TAXONOMY_TERMS -> page(query, taxonomies().listTerms(query), ObjectNode::deepCopy);
            default -> {
                var found = find(kind, query);
                var slice = slice(found, query.page(), query.size());
                yield new Page(
                        query.page(),
                        query.size(),
                        found.size(),
                        database.read(tx -> objects(tx, kind, query, slice)));
            }
        };
    }

    private static <T> Page page(HsdsQuery query, List<T> all, Function<T, ObjectNode> shape) {
        var slice = slice(all, query.page(), query.size());
        return new Page(query.page(), query.size(), all.size(), slice.stream().map(shape).toList());
    }

    /// Gives all that a query finds, whatever page it asks for.
    void each(HsdsKind kind, HsdsQuery query, Consumer<ObjectNode> taker) {
        if (query.flag(HsdsParameter.MINIMAL)) {
            services(query).forEach(it -> taker.accept(HsdsShapes.minimal(it)));
            return;
        }
        switch (kind) {
            case TAXONOMIES -> taxonomies().list(query).forEach(it -> taker.accept(it.deepCopy()));
            case TAXONOMY_TERMS ->
                    taxonomies().listTerms(query).forEach(it -> taker.accept(it.deepCopy()));
            default -> {
                var found = find(kind, query);
                var atOnce = Math.min(AT_ONCE, query.mostPerPage());
                for (int page = 1; (page - 1) * atOnce < found.size(); page++) {
                    var some = slice(found, page, atOnce);
                    database.read(tx -> objects(tx, kind, query, some)).forEach(taker);
                }
            }
        }
    }

    Optional<ObjectNode> find(HsdsKind kind, UUID id, HsdsQuery query) {
        return switch (kind) {
            case SERVICES ->
                    database.read(tx -> Optional.ofNullable(services(tx, List.of(id)).get(id)));
            case ORGANIZATIONS ->
                    database.read(
                            tx ->
                                    HsdsOrganization.whole(
                                            tx,
                                            id,
                                            query.flag(HsdsParameter.FULL_SERVICE),
                                            HsdsOrganization.MOST));
            case SERVICE_AT_LOCATIONS -> database.read(tx -> place(tx, id));
            case TAXONOMIES -> taxonomies().find(id);
            case TAXONOMY_TERMS -> taxonomies().findTerm(id);
        };
    }

    private HsdsTaxonomies taxonomies() {
        return taxonomies.get(
                HsdsKind.TAXONOMIES,
                _ -> {
                    var used = new HashSet<UUID>();
                    facts.now().forEach(it -> used.addAll(it.terms()));
                    return database.read(tx -> HsdsTaxonomies.read(tx, used));
                });
    }

    /// Whether there was a public service of this id that has closed.
    boolean hasClosed(UUID id) {
        return database.read(tx -> ListingTable.find(tx, new ListingId(id)))
                .filter(row -> row.status() == Status.DEFUNCT)
                .filter(row -> row.leavesByUnlessClosed(Way.HSDS))
                .isPresent();
    }

    /// What a query finds, and by which service.
    private record Hit(UUID id, UUID service) {}

    private List<Hit> find(HsdsKind kind, HsdsQuery query) {
        return switch (kind) {
            case SERVICES -> wanted(query).map(it -> new Hit(it.id(), it.id())).toList();
            case ORGANIZATIONS -> {
                var first = new LinkedHashMap<UUID, Hit>();
                wanted(query)
                        .forEach(
                                it ->
                                        first.computeIfAbsent(
                                                it.provider(), by -> new Hit(by, it.id())));
                yield query.text(HsdsParameter.SEARCH).isPresent()
                        ? List.copyOf(first.values())
                        : first.values().stream()
                                .sorted(Comparator.comparing(Hit::id, KnownListings.AS_TEXT))
                                .toList();
            }
            case SERVICE_AT_LOCATIONS ->
                    HsdsProximity.of(query, facts.now()).places(services(query)).entrySet().stream()
                            .map(it -> new Hit(it.getKey(), it.getValue()))
                            .toList();
            case TAXONOMIES, TAXONOMY_TERMS ->
                    throw new IllegalArgumentException("Not made of services: " + kind);
        };
    }

    /// A service and who provides it.
    private record Offer(UUID id, UUID provider) {}

    /// What a query finds. Where all may be found, or all that has some words, facts are not
    /// needed: to know them, every listing was read once.
    private Stream<Offer> wanted(HsdsQuery query) {
        if (narrows(query)) {
            return services(query).stream().map(it -> new Offer(it.id(), it.provider()));
        }
        var known = overview.now();
        var briefs =
                query.text(HsdsParameter.SEARCH)
                        .map(
                                words ->
                                        search.find(words).stream()
                                                .flatMap(
                                                        id ->
                                                                find(
                                                                        known,
                                                                        ListingTable.Brief::id,
                                                                        id.value())
                                                                        .stream()))
                        .orElseGet(known::stream);
        return briefs.filter(it -> it.leavesBy(Way.HSDS))
                .map(it -> new Offer(it.id(), it.providerId()));
    }

    private static boolean narrows(HsdsQuery query) {
        return query.uuid(HsdsParameter.TAXONOMY_TERM_ID).isPresent()
                || query.uuid(HsdsParameter.TAXONOMY_ID).isPresent()
                || query.uuid(HsdsParameter.ORGANIZATION_ID).isPresent()
                || query.instant(HsdsParameter.MODIFIED_AFTER).isPresent();
    }

    /// @param sorted by id
    private static <T> Optional<T> find(List<T> sorted, Function<T, UUID> id, UUID wanted) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = KnownListings.AS_TEXT.compare(id.apply(sorted.get(middle)), wanted);
            if (order == 0) {
                return Optional.of(sorted.get(middle));
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return Optional.empty();
    }

    private List<HsdsFacts.Fact> services(HsdsQuery query) {
        var term = query.uuid(HsdsParameter.TAXONOMY_TERM_ID);
        var taxonomy = query.uuid(HsdsParameter.TAXONOMY_ID);
        var organization = query.uuid(HsdsParameter.ORGANIZATION_ID);
        var after = query.instant(HsdsParameter.MODIFIED_AFTER).map(Instant::toEpochMilli);
        var wanted = new ArrayList<Predicate<HsdsFacts.Fact>>();
        term.ifPresent(id -> wanted.add(it -> it.terms().contains(id)));
        taxonomy.ifPresent(id -> wanted.add(it -> it.taxonomies().contains(id)));
        organization.ifPresent(id -> wanted.add(it -> it.provider().equals(id)));
        after.ifPresent(moment -> wanted.add(it -> it.modified() >= moment));
        var known = facts.now();
        var all =
                wanted.isEmpty()
                        ? known
                        : known.stream()
                                .filter(it -> wanted.stream().allMatch(one -> one.test(it)))
                                .toList();
        return query.text(HsdsParameter.SEARCH).map(words -> found(words, all)).orElse(all);
    }

    private List<HsdsFacts.Fact> found(String words, List<HsdsFacts.Fact> among) {
        return search.find(words).stream()
                .flatMap(id -> find(among, HsdsFacts.Fact::id, id.value()).stream())
                .toList();
    }

    private static List<ObjectNode> objects(
            Transaction tx, HsdsKind kind, HsdsQuery query, List<Hit> found) {
        var full = query.flag(HsdsParameter.FULL);
        var objects = new ArrayList<ObjectNode>();
        if (kind == HsdsKind.ORGANIZATIONS && query.wantsWholeOrganizations()) {
            var fullServices = query.flag(HsdsParameter.FULL_SERVICE);
            for (var hit : found) {
                HsdsOrganization.whole(tx, hit.id(), fullServices, HsdsOrganization.MOST_IN_LIST)
                        .ifPresent(objects::add);
            }
            return objects;
        }
        var services = services(tx, found.stream().map(Hit::service).distinct().toList());
        for (var hit : found) {
            var service = services.get(hit.service());
            if (service == null) {
                continue;
            }
            if (kind == HsdsKind.ORGANIZATIONS) {
                HsdsOrganization.brief(service).ifPresent(objects::add);
            } else if (kind == HsdsKind.SERVICE_AT_LOCATIONS) {
                HsdsShapes.at(service, hit.id(), full).ifPresent(objects::add);
            } else {
                objects.add(full ? service : HsdsShapes.brief(service));
            }
        }
        return objects;
    }

    private static Optional<ObjectNode> place(Transaction tx, UUID id) {
        return PlaceTable.serviceOf(tx, id)
                .flatMap(
                        service -> Optional.ofNullable(services(tx, List.of(service)).get(service)))
                .flatMap(service -> HsdsShapes.at(service, id, true));
    }

    /// Those that may leave, whatever was asked for.
    static Map<UUID, ObjectNode> services(Transaction tx, List<UUID> ids) {
        var services = new HashMap<UUID, ObjectNode>();
        ListingTable.listByIds(tx, new HashSet<>(ids))
                .forEach(
                        (id, row) -> {
                            if (row.leavesBy(Way.HSDS)) {
                                services.put(id, HsdsShapes.service(row));
                            }
                        });
        return services;
    }

    private static <T> List<T> slice(List<T> all, int page, int size) {
        var from = Math.min((long) (page - 1) * size, all.size());
        return all.subList((int) from, (int) Math.min(from + size, all.size()));
    }
}
