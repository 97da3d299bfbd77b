// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something people read, answer and pass on: one record for each type servers post, all with an id
/// that is checked when the record is made.
public sealed interface Post extends Thing
        permits Note, Post.Article, Post.Event, Post.Page, Post.Question {

    /// A longer text with a title, as blogs send it.
    record Article(ObjectNode json) implements Post {
        public Article {
            requireId(json);
        }
    }

    /// Something people can go to (Mobilizon).
    record Event(ObjectNode json) implements Post {
        public Event {
            requireId(json);
        }

        public Optional<Instant> startTime() {
            return Members.instant(json, "startTime");
        }

        public Optional<Instant> endTime() {
            return Members.instant(json, "endTime");
        }
    }

    /// A thread's first post in a group (Lemmy).
    record Page(ObjectNode json) implements Post {
        public Page {
            requireId(json);
        }
    }

    /// A poll. Activity Streams counts it among the activities; servers send it as a post.
    record Question(ObjectNode json) implements Post {
        public Question {
            requireId(json);
        }

        /// The choices of which one may be taken, or else those of which any may be.
        public List<String> choices() {
            var one = Members.objects(json, "oneOf");
            return (one.isEmpty() ? Members.objects(json, "anyOf") : one)
                    .stream().flatMap(it -> Members.text(it, "name").stream()).toList();
        }

        /// When voting ends or ended.
        public Optional<Instant> endTime() {
            return Members.instant(json, "endTime");
        }
    }

    default URI id() {
        return uri().orElseThrow();
    }

    default Optional<URI> inReplyTo() {
        return Members.uri(json(), "inReplyTo");
    }

    default Optional<Place> location() {
        return Members.objects(json(), "location").stream().findFirst().map(Place::new);
    }

    /// Names of the hashtags, with their `#`.
    default List<String> hashtags() {
        return Members.objects(json(), "tag").stream()
                .filter(it -> "Hashtag".equals(it.path("type").asText()))
                .flatMap(it -> Members.text(it, "name").stream())
                .toList();
    }

    /// The actors that the text names.
    default List<URI> mentions() {
        return Members.objects(json(), "tag").stream()
                .filter(it -> "Mention".equals(it.path("type").asText()))
                .flatMap(it -> Members.uri(it, "href").stream())
                .toList();
    }

    /// Pictures, sounds and links that belong to it; nothing of them is fetched.
    default List<Media> attachments() {
        return Members.objects(json(), "attachment").stream().map(Media::new).toList();
    }

    private static void requireId(ObjectNode json) {
        if (Members.text(json, "id").flatMap(Members::absolute).isEmpty()) {
            throw new Incomplete("id-missing");
        }
    }
}
