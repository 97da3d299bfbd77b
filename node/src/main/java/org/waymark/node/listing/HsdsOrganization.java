// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;

/// A provider as its public services show it, and no more.
final class HsdsOrganization {

    // More services than that are asked for by organization_id.
    static final int MOST = 500;
    static final int MOST_IN_LIST = 50;

    private static final int AT_ONCE = 50;

    private final boolean fullServices;
    private Optional<ObjectNode> json = Optional.empty();
    private final LinkedHashMap<String, ObjectNode> locations = new LinkedHashMap<>();
    private final List<ObjectNode> services = new ArrayList<>();

    private HsdsOrganization(boolean fullServices) {
        this.fullServices = fullServices;
    }

    /// As one of its services shows it.
    static Optional<ObjectNode> brief(ObjectNode service) {
        return object(service.path("organization"))
                .map(it -> HsdsShapes.flat("organization", it, Set.of()));
    }

    /// With its services and where they are; empty when it has no service to show.
    ///
    /// @param most services
    static Optional<ObjectNode> whole(Transaction tx, UUID id, boolean fullServices, int most) {
        var whole = new HsdsOrganization(fullServices);
        var ids = ListingTable.idsOfProvider(tx, id);
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            var some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
            var found = HsdsCatalogue.services(tx, some);
            for (var one : some) {
                var service = Optional.ofNullable(found.get(one));
                if (service.isPresent() && whole.services.size() < most) {
                    whole.add(service.get());
                }
            }
            if (whole.services.size() == most) {
                break;
            }
        }
        return whole.json();
    }

    private void add(ObjectNode service) {
        var shown = object(service.path("organization"));
        // Services that hide their place hide the provider's phones, too.
        if (json.isEmpty()
                || !json.get().has("phones") && shown.stream().anyMatch(it -> it.has("phones"))) {
            json = shown.map(ObjectNode::deepCopy);
        }
        for (var at : Document.objects(service, "service_at_locations")) {
            object(at.path("location"))
                    .ifPresent(it -> locations.putIfAbsent(it.path("id").asText(), it));
        }
        services.add(
                fullServices
                        ? service
                        : Document.object()
                                .put("id", service.path("id").asText())
                                .put("name", service.path("name").asText())
                                .put("status", service.path("status").asText()));
    }

    private Optional<ObjectNode> json() {
        json.ifPresent(
                it -> {
                    Document.setUnlessEmpty(it, "locations", List.copyOf(locations.values()));
                    it.set("services", Document.array(services));
                });
        return json;
    }

    private static Optional<ObjectNode> object(JsonNode json) {
        return json instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }
}
