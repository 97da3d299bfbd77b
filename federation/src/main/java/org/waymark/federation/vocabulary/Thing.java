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
                Media,
                OrderedCollection,
                OrderedCollectionPage,
                Other,
                Place,
                Post,
                Tombstone,
                UnorderedCollection {

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

    default LanguageMap nameMap() {
        return Members.languages(json(), "nameMap");
    }

    /// HTML as it was sent: sanitise before showing it.
    default Optional<String> content() {
        return Members.text(json(), "content");
    }

    /// HTML by language, as it was sent.
    default LanguageMap contentMap() {
        return Members.languages(json(), "contentMap");
    }

    /// HTML as it was sent; on a post it is a warning that stands before the content.
    default Optional<String> summary() {
        return Members.text(json(), "summary");
    }

    default LanguageMap summaryMap() {
        return Members.languages(json(), "summaryMap");
    }

    /// The page for people, or where a medium's bytes are; the first where there are several.
    default Optional<URI> url() {
        return Members.links(json(), "url").stream()
                .findFirst()
                .or(() -> Members.links(json(), "href").stream().findFirst());
    }

    default List<URI> attributedTo() {
        return Members.uris(json(), "attributedTo");
    }

    default List<URI> to() {
        return Members.addressees(json(), "to");
    }

    default List<URI> cc() {
        return Members.addressees(json(), "cc");
    }

    /// Others it concerns, such as the group it was posted in.
    default List<URI> audience() {
        return Members.addressees(json(), "audience");
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
