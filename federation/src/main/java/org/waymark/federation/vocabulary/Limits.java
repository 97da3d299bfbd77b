// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/// The limits published in FEDERATION.md, checked on a document and on what it embeds.
final class Limits {
    static final int MAX_RECIPIENTS = 100;
    static final int MAX_TAGS = 100;
    static final int MAX_ATTACHMENTS = 20;
    static final int MAX_NAME_CHARACTERS = 500;
    static final int MAX_CONTENT_BYTES = 100_000;

    private Limits() {}

    static Reading<ObjectNode> check(ObjectNode json) {
        String fault = faultOf(json);
        return fault.isEmpty() ? new Reading.Read<>(json) : new Reading.Refused<>(fault);
    }

    private static String faultOf(ObjectNode json) {
        int recipients = json.path("to").size() + json.path("cc").size();
        if (recipients > MAX_RECIPIENTS) {
            return "too-many-recipients";
        }
        if (json.path("tag").size() > MAX_TAGS) {
            return "too-many-tags";
        }
        if (json.path("attachment").size() > MAX_ATTACHMENTS) {
            return "too-many-attachments";
        }
        if (json.path("name").asText("").length() > MAX_NAME_CHARACTERS) {
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
        return json.path("object") instanceof ObjectNode object ? faultOf(object) : "";
    }

    private static int bytes(JsonNode text) {
        return text.isTextual() ? text.textValue().getBytes(StandardCharsets.UTF_8).length : 0;
    }
}
