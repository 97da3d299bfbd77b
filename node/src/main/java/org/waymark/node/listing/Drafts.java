// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.waymark.node.account.HostedOrganization;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

/// Turns what staff drafted into aggregates, and those into what is published.
final class Drafts {

    private final Directory directory;
    private final ZoneId zone;

    Drafts(Directory directory, ZoneId zone) {
        this.directory = directory;
        this.zone = zone;
    }

    /// @return whether anything changed
    boolean store(
            Transaction tx,
            Acting acting,
            HostedOrganization publisher,
            ListingId id,
            Draft draft,
            Optional<ListingRow> before) {
        var wish = new Ruling.Wish(draft.kind(), draft.reach(), draft.place());
        return store(tx, acting, write(tx, publisher, id, draft), wish, before);
    }

    /// A service and the shared objects that a draft makes of it, stored nowhere yet.
    record Written(Aggregate service, List<Aggregate> shared) {}

    Written write(Transaction tx, HostedOrganization publisher, ListingId id, Draft draft) {
        var json = json(tx, id.value());
        json.put("id", id.toString());
        json.put("organization_id", provider(tx, publisher, draft).toString());
        var terms = AggregateTable.listByIds(tx, Backing.bare(json));
        DraftDocument.write(
                json, draft, zone, it -> terms.containsKey(it) && !name(terms.get(it)).isBlank());
        var shared = new ArrayList<Aggregate>();
        var places = new ArrayList<ObjectNode>();
        for (var spot : draft.spots()) {
            var location = location(tx, publisher.id(), id, spot);
            shared.add(location);
            places.add(placeAt(json, draft, places.size(), location.id()));
        }
        json.remove("service_at_locations");
        Document.setUnlessEmpty(json, "service_at_locations", places);
        draft.backing()
                .flatMap(it -> program(tx, publisher.id(), json, it.program()))
                .ifPresent(shared::add);
        shared.add(itself(tx, publisher));
        var service = new Aggregate(id.value(), Aggregate.Type.SERVICE, publisher.id(), json);
        return new Written(service, shared);
    }

    /// @return whether anything changed
    boolean store(
            Transaction tx,
            Acting acting,
            Written written,
            Ruling.Wish wish,
            Optional<ListingRow> before) {
        var service = written.service();
        var limits = HiddenPlaces.limits(tx, written);
        var most = limits.values().stream().reduce(Place.EXACT, HiddenHouses::less);
        var texts = newTexts(tx, written, wish, before);
        var changed = directory.store(tx, written.shared());
        directory.store(tx, List.of(service));
        directory.rebuildUsersOf(
                tx, changed, Set.of(service.id()), new Bound(limits, acting.account()));
        var published =
                directory.publish(
                        tx,
                        List.of(service),
                        (it, parts, row) ->
                                Ruling.ofWish(acting, wish, Caution.reasons(it, parts), before)
                                        .atMost(most, acting));
        // As it is stored now, so that what this hides is hidden, its own house too.
        if (HiddenHouses.areNaming(tx, service.publisher(), texts)) {
            directory.publish(
                    tx, List.of(service), (_, _, row) -> Ruling.of(row.orElseThrow()).naming());
        }
        return published > 0 || !changed.isEmpty();
    }

    /// What is said of the service now and was not before; all of it where less is told than before
    /// of where it is.
    private static List<String> newTexts(
            Transaction tx, Written written, Ruling.Wish wish, Optional<ListingRow> before) {
        var hidesMore = before.filter(it -> wish.place().raisesTo(it.place())).isPresent();
        var texts = new ArrayList<String>();
        for (var one :
                Stream.concat(Stream.of(written.service()), written.shared().stream()).toList()) {
            if (one.type() == Aggregate.Type.SERVICE || one.type() == Aggregate.Type.PROGRAM) {
                var now = HiddenHouses.textsOf(one.json());
                if (!hidesMore) {
                    AggregateTable.find(tx, one.id())
                            .ifPresent(it -> now.removeAll(HiddenHouses.textsOf(it.json())));
                }
                texts.addAll(now);
            }
        }
        return texts;
    }

    private static ObjectNode json(Transaction tx, UUID id) {
        return AggregateTable.find(tx, id)
                .map(stored -> stored.json().deepCopy())
                .orElseGet(Document::object);
    }

    private static UUID provider(Transaction tx, HostedOrganization publisher, Draft draft) {
        var wanted = draft.provider().orElse(publisher.id().value());
        if (!wanted.equals(publisher.id().value())
                && AggregateTable.find(tx, wanted)
                        .filter(it -> it.type() == Aggregate.Type.ORGANIZATION)
                        .filter(it -> it.publisher().equals(publisher.id()))
                        .isEmpty()) {
            throw new IllegalArgumentException("No such provider: " + wanted);
        }
        return wanted;
    }

    /// The publishing organisation as a provider of its own services.
    static Aggregate itself(Transaction tx, HostedOrganization publisher) {
        var json = json(tx, publisher.id().value());
        json.put("id", publisher.id().toString());
        json.put("name", publisher.name());
        return new Aggregate(
                publisher.id().value(), Aggregate.Type.ORGANIZATION, publisher.id(), json);
    }

    /// Puts the service into a programme of that name, and out of any when it has none.
    ///
    /// @return the programme, when it is new
    private static Optional<Aggregate> program(
            Transaction tx, OrganizationId publisher, ObjectNode json, Optional<String> name) {
        var now = Document.uuid(json, "program_id").flatMap(id -> AggregateTable.find(tx, id));
        if (now.flatMap(it -> Document.text(it.json(), "name")).equals(name)) {
            // One without a name stays too: who saved saw none.
            return Optional.empty();
        }
        json.remove(List.of("program_id", "program"));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var folded = Directory.folded(name.get());
        var known =
                AggregateTable.listOf(tx, publisher, Aggregate.Type.PROGRAM).stream()
                        .filter(
                                it ->
                                        Directory.folded(it.json().path("name").asText())
                                                .equals(folded))
                        .min(Comparator.comparing(Aggregate::id));
        var id = known.map(Aggregate::id).orElse(NameUuid.of(publisher.value(), "program", folded));
        json.put("program_id", id.toString());
        return known.isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Aggregate(
                                id,
                                Aggregate.Type.PROGRAM,
                                publisher,
                                Document.object()
                                        .put("id", id.toString())
                                        .put("organization_id", publisher.toString())
                                        .put("name", name.get())
                                        .put("description", "")));
    }

    private static Aggregate location(
            Transaction tx, OrganizationId publisher, ListingId listing, Spot spot) {
        var id =
                spot.id().equals(Spot.NEW)
                        ? NameUuid.of(listing.value(), "location", spot.toString())
                        : spot.id();
        var stored = AggregateTable.find(tx, id);
        if (stored.isPresent() && !stored.get().publisher().equals(publisher)) {
            throw new IllegalArgumentException("Not a place of this publisher: " + id);
        }
        var json = stored.map(it -> it.json().deepCopy()).orElseGet(Document::object);
        DraftDocument.writeLocation(json, id, spot);
        return new Aggregate(id, Aggregate.Type.LOCATION, publisher, json);
    }

    /// What the service said before of this place; else what it said of the one that it leaves for
    /// it, or a fresh link.
    private static ObjectNode placeAt(ObjectNode service, Draft draft, int number, UUID location) {
        var links = Document.objects(service, "service_at_locations");
        var known =
                links.stream()
                        .filter(at -> at.path("location_id").asText().equals(location.toString()))
                        .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        var isNew = draft.spots().get(number).id().equals(Spot.NEW);
        var left =
                Optional.of(number)
                        .filter(it -> isNew && it < links.size())
                        .map(links::get)
                        .filter(at -> draft.spots().stream().noneMatch(it -> isAt(at, it)));
        return left.map(at -> moved(service, at, location))
                .orElseGet(
                        () ->
                                Document.object()
                                        .put("id", linkId(service, location).toString())
                                        .put("location_id", location.toString()));
    }

    private static boolean isAt(ObjectNode link, Spot spot) {
        return link.path("location_id").asText().equals(spot.id().toString());
    }

    /// A link with its phones and hours, to another place.
    static ObjectNode moved(ObjectNode service, ObjectNode link, UUID location) {
        var id = linkId(service, location).toString();
        var json = link.deepCopy();
        json.findParents("service_at_location_id")
                .forEach(it -> ((ObjectNode) it).put("service_at_location_id", id));
        return json.put("id", id).put("location_id", location.toString());
    }

    private static String name(Aggregate term) {
        return term.json().path("name").asText();
    }

    private static UUID linkId(ObjectNode service, UUID location) {
        return NameUuid.of(Document.uuid(service, "id").orElseThrow(), "at", location.toString());
    }
}
