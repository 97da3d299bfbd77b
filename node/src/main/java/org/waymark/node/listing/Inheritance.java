// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.account.HostedOrganization;

/// Makes of another organisation's published service one of our own: what services share is taken
/// apart again, and every part gets an id of ours. What the service did not say is not there.
final class Inheritance {

    private static final List<String> OF_PUBLISHED =
            List.of("kind", "reach", "place", "phone_only", "origin");

    private final UUID id;
    private final HostedOrganization heir;
    private final List<Aggregate> shared = new ArrayList<>();
    private final ObjectNode json;

    private Inheritance(UUID id, HostedOrganization heir, ObjectNode published) {
        this.id = id;
        this.heir = heir;
        this.json = published.deepCopy();
    }

    /// @param service comes last, after what it shares
    record Estate(List<Aggregate> shared, Aggregate service) {}

    /// @param itself the heir as a provider of its own services
    /// @param former the organisation that gives the service; what it provided itself, the heir
    ///   provides now
    static Estate of(
            UUID id, HostedOrganization heir, Aggregate itself, UUID former, ObjectNode published) {
        return new Inheritance(id, heir, published).divided(itself, former);
    }

    private Estate divided(Aggregate itself, UUID former) {
        json.remove(OF_PUBLISHED);
        json.put("id", id.toString());
        provider(itself, former);
        places();
        for (var attribute : Document.objects(json, "attributes")) {
            attribute.put("id", derived("attribute", attribute.path("id").asText()).toString());
            attribute.put("link_id", id.toString());
        }
        return new Estate(shared, new Aggregate(id, Aggregate.Type.SERVICE, heir.id(), json));
    }

    private void provider(Aggregate itself, UUID former) {
        var provider = Document.uuid(json, "organization_id");
        var written = json.remove("organization");
        if (provider.isEmpty()
                || provider.get().equals(former)
                || !(written instanceof ObjectNode organization)) {
            shared.add(itself);
            json.put("organization_id", itself.id().toString());
            return;
        }
        // One for all services of that provider that the heir takes.
        var own = NameUuid.of(heir.id().value(), "inherited", provider.get().toString());
        organization.put("id", own.toString());
        shared.add(new Aggregate(own, Aggregate.Type.ORGANIZATION, heir.id(), organization));
        json.put("organization_id", own.toString());
    }

    private void places() {
        for (var at : Document.objects(json, "service_at_locations")) {
            at.put("id", derived("at", at.path("id").asText()).toString());
            if (at.remove("location") instanceof ObjectNode location) {
                var own = derived("location", location.path("id").asText());
                location.put("id", own.toString());
                shared.add(new Aggregate(own, Aggregate.Type.LOCATION, heir.id(), location));
                at.put("location_id", own.toString());
            }
        }
    }

    private UUID derived(String what, String before) {
        return NameUuid.of(id, what, before);
    }

    /// The provider of a document, where it is written out.
    static Optional<UUID> publisher(ObjectNode published) {
        var text = published.path("origin").path("publisher").asText();
        return Document.uuid(text.substring(text.lastIndexOf('/') + 1));
    }
}
