// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reading members leniently: one value or an array of them, a link or an object with an id, a date
/// with any offset. What cannot be understood is absent, never an error.
final class Members {
    private static final Set<String> PUBLIC = Set.of("as:Public", "Public");

    private Members() {}

    static List<JsonNode> values(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            return List.of(value);
        }
        var values = new ArrayList<JsonNode>(value.size());
        value.forEach(values::add);
        return values;
    }

    static List<String> texts(JsonNode node, String member) {
        return found(values(node, member), Members::textOf);
    }

    static Optional<String> text(JsonNode node, String member) {
        return firstFound(values(node, member), Members::textOf);
    }

    static List<URI> uris(JsonNode node, String member) {
        return found(values(node, member), it -> reference(it).flatMap(Reference::id));
    }

    static Optional<URI> uri(JsonNode node, String member) {
        return firstFound(values(node, member), it -> reference(it).flatMap(Reference::id));
    }

    /// Actors and collections addressed; everyone under the one name for it (ActivityPub, section
    /// 5.6, allows three).
    static List<URI> addressees(JsonNode node, String member) {
        return found(
                values(node, member),
                it ->
                        it.isTextual() && PUBLIC.contains(it.textValue())
                                ? Optional.of(Contexts.PUBLIC)
                                : reference(it).flatMap(Reference::id));
    }

    static List<Reference> references(JsonNode node, String member) {
        return found(values(node, member), Members::reference);
    }

    static Optional<Reference> reference(JsonNode node, String member) {
        return firstFound(values(node, member), Members::reference);
    }

    /// Addresses written as text or as `Link` objects, which carry theirs in `href`; an object of
    /// another kind is where its own `url` says.
    static List<URI> links(JsonNode node, String member) {
        return values(node, member).stream()
                .flatMap(
                        it ->
                                it.isTextual()
                                        ? absolute(it.textValue()).stream()
                                        : Stream.of("href", "url")
                                                .flatMap(name -> text(it, name).stream())
                                                .flatMap(text -> absolute(text).stream())
                                                .limit(1))
                .toList();
    }

    static LanguageMap languages(JsonNode node, String member) {
        var texts = new LinkedHashMap<String, String>();
        for (var entry : node.path(member).properties()) {
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            }
        }
        return new LanguageMap(texts);
    }

    static List<ObjectNode> objects(JsonNode node, String member) {
        return values(node, member).stream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }

    static Optional<Instant> instant(JsonNode node, String member) {
        return text(node, member)
                .flatMap(
                        it -> {
                            try {
                                return Optional.of(OffsetDateTime.parse(it).toInstant());
                            } catch (DateTimeException e) {
                                return Optional.empty();
                            }
                        });
    }

    static OptionalLong number(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isIntegralNumber() && value.canConvertToLong()
                ? OptionalLong.of(value.longValue())
                : OptionalLong.empty();
    }

    // Loops: this is read of every activity again and again, and streams would be half of the cost.

    private static <T> List<T> found(
            List<JsonNode> values, Function<JsonNode, Optional<T>> reading) {
        var found = new ArrayList<T>(values.size());
        for (var value : values) {
            reading.apply(value).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private static <T> Optional<T> firstFound(
            List<JsonNode> values, Function<JsonNode, Optional<T>> reading) {
        for (var value : values) {
            var found = reading.apply(value);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> textOf(JsonNode value) {
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    /// An absolute URI with a scheme, as every id on the wire must be.
    static Optional<URI> absolute(String text) {
        try {
            URI uri = new URI(text);
            return uri.isAbsolute() ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Reference> reference(JsonNode value) {
        if (value.isTextual()) {
            return absolute(value.textValue()).map(Reference.Link::new);
        }
        return value instanceof ObjectNode object
                ? Optional.of(new Reference.Embedded(object))
                : Optional.empty();
    }
}
