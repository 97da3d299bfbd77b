// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;

/// The places that a draft changes and others are at, too.
final class DraftedPlaces {

    private DraftedPlaces() {}

    /// How many other listings would move with it.
    static int others(Transaction tx, Snapshot wanted) {
        return wanted.places().stream()
                .filter(it -> isChanged(tx, it))
                .mapToInt(it -> others(tx, wanted, it).size())
                .sum();
    }

    /// The same draft with a place of its own wherever others would move with it.
    static Snapshot apart(Transaction tx, Snapshot wanted) {
        var service = wanted.service();
        var ids = new HashMap<String, UUID>();
        var places = new ArrayList<Aggregate>();
        for (var place : wanted.places()) {
            if (!isChanged(tx, place) || others(tx, wanted, place).isEmpty()) {
                places.add(place);
                continue;
            }
            var id = NameUuid.of(service.id(), "location", Document.of(place.json()).text());
            ids.put(place.id().toString(), id);
            var json = place.json().deepCopy();
            json.findParents("location_id")
                    .forEach(it -> ((ObjectNode) it).put("location_id", id.toString()));
            json.put("id", id.toString());
            places.add(new Aggregate(id, place.type(), place.publisher(), json));
        }
        if (ids.isEmpty()) {
            return wanted;
        }
        var json = service.json().deepCopy();
        var links =
                Document.objects(json, "service_at_locations").stream()
                        .map(
                                at -> {
                                    var id = ids.get(at.path("location_id").asText());
                                    return id == null ? at : Drafts.moved(json, at, id);
                                })
                        .toList();
        json.remove("service_at_locations");
        Document.setUnlessEmpty(json, "service_at_locations", links);
        return new Snapshot(
                new Aggregate(service.id(), service.type(), service.publisher(), json),
                places,
                wanted.programs());
    }

    private static boolean isChanged(Transaction tx, Aggregate place) {
        return AggregateTable.find(tx, place.id())
                .filter(it -> !Document.of(it.json()).hash().equals(hash(place)))
                .isPresent();
    }

    private static String hash(Aggregate place) {
        return Document.of(place.json()).hash();
    }

    private static Set<UUID> others(Transaction tx, Snapshot wanted, Aggregate place) {
        var users = AggregateTable.usersOf(tx, List.of(place.id()));
        users.remove(wanted.service().id());
        return users;
    }
}
