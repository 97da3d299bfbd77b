// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.privacy.OrganizationId;

/// One HSDS object as its publisher keeps it: a service, or something that services share and that
/// is therefore changed once for all of them. Services name shared objects by id.
///
/// A member `held` of any object in it holds what is kept back from everyone but staff.
record Aggregate(UUID id, Type type, OrganizationId publisher, ObjectNode json) {

    enum Type {
        SERVICE,
        ORGANIZATION,
        LOCATION,
        CONTACT,
        PROGRAM,
        TAXONOMY,
        TERM
    }

    /// The shared objects that a service shows.
    Set<UUID> parts() {
        var parts = new LinkedHashSet<UUID>();
        Document.uuid(json, "organization_id").ifPresent(parts::add);
        Document.uuid(json, "program_id").ifPresent(parts::add);
        for (var contact : Document.objects(json, "contacts")) {
            Document.uuid(contact, "id").ifPresent(parts::add);
        }
        for (var attribute : Document.objects(json, "attributes")) {
            Document.uuid(attribute, "taxonomy_term_id")
                    .filter(_ -> !attribute.has("taxonomy_term"))
                    .ifPresent(parts::add);
        }
        for (var at : Document.objects(json, "service_at_locations")) {
            Document.uuid(at, "location_id").ifPresent(parts::add);
            for (var contact : Document.objects(at, "contacts")) {
                Document.uuid(contact, "id").ifPresent(parts::add);
            }
        }
        return parts;
    }
}
