// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/// The nine topics as an HSDS taxonomy, with the same ids on every node.
final class TopicTaxonomy {

    static final String NAME = "Waymark topics";

    // Version 5 of https://w3id.org/waymark/v1#topics in the URL namespace of RFC 9562.
    static final UUID ID =
            NameUuid.of(
                    UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8"),
                    "https://w3id.org/waymark/v1#topics");

    private TopicTaxonomy() {}

    static UUID termId(Topic topic) {
        return NameUuid.of(ID, topic.code());
    }

    static ObjectNode taxonomy() {
        return Document.object()
                .put("id", ID.toString())
                .put("name", NAME)
                .put("description", "The nine needs of newcomers.")
                .put("uri", "https://w3id.org/waymark/v1#topics");
    }

    static ObjectNode term(Topic topic) {
        return Document.object()
                .put("id", termId(topic).toString())
                .put("code", topic.code())
                .put("name", topic.title())
                .put("description", topic.title())
                .put("taxonomy", NAME)
                .put("taxonomy_id", ID.toString());
    }

    /// The attribute that puts a service under a topic.
    static ObjectNode attribute(UUID service, Topic topic) {
        var attribute =
                Document.object()
                        .put("id", NameUuid.of(service, "topic", topic.code()).toString())
                        .put("link_id", service.toString())
                        .put("link_entity", "service")
                        .put("link_type", "topic")
                        .put("taxonomy_term_id", termId(topic).toString());
        attribute.set("taxonomy_term", term(topic));
        return attribute;
    }

    static Set<Topic> of(JsonNode service) {
        var topics = EnumSet.noneOf(Topic.class);
        for (var attribute : Document.objects(service, "attributes")) {
            var term = attribute.path("taxonomy_term");
            if (NAME.equals(term.path("taxonomy").asText())) {
                Topic.ofCode(term.path("code").asText()).ifPresent(topics::add);
            }
        }
        return topics;
    }
}
