// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.listing.hsds.ModelCheck;

/// One service as the world may read it: an HSDS 3.1 service with what it shares written out, and
/// our Profile's additions.
///
/// What the listing's [Place] does not allow and what is `held` is not in it, so no way out can
/// give it away.
final class Projection {

    // What is said of a place, and of a service there, in AREA. All else, known or not, may tell
    // where it is.
    private static final List<String> OF_AREAS = List.of("id", "location_type", "languages");
    private static final List<String> OF_SERVICES_IN_AREAS = List.of("id", "phones", "schedules");
    private static final List<String> BEHIND_IT = List.of("funding", "program", "program_id");
    private static final List<String> OF_PEOPLE = List.of("name", "email");
    private static final List<String> LINKS_TO_PLACES =
            List.of("location_id", "service_at_location_id");
    private static final List<String> REQUIRED_OF_ADDRESSES =
            List.of("address_1", "city", "state_province", "postal_code", "country");

    /// Says of a service that nobody writes to it; not why.
    static final String PHONE_ONLY = "phone_only";

    private final Map<UUID, Aggregate> parts;
    private final Place place;

    private Projection(Map<UUID, Aggregate> parts, Place place) {
        this.parts = parts;
        this.place = place;
    }

    /// @param phoneOnly whether it is asked by phone only; copies cannot know that by themselves
    static ObjectNode of(
            Aggregate service,
            Map<UUID, Aggregate> parts,
            Kind kind,
            Reach reach,
            Place place,
            boolean phoneOnly,
            URI uri,
            URI publisher) {
        var json = new Projection(parts, place).service(service.json());
        if (phoneOnly) {
            json.put(PHONE_ONLY, true);
        }
        json.put("kind", word(kind));
        json.put("reach", word(reach));
        json.put("place", word(place));
        json.putObject("origin").put("uri", uri.toString()).put("publisher", publisher.toString());
        return json;
    }

    /// The word for a choice in exchanged data.
    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private ObjectNode service(ObjectNode stored) {
        var json = stored.deepCopy();
        part(json, "organization_id").ifPresent(it -> json.set("organization", organization(it)));
        part(json, "program_id").ifPresent(it -> json.set("program", it.deepCopy()));
        showContacts(json);
        for (var attribute : Document.objects(json, "attributes")) {
            if (!attribute.has("taxonomy_term")) {
                part(attribute, "taxonomy_term_id")
                        .ifPresent(term -> attribute.set("taxonomy_term", term.deepCopy()));
            }
        }
        if (place == Place.PHONE_ONLY) {
            liftFromPlaces(json);
        } else {
            var places = 0;
            for (var at : Document.objects(json, "service_at_locations")) {
                var location = part(at, "location_id");
                var nobodysId = nobodysId(json, places++);
                if (place == Place.AREA) {
                    at.retain(OF_SERVICES_IN_AREAS);
                    at.put("id", nobodysId.toString());
                }
                location.ifPresent(it -> at.set("location", location(it, nobodysId)));
                showContacts(at);
            }
        }
        withoutHeld(json);
        if (place != Place.EXACT) {
            // Who pays, and for which programme, tells those who know the town where it is.
            json.remove(BEHIND_IT);
        }
        // What nobody knows nobody has ruled on: it may name a person, or say where a house stands.
        KnownMembers.retain("service", json);
        json.remove(PHONE_ONLY);
        ModelCheck.conform("service", json);
        return json;
    }

    private Optional<ObjectNode> part(JsonNode object, String member) {
        return Document.uuid(object, member).map(parts::get).map(Aggregate::json);
    }

    private ObjectNode organization(ObjectNode stored) {
        var json = stored.deepCopy();
        json.remove(List.of("locations", "contacts"));
        if (place != Place.EXACT) {
            json.remove("phones");
        }
        if (!json.has("description")) {
            json.put("description", "");
        }
        return json;
    }

    private ObjectNode location(ObjectNode stored, UUID nobodysId) {
        var json = stored.deepCopy();
        if (place == Place.AREA) {
            json.put("id", nobodysId.toString());
            var towns = new ArrayList<ObjectNode>();
            for (var address : Document.objects(json, "addresses")) {
                var town = Document.object();
                List.of("city", "region", "state_province", "country")
                        .forEach(
                                member ->
                                        Document.text(address, member)
                                                .ifPresent(text -> town.put(member, text)));
                towns.add(town);
            }
            json.retain(OF_AREAS);
            // Not an HSDS address, which must have a street.
            Document.setUnlessEmpty(json, "areas", towns);
        } else {
            for (var address : Document.objects(json, "addresses")) {
                // HSDS wants them there; what the source left out is left empty.
                REQUIRED_OF_ADDRESSES.stream()
                        .filter(member -> !address.has(member))
                        .forEach(member -> address.put(member, ""));
            }
            showContacts(json);
        }
        return json;
    }

    /// Another service at a place may say its address; an id made from the place's would tell, to
    /// whoever tries, that it is the same.
    private static UUID nobodysId(ObjectNode service, int number) {
        return NameUuid.of(
                Document.uuid(service, "id").orElse(Spot.NEW), "area", Integer.toString(number));
    }

    /// Phones and hours of a place whose address nobody may know are those of the service.
    private static void liftFromPlaces(ObjectNode service) {
        for (var at : Document.objects(service, "service_at_locations")) {
            for (var member : List.of("phones", "schedules")) {
                if (at.path(member) instanceof ArrayNode lifted) {
                    service.withArray("/" + member).addAll(lifted);
                }
            }
        }
        service.remove("service_at_locations");
        service.remove("service_areas");
    }

    /// Roles and office lines only; names and the numbers of people are held.
    private void showContacts(ObjectNode object) {
        var shown = new ArrayList<ObjectNode>();
        for (var stub : Document.objects(object, "contacts")) {
            var contact = part(stub, "id").orElse(stub).deepCopy();
            KnownMembers.retain("contact", contact);
            contact.remove(OF_PEOPLE);
            contact.path("translations")
                    .forEach(
                            it -> {
                                if (it instanceof ObjectNode texts) {
                                    texts.remove(OF_PEOPLE);
                                }
                            });
            if (contact.has("title") || contact.has("department") || contact.has("phones")) {
                shown.add(contact);
            }
        }
        object.remove("contacts");
        Document.setUnlessEmpty(object, "contacts", shown);
    }

    private void withoutHeld(JsonNode node) {
        if (node instanceof ObjectNode object) {
            // Who changed what, and what stood there before, is for staff.
            object.remove(List.of("held", "metadata", "assurer_email"));
            if (place != Place.EXACT) {
                object.remove(LINKS_TO_PLACES);
            }
        }
        node.forEach(this::withoutHeld);
    }
}
