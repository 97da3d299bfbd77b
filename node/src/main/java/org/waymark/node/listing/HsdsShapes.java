// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.listing.hsds.HsdsMember;
import org.waymark.node.listing.hsds.HsdsModel;

/// How much of an object the HSDS API shows: all in one, one-to-one members in lists.
final class HsdsShapes {

    // In lists, an object shows these parts of it.
    private static final Set<String> ONE_TO_ONE = Set.of("organization", "program");

    private HsdsShapes() {}

    static ObjectNode service(ListingRow row) {
        return Document.parse(row.document())
                .put("last_modified", Instant.ofEpochMilli(row.version()).toString());
    }

    static ObjectNode brief(ObjectNode service) {
        var json = flat("service", service, ONE_TO_ONE);
        if (json.path("organization") instanceof ObjectNode organization) {
            json.set("organization", flat("organization", organization, Set.of()));
        }
        return json;
    }

    static ObjectNode minimal(HsdsFacts.Fact service) {
        return Document.object()
                .put("id", service.id().toString())
                .put("modified_date", Instant.ofEpochMilli(service.modified()).toString());
    }

    /// One of a service's places, with the service that is there.
    static Optional<ObjectNode> at(ObjectNode service, UUID id, boolean full) {
        return Document.objects(service, "service_at_locations").stream()
                .filter(at -> at.path("id").asText().equals(id.toString()))
                .findFirst()
                .map(at -> at(service, at, full));
    }

    private static ObjectNode at(ObjectNode service, ObjectNode whole, boolean full) {
        var at = full ? whole.deepCopy() : flat("service_at_location", whole, Set.of("location"));
        at.put("service_id", service.path("id").asText());
        Document.uuid(at.path("location"), "id")
                .ifPresent(it -> at.put("location_id", it.toString()));
        if (full) {
            var inIt = service.deepCopy();
            inIt.remove("service_at_locations");
            at.set("service", inIt);
        } else {
            if (at.path("location") instanceof ObjectNode location) {
                at.set("location", flat("location", location, Set.of()));
            }
            at.set("service", brief(service));
        }
        return at;
    }

    /// Without its lists, and without its parts but for some.
    static ObjectNode flat(String object, ObjectNode json, Set<String> parts) {
        var flat = json.deepCopy();
        for (var member : HsdsModel.get().object(object).members()) {
            if (member.type() == HsdsMember.Type.LIST
                    || member.type() == HsdsMember.Type.OBJECT && !parts.contains(member.name())) {
                flat.remove(member.name());
            }
        }
        flat.remove(List.of("translations", "areas"));
        return flat;
    }
}
