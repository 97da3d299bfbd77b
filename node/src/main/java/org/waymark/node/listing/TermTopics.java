// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.waymark.node.database.Transaction;

/// Puts what is published under the topics that the terms of its service stand for. What staff said
/// of the service itself wins; what is for enforcement is under none (safety rule 1).
final class TermTopics {

    private TermTopics() {}

    static void derive(Transaction tx, UUID service, ObjectNode json, Kind kind) {
        if (kind == Kind.ENFORCEMENT) {
            withoutTopics(json);
            return;
        }
        if (!TopicTaxonomy.of(json).isEmpty()) {
            return;
        }
        List<UUID> terms = new ArrayList<>();
        for (var attribute : Document.objects(json, "attributes")) {
            Document.uuid(attribute, "taxonomy_term_id")
                    .or(() -> Document.uuid(attribute.path("taxonomy_term"), "id"))
                    .ifPresent(terms::add);
        }
        TermTable.topics(tx, terms)
                .forEach(
                        topic ->
                                json.withArray("/attributes")
                                        .add(TopicTaxonomy.attribute(service, topic)));
    }

    private static void withoutTopics(ObjectNode json) {
        if (TopicTaxonomy.of(json).isEmpty()) {
            return;
        }
        var kept =
                Document.objects(json, "attributes").stream()
                        .filter(
                                it ->
                                        !TopicTaxonomy.NAME.equals(
                                                it.path("taxonomy_term").path("taxonomy").asText()))
                        .toList();
        json.remove("attributes");
        Document.setUnlessEmpty(json, "attributes", kept);
    }
}
