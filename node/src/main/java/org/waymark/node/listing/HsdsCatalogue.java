// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;

/// What the open HSDS API gives: our own publishers' listings that may leave by [Way#HSDS], as HSDS
/// 3.1 objects. Everyone may have it.
public final class HsdsCatalogue {

    /// One page of a list.
    ///
    /// @param asOf the number of the last change it knows of
    public record Page(long asOf, int number, int size, int total, List<ObjectNode> contents) {

        public int pages() {
            return Math.max(1, Math.ceilDiv(total, size));
        }
    }

    /// One object, and the hash of what it was made from.
    public record Item(String hash, ObjectNode json) {}

    // Lists show services without what a page on one of them is for.
    private static final Set<String> NOT_IN_LISTS =
            Set.of(
                    "phones",
                    "schedules",
                    "service_areas",
                    "service_at_locations",
                    "languages",
                    "funding",
                    "cost_options",
                    "required_documents",
                    "contacts",
                    "capacities",
                    "attributes",
                    "metadata",
                    "additional_urls",
                    "translations");

    private record Known(long asOf, List<UUID> services, List<UUID> organizations) {}

    private final Database database;
    private final AtomicReference<Known> known =
            new AtomicReference<>(new Known(-1, List.of(), List.of()));

    public HsdsCatalogue(Database database) {
        this.database = database;
    }

    public Page services(int page, int size) {
        return database.read(
                tx -> {
                    var now = known(tx);
                    var contents =
                            documents(tx, slice(now.services(), page, size)).stream()
                                    .map(item -> forList(item.json()))
                                    .toList();
                    return new Page(now.asOf(), page, size, now.services().size(), contents);
                });
    }

    public Optional<Item> service(UUID id) {
        return database.read(tx -> documents(tx, List.of(id)).stream().findFirst());
    }

    /// Whether there was a public service of this id that has closed.
    public boolean hasClosed(UUID id) {
        return database.read(tx -> ListingTable.find(tx, new ListingId(id)))
                .filter(row -> row.status() == Status.DEFUNCT)
                .filter(
                        row ->
                                Exposure.allows(
                                        Way.HSDS,
                                        row.kind(),
                                        row.reach(),
                                        row.review().state(),
                                        Status.ACTIVE,
                                        row.origin() instanceof Origin.Copy))
                .isPresent();
    }

    public Page organizations(int page, int size) {
        return database.read(
                tx -> {
                    var now = known(tx);
                    var contents = new ArrayList<ObjectNode>();
                    for (var id : slice(now.organizations(), page, size)) {
                        organization(tx, id).map(Item::json).ifPresent(contents::add);
                    }
                    return new Page(now.asOf(), page, size, now.organizations().size(), contents);
                });
    }

    /// A provider that has at least one service to show.
    public Optional<Item> organization(UUID id) {
        return database.read(tx -> organization(tx, id));
    }

    private Optional<Item> organization(Transaction tx, UUID id) {
        return ListingTable.listOfProvider(tx, id).stream()
                .filter(HsdsCatalogue::leaves)
                .findFirst()
                .flatMap(
                        row ->
                                Document.parse(row.document()).path("organization")
                                                instanceof ObjectNode organization
                                        ? Optional.of(
                                                new Item(
                                                        Document.of(organization).hash(),
                                                        organization))
                                        : Optional.empty());
    }

    public Page serviceAtLocations(int page, int size) {
        return database.read(
                tx -> {
                    var now = known(tx);
                    var services = new HashSet<>(now.services());
                    var shown =
                            PlaceTable.list(tx).stream()
                                    .filter(place -> services.contains(place.service()))
                                    .toList();
                    var slice = slice(shown, page, size);
                    var contents = new ArrayList<ObjectNode>();
                    for (var place : slice) {
                        serviceAtLocation(tx, place.id()).map(Item::json).ifPresent(contents::add);
                    }
                    return new Page(now.asOf(), page, size, shown.size(), contents);
                });
    }

    public Optional<Item> serviceAtLocation(UUID id) {
        return database.read(tx -> serviceAtLocation(tx, id));
    }

    private static Optional<Item> serviceAtLocation(Transaction tx, UUID id) {
        return PlaceTable.serviceOf(tx, id).stream()
                .flatMap(service -> documents(tx, List.of(service)).stream())
                .findFirst()
                .flatMap(
                        item ->
                                Document.objects(item.json(), "service_at_locations").stream()
                                        .filter(at -> at.path("id").asText().equals(id.toString()))
                                        .map(at -> with(at, item))
                                        .findFirst());
    }

    private static Item with(ObjectNode at, Item service) {
        at.set("service", forList(service.json()));
        return new Item(service.hash(), at);
    }

    private static ObjectNode forList(ObjectNode service) {
        var json = service.deepCopy();
        json.remove(NOT_IN_LISTS);
        return json;
    }

    private static <T> List<T> slice(List<T> all, int page, int size) {
        var from = Math.min((long) (page - 1) * size, all.size());
        return all.subList((int) from, (int) Math.min(from + size, all.size()));
    }

    private static List<Item> documents(Transaction tx, List<UUID> ids) {
        var rows = ListingTable.listByIds(tx, ids);
        return ids.stream()
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .filter(HsdsCatalogue::leaves)
                .map(row -> new Item(row.hash(), withTime(row)))
                .toList();
    }

    private static boolean leaves(ListingRow row) {
        return Exposure.allows(
                Way.HSDS,
                row.kind(),
                row.reach(),
                row.review().state(),
                row.status(),
                row.origin() instanceof Origin.Copy);
    }

    private static ObjectNode withTime(ListingRow row) {
        return Document.parse(row.document())
                .put("last_modified", Instant.ofEpochMilli(row.version()).toString());
    }

    private Known known(Transaction tx) {
        var last = ListingTable.lastChange(tx);
        if (known.get().asOf() != last) {
            var briefs =
                    ListingTable.briefs(tx).stream()
                            .filter(brief -> brief.leavesBy(Way.HSDS))
                            .toList();
            known.set(
                    new Known(
                            last,
                            briefs.stream().map(ListingTable.Brief::id).toList(),
                            briefs.stream()
                                    .map(ListingTable.Brief::providerId)
                                    .distinct()
                                    .sorted()
                                    .collect(Collectors.toUnmodifiableList())));
        }
        return known.get();
    }
}
