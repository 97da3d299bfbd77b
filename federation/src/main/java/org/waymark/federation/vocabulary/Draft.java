// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/// Writes a thing in the one form we send: members in the order given, `to` and `cc` always as
/// arrays, instants in UTC to the second, `@context` first and only on whole documents.
///
/// Not for sharing between threads. Setting a member again replaces it.
public final class Draft {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private Draft(String type) {
        json.put("type", type);
    }

    /// A thing with an id.
    public static Draft of(String type, URI id) {
        return new Draft(type).set("id", id);
    }

    /// A thing without one, such as a `Place`.
    public static Draft anonymous(String type) {
        return new Draft(type);
    }

    /// An activity: an id and who did it.
    public static Draft activity(String type, URI id, URI actor) {
        return of(type, id).set("actor", actor);
    }

    public Draft set(String member, String value) {
        json.put(member, value);
        return this;
    }

    public Draft set(String member, URI value) {
        return set(member, value.toString());
    }

    public Draft set(String member, long value) {
        json.put(member, value);
        return this;
    }

    public Draft set(String member, Instant value) {
        return set(member, value.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    public Draft set(String member, JsonNode value) {
        json.set(member, value);
        return this;
    }

    public Draft set(String member, Draft value) {
        return set(member, value.json());
    }

    /// Always an array, also for one value.
    public Draft all(String member, Collection<URI> values) {
        var array = json.putArray(member);
        values.forEach(it -> array.add(it.toString()));
        return this;
    }

    public Draft to(URI... recipients) {
        return all("to", List.of(recipients));
    }

    public Draft cc(URI... recipients) {
        return all("cc", List.of(recipients));
    }

    /// The thing alone, to be embedded in another.
    public ObjectNode json() {
        return json.deepCopy();
    }

    /// The thing as a document of its own, with `@context`.
    public ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("@context", Contexts.sent());
        document.setAll(json());
        return document;
    }

    /// The document as bytes to sign and send.
    public byte[] bytes() {
        return StrictJson.write(document());
    }
}
