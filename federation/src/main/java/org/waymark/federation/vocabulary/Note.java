// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A post. Structured data may stand beside the readable content; it is reached through [#json].
public record Note(ObjectNode json) implements Thing {
    public Note {
        if (Members.text(json, "id").flatMap(Members::absolute).isEmpty()) {
            throw new Incomplete("id-missing");
        }
    }

    public URI id() {
        return uri().orElseThrow();
    }

    /// HTML as it was sent: sanitise before showing it.
    public Optional<String> content() {
        return Members.text(json, "content");
    }

    /// HTML by language tag, in the order sent; servers read the first as the language of
    /// [#content].
    public Map<String, String> contentMap() {
        var map = new LinkedHashMap<String, String>();
        json.path("contentMap")
                .properties()
                .forEach(
                        it -> {
                            if (it.getValue().isTextual()) {
                                map.put(it.getKey(), it.getValue().textValue());
                            }
                        });
        return map;
    }

    /// The page for people.
    public Optional<URI> url() {
        return Members.uri(json, "url");
    }

    public Optional<URI> inReplyTo() {
        return Members.uri(json, "inReplyTo");
    }

    public Optional<Place> location() {
        return Members.objects(json, "location").stream().findFirst().map(Place::new);
    }

    /// Names of the hashtags, with their `#`.
    public List<String> hashtags() {
        return Members.objects(json, "tag").stream()
                .filter(it -> "Hashtag".equals(it.path("type").asText()))
                .flatMap(it -> Members.text(it, "name").stream())
                .toList();
    }
}
