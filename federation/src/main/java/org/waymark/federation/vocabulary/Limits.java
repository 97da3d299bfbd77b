// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The limits published in FEDERATION.md, checked on a document and on what it embeds.
final class Limits {
    static final int MAX_RECIPIENTS = 100;
    static final int MAX_TAGS = 100;
    static final int MAX_ATTACHMENTS = 20;
    static final int MAX_NAME_CHARACTERS = 500;
    static final int MAX_CONTENT_BYTES = 100_000;

    private static final List<String> ADDRESSED = List.of("to", "cc", "bto", "bcc", "audience");

    private Limits() {}

    static Reading<ObjectNode> check(ObjectNode json) {
        String fault = faultOf(json);
        return fault.isEmpty() ? new Reading.Read<>(json) : new Reading.Refused<>(fault);
    }

    private static String faultOf(ObjectNode json) {
        int recipients = ADDRESSED.stream().mapToInt(it -> json.path(it).size()).sum();
        if (recipients > MAX_RECIPIENTS) {
            return "too-many-recipients";
        }
        if (json.path("tag").size() > MAX_TAGS) {
            return "too-many-tags";
        }
        if (json.path("attachment").size() > MAX_ATTACHMENTS) {
            return "too-many-attachments";
        }
        if (json.path("name").asText("").length() > MAX_NAME_CHARACTERS
                || anyLonger(json.path("nameMap"))) {
            return "name-too-long";
        }
        if (bytes(json.path("content")) > MAX_CONTENT_BYTES) {
            return "content-too-long";
        }
        for (JsonNode translation : json.path("contentMap")) {
            if (bytes(translation) > MAX_CONTENT_BYTES) {
                return "content-too-long";
            }
        }
        for (ObjectNode object : Members.objects(json, "object")) {
            String fault = faultOf(object);
            if (!fault.isEmpty()) {
                return fault;
            }
        }
        return "";
    }

    private static boolean anyLonger(JsonNode names) {
        for (JsonNode name : names) {
            if (name.asText("").length() > MAX_NAME_CHARACTERS) {
                return true;
            }
        }
        return false;
    }

    private static int bytes(JsonNode text) {
        return text.isTextual() ? text.textValue().getBytes(StandardCharsets.UTF_8).length : 0;
    }
}
