// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Optional;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.StrictJson;

/// A WebFinger document (RFC 7033, section 4.4) as far as ActivityPub needs it: whose address it
/// is, and which actor and which page are behind it.
///
/// @param subject such as `acct:name@host`
/// @param actor the actor's id
/// @param page the page for people
public record WebFinger(String subject, URI actor, URI page) {
    private static final String ACTIVITY = "application/activity+json";

    /// The document to serve as `application/jrd+json`.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("subject", subject);
        json.putArray("aliases").add(actor.toString()).add(page.toString());
        var links = json.putArray("links");
        links.addObject().put("rel", "self").put("type", ACTIVITY).put("href", actor.toString());
        links.addObject()
                .put("rel", "http://webfinger.net/rel/profile-page")
                .put("type", "text/html")
                .put("href", page.toString());
        return json;
    }

    /// Reads a document; the actor is its link `self` of an ActivityPub type.
    ///
    /// Refusals: those of [StrictJson#read], and `webfinger-subject-missing`,
    /// `webfinger-actor-missing`.
    static Reading<WebFinger> read(byte[] document) {
        return StrictJson.read(document).then(WebFinger::read);
    }

    private static Reading<WebFinger> read(ObjectNode json) {
        String subject = json.path("subject").asText("");
        if (subject.isEmpty()) {
            return new Reading.Refused<>("webfinger-subject-missing");
        }
        for (JsonNode link : json.path("links")) {
            String type = link.path("type").asText("");
            boolean activity =
                    type.startsWith(ACTIVITY)
                            || (type.startsWith("application/ld+json")
                                    && type.contains("https://www.w3.org/ns/activitystreams"));
            if (activity && "self".equals(link.path("rel").asText(""))) {
                Optional<URI> actor = uri(link.path("href").asText(""));
                if (actor.isPresent()) {
                    return new Reading.Read<>(
                            new WebFinger(subject, actor.get(), page(json).orElse(actor.get())));
                }
            }
        }
        return new Reading.Refused<>("webfinger-actor-missing");
    }

    private static Optional<URI> page(ObjectNode json) {
        for (JsonNode link : json.path("links")) {
            if ("http://webfinger.net/rel/profile-page".equals(link.path("rel").asText(""))) {
                return uri(link.path("href").asText(""));
            }
        }
        return Optional.empty();
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text)).filter(URI::isAbsolute);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
