// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.waymark.node.listing.SharedPart.Kind;

/// The fields of a [SharedPart] in its HSDS object; all else in it stays as it is.
final class SharedPartDocument {

    private static final List<String> OF_ADDRESS =
            List.of("address_1", "address_2", "postal_code", "city", "state_province", "country");

    private SharedPartDocument() {}

    static Map<String, String> read(Kind kind, ObjectNode json) {
        var fields = new HashMap<String, String>();
        for (var field : kind.fields()) {
            Document.text(owner(field, json, false), member(field))
                    .ifPresent(text -> fields.put(field, text));
        }
        return fields;
    }

    static void write(Kind kind, ObjectNode json, Map<String, String> fields) {
        var before = read(kind, json);
        for (var field : kind.fields()) {
            var text = fields.get(field);
            if (text == null || text.strip().equals(before.getOrDefault(field, ""))) {
                continue;
            }
            if (owner(field, json, true) instanceof ObjectNode owner) {
                if (text.isBlank() && !field.equals("number")) {
                    owner.remove(member(field));
                } else if (text.isBlank()) {
                    json.remove("phones");
                } else {
                    owner.put(member(field), text.strip());
                }
            }
            if (OF_ADDRESS.contains(field)) {
                // A point of the old address would lead people astray.
                json.remove(List.of("latitude", "longitude"));
            }
            if (field.equals(TranslatedDocument.TOWN)) {
                TranslatedDocument.clear(json, field);
            }
        }
        if (kind == Kind.PROVIDER && !json.has("description")) {
            json.put("description", "");
        }
    }

    private static String member(String field) {
        return field.startsWith("held_") ? field.substring("held_".length()) : field;
    }

    /// The object in which a field stands.
    private static JsonNode owner(String field, ObjectNode json, boolean make) {
        if (field.startsWith("held_")) {
            return make ? json.withObject("/held") : json.path("held");
        }
        if (OF_ADDRESS.contains(field)) {
            return first(json, "addresses", make, "address_type", "physical");
        }
        return field.equals("number") ? first(json, "phones", make, "type", "voice") : json;
    }

    private static JsonNode first(
            ObjectNode json, String list, boolean make, String member, String value) {
        var first =
                Document.objects(json, list).stream()
                        .filter(it -> !"postal".equals(it.path("address_type").asText()))
                        .findFirst();
        if (first.isPresent() || !make) {
            return first.<JsonNode>map(it -> it).orElseGet(Document::object);
        }
        var id = Document.uuid(json, "id").orElse(Spot.NEW);
        return json.withArray("/" + list)
                .addObject()
                .put("id", NameUuid.of(id, list, "first").toString())
                .put(member, value);
    }
}
