// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Thing;

/// A vouch as it travels: `waymark:Vouch`, with the proof of the organisation that gives it
/// (FEP-8b32). The JSON is kept as it was signed.
record VouchDocument(
        ObjectNode json, URI id, URI voucher, URI about, Instant givenAt, Instant endsAt) {

    static final String TYPE = "waymark:Vouch";

    // 1 h: how much clocks may differ (federation.md, Signatures).
    private static final Duration SKEW = Duration.ofHours(1);

    // 366 days: a year, in leap years too. Who writes a later end says no more than that.
    private static final Duration LONGEST = Duration.ofDays(366);

    /// What is to be signed.
    static ObjectNode write(URI id, URI voucher, Vouch vouch) {
        return Draft.of(TYPE, id)
                .set("attributedTo", voucher)
                .set("object", vouch.about())
                .set("published", vouch.givenAt())
                .set("endTime", vouch.endsAt())
                .json();
    }

    /// What is said at its address once it was taken back or has ended.
    static Draft tombstone(URI id) {
        return Draft.of("Tombstone", id).set("formerType", TYPE);
    }

    /// Reads one; empty when something is missing, or when its giver speaks for another server.
    static Optional<VouchDocument> read(ObjectNode json) {
        return Thing.read(json)
                .found()
                .filter(it -> it.type().equals(TYPE))
                .flatMap(VouchDocument::read);
    }

    private static Optional<VouchDocument> read(Thing thing) {
        var id = thing.uri();
        var voucher = thing.attributedTo();
        var about = thing.reference("object").flatMap(it -> it.id());
        var givenAt = thing.published();
        var endsAt =
                instant(thing.json().path("endTime").asText())
                        .flatMap(it -> givenAt.map(from -> earlier(it, from.plus(LONGEST))));
        if (id.isEmpty()
                || voucher.size() != 1
                || about.isEmpty()
                || givenAt.isEmpty()
                || endsAt.isEmpty()
                || !Origins.same(id.get(), voucher.getFirst())) {
            return Optional.empty();
        }
        return Optional.of(
                new VouchDocument(
                        thing.json(),
                        id.get(),
                        voucher.getFirst(),
                        about.get(),
                        givenAt.get(),
                        endsAt.get()));
    }

    /// Whether it says something at a moment.
    boolean stands(Instant now) {
        return !givenAt.isAfter(now.plus(SKEW)) && now.isBefore(endsAt);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
