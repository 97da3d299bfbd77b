// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Draft;

/// What one side signs when a listing passes from an organisation to another, as it travels:
/// `waymark:HandOver`. Who gives it names the listing and who takes it; who takes it answers that
/// document and names the listing's new id. The JSON is kept as it was signed.
public record HandOverDocument(ObjectNode json) {

    static final String TYPE = "waymark:HandOver";
    static final String MEMBER = "waymark:handOver";

    private static final String LISTING = "waymark:listing";
    private static final String SUCCESSOR = "waymark:successor";
    private static final String NEW_LISTING = "waymark:newListing";

    static ObjectNode give(URI id, URI giver, URI taker, URI listing, Instant now) {
        return Draft.of(TYPE, id)
                .set("attributedTo", giver)
                .set(SUCCESSOR, taker)
                .set(LISTING, listing)
                .set("published", now)
                .json();
    }

    /// @param page for people
    static ObjectNode take(URI id, HandOverDocument given, URI newListing, URI page, Instant now) {
        return Draft.of(TYPE, id)
                .set("attributedTo", given.taker())
                .set("context", given.id())
                .set(SUCCESSOR, given.taker())
                .set(LISTING, given.listing())
                .set(NEW_LISTING, newListing)
                .set("url", page)
                .set("published", now)
                .json();
    }

    /// Reads what is said of a listing by who gives it; empty when it is none, or of others.
    static Optional<HandOverDocument> readGiven(JsonNode json) {
        return read(json)
                .filter(it -> it.author().isPresent())
                .filter(it -> it.uri(SUCCESSOR).isPresent())
                .filter(it -> it.uri(LISTING).isPresent())
                .filter(it -> Origins.same(it.giver(), it.listing()))
                .filter(it -> Origins.same(it.giver(), it.id()))
                .filter(it -> !it.giver().equals(it.taker()));
    }

    /// Reads the answer to that by who takes it; empty when it does not fit.
    static Optional<HandOverDocument> readTaken(JsonNode json, HandOverDocument given) {
        return read(json)
                .filter(it -> it.author().equals(Optional.of(given.taker())))
                .filter(it -> it.uri("context").equals(Optional.of(given.id())))
                .filter(it -> it.uri(SUCCESSOR).equals(Optional.of(given.taker())))
                .filter(it -> it.uri(LISTING).equals(Optional.of(given.listing())))
                .filter(it -> it.uri(NEW_LISTING).isPresent() && it.uri("url").isPresent())
                .filter(it -> Origins.same(given.taker(), it.newListing()))
                .filter(it -> Origins.same(given.taker(), it.page()))
                .filter(it -> Origins.same(given.taker(), it.id()))
                .filter(it -> !it.newListing().equals(given.listing()));
    }

    private static Optional<HandOverDocument> read(JsonNode json) {
        return json instanceof ObjectNode object && object.path("type").asText("").equals(TYPE)
                ? Optional.of(new HandOverDocument(object)).filter(it -> it.uri("id").isPresent())
                : Optional.empty();
    }

    URI id() {
        return uri("id").orElseThrow();
    }

    private Optional<URI> author() {
        return uri("attributedTo");
    }

    URI giver() {
        return author().orElseThrow();
    }

    URI taker() {
        return uri(SUCCESSOR).orElseThrow();
    }

    URI listing() {
        return uri(LISTING).orElseThrow();
    }

    URI newListing() {
        return uri(NEW_LISTING).orElseThrow();
    }

    URI page() {
        return uri("url").orElseThrow();
    }

    private Optional<URI> uri(String member) {
        var text = json.path(member).asText("");
        try {
            var uri = URI.create(text);
            return text.length() <= 1_000 && uri.isAbsolute() && uri.getRawAuthority() != null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
