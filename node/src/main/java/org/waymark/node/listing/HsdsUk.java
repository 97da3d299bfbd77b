// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.listing.hsds.HsdsMember;
import org.waymark.node.listing.hsds.HsdsModel;

/// Turns an object of HSDS 3.1 into one of Open Referral UK 3.0: without what came later and our
/// own additions, with the members that the UK's profile calls otherwise or keeps elsewhere, and
/// with the id of what an object belongs to. What the profile merely leaves out stays.
final class HsdsUk {

    // Beside what HSDS knows: how lists say a change, and what is at a place.
    private static final Set<String> BESIDE = Set.of("modified_date", "service", "services");

    private HsdsUk() {}

    /// Changes it in place.
    static void make(String object, ObjectNode json) {
        json.retain(members(object));
        for (var member : HsdsModel.get().object(object).members()) {
            each(object, json, member.name(), member.of());
        }
        for (var name : Set.of("service", "services")) {
            each(object, json, name, "service");
        }
        switch (object) {
            case "service" -> service(json);
            case "accessibility" -> rename(json, "description", "accessibility");
            case "service_area" -> rename(json, "name", "service_area");
            case "taxonomy_term" -> rename(json, "name", "term");
            case "address" -> oneLine(json);
            default -> {
                // As in HSDS.
            }
        }
    }

    private static Set<String> members(String object) {
        var kept = new HashSet<>(BESIDE);
        HsdsModel.get().object(object).members().stream()
                .map(HsdsMember::name)
                .filter(it -> !it.equals("capacities") && !it.startsWith("additional_"))
                .forEach(kept::add);
        return kept;
    }

    private static void each(String parent, ObjectNode json, String name, String object) {
        if (object.isEmpty()) {
            return;
        }
        var value = json.path(name);
        if (value instanceof ObjectNode inner) {
            make(object, inner);
            Document.uuid(inner, "id").ifPresent(id -> pointTo(json, parent, object, id));
        } else if (value.isArray()) {
            value.forEach(it -> child(parent, json, it, object));
        }
    }

    private static void child(String parent, ObjectNode json, JsonNode value, String object) {
        if (value instanceof ObjectNode inner) {
            make(object, inner);
            var id = Document.uuid(json, "id");
            if (object.equals("attribute")) {
                id.filter(_ -> !inner.has("link_id"))
                        .ifPresent(
                                it -> inner.put("link_id", it.toString()).put("link_type", parent));
            } else {
                id.ifPresent(it -> pointTo(inner, object, parent, it));
            }
        }
    }

    /// `organization_id` and its like, where the profile has it.
    private static void pointTo(ObjectNode json, String object, String other, UUID id) {
        var name = other + "_id";
        boolean has =
                HsdsModel.uk().find(object).stream()
                        .flatMap(it -> it.members().stream())
                        .anyMatch(it -> it.name().equals(name));
        if (has && !json.has(name)) {
            json.put(name, id.toString());
        }
    }

    private static void service(ObjectNode json) {
        rename(json, "fees_description", "fees");
        var phones = json.path("phones");
        var id = Document.uuid(json, "id");
        if (!phones.isEmpty() && id.isPresent()) {
            // The profile has numbers with contacts only: a line of the office, without a name.
            var contact =
                    Document.object()
                            .put("id", NameUuid.of(id.get(), "uk-contact").toString())
                            .put("service_id", id.get().toString());
            var theirs = contact.putArray("phones");
            phones.forEach(
                    phone ->
                            theirs.add(
                                    ((ObjectNode) phone.deepCopy())
                                            .put("contact_id", contact.path("id").asText())));
            json.withArray("/contacts").add(contact);
        }
    }

    private static void oneLine(ObjectNode json) {
        Document.text(json, "address_2")
                .ifPresent(
                        more ->
                                json.put(
                                        "address_1",
                                        Document.text(json, "address_1")
                                                .map(it -> it + ", " + more)
                                                .orElse(more)));
        json.remove("address_2");
    }

    private static void rename(ObjectNode json, String from, String to) {
        Optional.of(json)
                .filter(it -> !it.has(to))
                .flatMap(it -> Document.text(it, from))
                .ifPresent(words -> json.put(to, words));
    }
}
