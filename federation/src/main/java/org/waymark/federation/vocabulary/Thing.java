// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Anything ActivityStreams can name (Activity Streams 2.0, section 4). Every record here is a
/// typed view on the JSON it was read from, so no member is ever lost and what was verified is what
/// is processed; two things are equal when their JSON is. The JSON belongs to the record: do not
/// change it afterwards.
public sealed interface Thing
        permits Activity,
                Actor,
                Note,
                OrderedCollection,
                OrderedCollectionPage,
                Other,
                Place,
                Tombstone {

    /// Everything that was said, unknown members included. Jackson writes a thing as this.
    @JsonValue
    ObjectNode json();

    /// The first type named.
    default String type() {
        return Members.text(json(), "type").orElse("");
    }

    /// Where it lives; absent for anonymous objects such as a `Place`.
    default Optional<URI> uri() {
        return Members.text(json(), "id").flatMap(Members::absolute);
    }

    default Optional<String> name() {
        return Members.text(json(), "name");
    }

    default List<URI> attributedTo() {
        return Members.uris(json(), "attributedTo");
    }

    default List<URI> to() {
        return Members.uris(json(), "to");
    }

    default List<URI> cc() {
        return Members.uris(json(), "cc");
    }

    /// The conversation or larger thing this belongs to.
    default Optional<URI> context() {
        return Members.uri(json(), "context");
    }

    default Optional<Instant> published() {
        return Members.instant(json(), "published");
    }

    default Optional<Instant> updated() {
        return Members.instant(json(), "updated");
    }

    /// `waymark:version`: milliseconds, always growing; the higher one is newer whatever arrived
    /// first.
    default OptionalLong version() {
        return Members.number(json(), Contexts.VERSION);
    }

    /// `waymark:sealed`: content encrypted to the receiver, base64url; carried here, opened
    /// elsewhere.
    default Optional<String> sealed() {
        return Members.text(json(), Contexts.SEALED);
    }

    /// A member by its name, when it holds text or an array beginning with text.
    default Optional<String> text(String member) {
        return Members.text(json(), member);
    }

    /// What a member names, first value only.
    default Optional<Reference> reference(String member) {
        return Members.reference(json(), member);
    }

    /// Reads by the first type that is known to us.
    ///
    /// Refusals: `type-missing`, `id-missing`, `actor-missing`, `inbox-missing`,
    /// `too-many-recipients`, `too-many-tags`, `name-too-long`, `content-too-long`.
    static Reading<Thing> read(ObjectNode json) {
        return Limits.check(json).then(Types::read);
    }
}
