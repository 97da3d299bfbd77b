// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// All that its publisher keeps of one service and of its places, at one moment: what a version of
/// the history and a draft that waits are made of.
///
/// @param places the locations, ordered by id
/// @param programs that a draft would begin
record Snapshot(Aggregate service, List<Aggregate> places, List<Aggregate> programs) {

    /// What says how things stand and not what the service is: it is never brought back from an
    /// earlier version, nor by a draft written before.
    static final Set<String> STANDING =
            Set.of(
                    "status",
                    "assured_date",
                    "checked_how",
                    "check_months",
                    "capacities",
                    "wait_days",
                    "wait_time",
                    "wait_told",
                    "closed_from",
                    "closed_to");

    Snapshot {
        places = places.stream().sorted(Comparator.comparing(Aggregate::id)).toList();
        programs = List.copyOf(programs);
    }

    Snapshot(Aggregate service, List<Aggregate> places) {
        this(service, places, List.of());
    }

    static Optional<Snapshot> find(Transaction tx, ListingId id) {
        return AggregateTable.find(tx, id.value())
                .map(
                        service ->
                                of(
                                        service,
                                        AggregateTable.listByIds(tx, service.parts()).values()));
    }

    static Snapshot of(Aggregate service, Iterable<Aggregate> parts) {
        var places = new ArrayList<Aggregate>();
        for (var part : parts) {
            if (part.type() == Aggregate.Type.LOCATION
                    && part.publisher().equals(service.publisher())) {
                places.add(part);
            }
        }
        return new Snapshot(service, places);
    }

    Document document() {
        var json = Document.object();
        json.set("service", service.json());
        var all = json.putArray("places");
        places.forEach(place -> all.add(place.json()));
        Document.setUnlessEmpty(json, "programs", programs.stream().map(Aggregate::json).toList());
        return Document.of(json);
    }

    /// This one with the programmes that it begins.
    Snapshot beginning(List<Aggregate> programs) {
        return new Snapshot(service, places, programs);
    }

    /// This one to be read by people: its programme and its terms by their names.
    Snapshot named(Transaction tx) {
        var json = service.json().deepCopy();
        var parts = AggregateTable.listByIds(tx, service.parts());
        programs.forEach(it -> parts.putIfAbsent(it.id(), it));
        Document.uuid(json, "program_id").ifPresent(it -> json.put("program", name(parts, it)));
        var terms =
                Document.objects(json, "attributes").stream()
                        .filter(it -> !it.has("taxonomy_term"))
                        .flatMap(it -> Document.uuid(it, "taxonomy_term_id").stream())
                        .map(it -> name(parts, it))
                        .sorted()
                        .collect(Collectors.joining(", "));
        Document.setUnlessBlank(json, "terms", terms);
        return new Snapshot(aggregate(service.type(), service.publisher(), json), places, programs);
    }

    private static String name(Map<UUID, Aggregate> parts, UUID id) {
        return Optional.ofNullable(parts.get(id))
                .flatMap(it -> Document.text(it.json(), "name"))
                .orElse(id.toString());
    }

    /// The same without how things stand, which is told often; that it has closed for good stays
    /// in.
    Document words() {
        var json = service.json().deepCopy();
        STANDING.stream().filter(it -> !it.equals("status")).forEach(json::remove);
        return new Snapshot(aggregate(service.type(), service.publisher(), json), places)
                .document();
    }

    static Snapshot parse(String text, OrganizationId publisher) {
        var json = Document.parse(text);
        return new Snapshot(
                aggregate(Aggregate.Type.SERVICE, publisher, (ObjectNode) json.path("service")),
                Document.objects(json, "places").stream()
                        .map(it -> aggregate(Aggregate.Type.LOCATION, publisher, it))
                        .toList(),
                Document.objects(json, "programs").stream()
                        .map(it -> aggregate(Aggregate.Type.PROGRAM, publisher, it))
                        .toList());
    }

    private static Aggregate aggregate(
            Aggregate.Type type, OrganizationId publisher, ObjectNode json) {
        return new Aggregate(Document.uuid(json, "id").orElseThrow(), type, publisher, json);
    }

    /// This one with one of its places as it was.
    Snapshot withPlace(Aggregate place) {
        return new Snapshot(
                service,
                places.stream().map(it -> it.id().equals(place.id()) ? place : it).toList());
    }

    /// This one without what only those know who edit it: what is held, and the places where they
    /// are not shown.
    Snapshot forReaders(Place shown) {
        var json = service.json().deepCopy();
        if (shown != Place.EXACT) {
            json.remove("service_at_locations");
        }
        return new Snapshot(
                withoutHeld(service, json),
                shown == Place.EXACT
                        ? places.stream().map(it -> withoutHeld(it, it.json().deepCopy())).toList()
                        : List.of(),
                programs);
    }

    private static Aggregate withoutHeld(Aggregate of, ObjectNode json) {
        json.findParents("held").forEach(parent -> ((ObjectNode) parent).remove("held"));
        return aggregate(of.type(), of.publisher(), json);
    }

    /// This one with all words of another, and how things stand as it is. Of the places it brings
    /// back those that no other service shows; the others are as they are now.
    Snapshot withWordsOf(Transaction tx, Snapshot to) {
        var all = new ArrayList<Aggregate>();
        for (var place : to.places) {
            var users = AggregateTable.usersOf(tx, List.of(place.id()));
            users.remove(service.id());
            all.add(users.isEmpty() ? place : AggregateTable.find(tx, place.id()).orElse(place));
        }
        return with(this, new Snapshot(to.service, all));
    }

    /// This one with what changed from one snapshot to another, member by member. What others
    /// changed meanwhile stays, and so does how things stand.
    Snapshot with(Snapshot from, Snapshot to) {
        var json = merged(service.json(), from.service.json(), to.service.json());
        var before = byId(from);
        var now = byId(this);
        var all = new ArrayList<Aggregate>();
        for (var place : to.places) {
            var old = before.get(place.id());
            var here = now.get(place.id());
            all.add(
                    old == null || here == null
                            ? place
                            : aggregate(
                                    Aggregate.Type.LOCATION,
                                    place.publisher(),
                                    merged(here.json(), old.json(), place.json())));
        }
        return new Snapshot(
                aggregate(Aggregate.Type.SERVICE, service.publisher(), json), all, to.programs);
    }

    private static Map<UUID, Aggregate> byId(Snapshot snapshot) {
        return snapshot.places.stream().collect(Collectors.toMap(Aggregate::id, it -> it));
    }

    private static ObjectNode merged(ObjectNode here, ObjectNode from, ObjectNode to) {
        var json = here.deepCopy();
        var members = new LinkedHashSet<String>();
        from.fieldNames().forEachRemaining(members::add);
        to.fieldNames().forEachRemaining(members::add);
        members.removeAll(STANDING);
        for (var member : members) {
            if (!Objects.equals(from.get(member), to.get(member))) {
                set(json, member, to.get(member));
            }
        }
        return json;
    }

    private static void set(
            ObjectNode json, String member, @org.jspecify.annotations.Nullable JsonNode value) {
        if (value == null) {
            json.remove(member);
        } else {
            json.set(member, value);
        }
    }
}
