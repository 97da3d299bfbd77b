// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;

/// A provider as its public services show it, and no more.
///
/// @param json as the service shows it that says most of it
record HsdsOrganization(ObjectNode json, List<ObjectNode> services) {

    // A list of services longer than that is asked for by organization_id.
    private static final int MOST = 500;

    /// Empty when it has no service to show.
    static Optional<HsdsOrganization> of(Transaction tx, UUID id) {
        var services =
                ListingTable.listOfProvider(tx, id).stream()
                        .filter(HsdsCatalogue::leaves)
                        .limit(MOST)
                        .map(HsdsShapes::service)
                        .toList();
        return services.stream()
                .map(it -> it.path("organization"))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                // Services that hide their place hide the provider's phones, too.
                .max((one, other) -> Boolean.compare(one.has("phones"), other.has("phones")))
                .map(it -> new HsdsOrganization(it, services));
    }

    ObjectNode brief() {
        return HsdsShapes.flat("organization", json, Set.of());
    }

    /// With its services and where they are.
    ObjectNode whole(boolean fullServices) {
        var whole = json.deepCopy();
        var locations = new LinkedHashMap<String, ObjectNode>();
        for (var service : services) {
            for (var at : Document.objects(service, "service_at_locations")) {
                if (at.path("location") instanceof ObjectNode location) {
                    locations.putIfAbsent(location.path("id").asText(), location);
                }
            }
        }
        Document.setUnlessEmpty(whole, "locations", List.copyOf(locations.values()));
        var shown = whole.putArray("services");
        for (var service : services) {
            if (fullServices) {
                shown.add(service);
            } else {
                shown.addObject()
                        .put("id", service.path("id").asText())
                        .put("name", service.path("name").asText())
                        .put("status", service.path("status").asText());
            }
        }
        return whole;
    }
}
