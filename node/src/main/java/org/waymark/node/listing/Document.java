// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One HSDS object as JSON text with its members in order, so that equal objects have equal hashes.
record Document(String text, String hash) {

    static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    static Document of(JsonNode json) {
        try {
            var text = JSON.writeValueAsString(json);
            return new Document(text, sha256(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode parse(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored document is not JSON", e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /// A text member, or nothing when it is missing or blank.
    static Optional<String> text(JsonNode object, String member) {
        var value = object.path(member);
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
                ? Optional.of(value.asText())
                : Optional.empty();
    }

    static Optional<UUID> uuid(JsonNode object, String member) {
        return text(object, member).flatMap(Document::uuid);
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The objects of an array member; none when it is missing.
    static List<ObjectNode> objects(JsonNode object, String member) {
        var items = object.path(member);
        // Most members are missing, and many are asked for of each listing.
        if (items.isEmpty()) {
            return List.of();
        }
        var objects = new ArrayList<ObjectNode>(items.size());
        for (var item : items) {
            if (item instanceof ObjectNode it) {
                objects.add(it);
            }
        }
        return List.copyOf(objects);
    }

    static ArrayNode array(List<ObjectNode> objects) {
        return JSON.createArrayNode().addAll(new ArrayList<>(objects));
    }

    static void setUnlessEmpty(ObjectNode object, String member, List<ObjectNode> objects) {
        if (!objects.isEmpty()) {
            object.set(member, array(objects));
        }
    }

    static void setUnlessBlank(ObjectNode object, String member, String text) {
        if (!text.isBlank()) {
            object.put(member, text);
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
