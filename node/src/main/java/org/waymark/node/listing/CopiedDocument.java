// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Pattern;

/// Makes of a partner's HSDS service what we keep: plain text and numbers, of bounded size, and
/// without the place where nobody may know it. Pure.
final class CopiedDocument {

    // 20,000 characters: twice the longest description met in real directories.
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_ARRAY = 200;
    private static final int DEEPEST = 12;

    private static final Pattern MEMBER = Pattern.compile("[A-Za-z][\\w:.-]{0,63}");

    private CopiedDocument() {}

    static ObjectNode of(ObjectNode service) {
        return (ObjectNode) cleaned("", service, 0);
    }

    private static JsonNode cleaned(String member, JsonNode value, int depth) {
        return switch (value) {
            case ObjectNode object when depth < DEEPEST -> {
                var kept = JsonNodeFactory.instance.objectNode();
                for (var entry : object.properties()) {
                    // `held` is our word for what staff alone may see.
                    if (MEMBER.matcher(entry.getKey()).matches()
                            && !entry.getKey().equals("held")) {
                        var child = cleaned(entry.getKey(), entry.getValue(), depth + 1);
                        kept.set(entry.getKey(), child);
                    }
                }
                yield kept;
            }
            case ArrayNode array when depth < DEEPEST -> {
                var kept = JsonNodeFactory.instance.arrayNode();
                for (var item : array) {
                    if (kept.size() < LONGEST_ARRAY) {
                        kept.add(cleaned(member, item, depth + 1));
                    }
                }
                yield kept;
            }
            case TextNode text -> TextNode.valueOf(plain(member, text.textValue()));
            case JsonNode number when number.isNumber() || number.isBoolean() -> number;
            default -> JsonNodeFactory.instance.nullNode();
        };
    }

    private static String plain(String member, String text) {
        return PlainText.of(text, member.equals("name") ? LONGEST_NAME : LONGEST_TEXT);
    }

    /// Leaves out what its place does not allow to say. A partner that runs this program has done
    /// so already; another program may not have.
    static void narrow(ObjectNode service, Place place) {
        switch (place) {
            case EXACT -> {}
            case AREA ->
                    Document.objects(service, "service_at_locations")
                            .forEach(CopiedDocument::withoutStreets);
            case PHONE_ONLY -> {
                service.remove(List.of("service_at_locations", "service_areas"));
                if (service.path("organization") instanceof ObjectNode organization) {
                    organization.remove("locations");
                }
            }
        }
    }

    private static void withoutStreets(ObjectNode at) {
        if (at.path("location") instanceof ObjectNode location) {
            location.retain("id", "areas");
        }
    }
}
