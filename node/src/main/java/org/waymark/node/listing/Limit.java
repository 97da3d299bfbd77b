// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How widely and precisely a listing may be seen at most, as it was when that became less.
record Limit(boolean closed, Review.State review, Kind kind, Reach reach, Place place) {

    static Limit of(ListingRow row) {
        return new Limit(
                row.status() == Status.DEFUNCT,
                row.review().state(),
                row.kind(),
                row.reach(),
                row.place());
    }

    /// Whether something of the listing can be seen under another limit and not under this one.
    boolean isBelow(Limit other) {
        return (closed && !other.closed)
                || (review != Review.State.PUBLISHED && other.review == Review.State.PUBLISHED)
                || (kind == Kind.ENFORCEMENT && other.kind != Kind.ENFORCEMENT)
                || reach.raisesTo(other.reach)
                || place.raisesTo(other.place);
    }

    /// Whether nothing can be below it.
    boolean isWidest() {
        return !closed
                && review == Review.State.PUBLISHED
                && kind != Kind.ENFORCEMENT
                && reach == Reach.PUBLIC
                && place == Place.EXACT;
    }

    Limit phoneOnly() {
        return new Limit(closed, review, kind, reach, Place.PHONE_ONLY);
    }

    /// A ruling as far as it stays within this limit. A wish of one person to show more is void: it
    /// may be older than the limit.
    Ruling narrow(Ruling ruling) {
        if (!isBelow(
                new Limit(
                        false,
                        ruling.review().state(),
                        ruling.kind(),
                        ruling.reach(),
                        ruling.place()))) {
            return ruling;
        }
        return new Ruling(
                kind == Kind.ENFORCEMENT ? kind : ruling.kind(),
                narrow(ruling.reach()),
                place.raisesTo(ruling.place()) ? place : ruling.place(),
                new Review(
                        review == Review.State.PUBLISHED ? ruling.review().state() : review,
                        ruling.review().reasons(),
                        Optional.empty()));
    }

    private Reach narrow(Reach other) {
        if (!reach.raisesTo(other)) {
            return other;
        }
        // Partners and visitors are other people: what was limited to the ones and then to the
        // others is for neither.
        return other.raisesTo(reach) ? Reach.STAFF : reach;
    }

    String text() {
        return String.join(
                " ",
                closed ? "CLOSED" : "OPEN",
                review.name(),
                kind.name(),
                reach.name(),
                place.name());
    }

    static Limit parse(String text) {
        var words = List.of(text.split(" "));
        if (words.size() != 5 || !Set.of("CLOSED", "OPEN").contains(words.getFirst())) {
            throw new IllegalArgumentException(text);
        }
        return new Limit(
                words.get(0).equals("CLOSED"),
                Review.State.valueOf(words.get(1)),
                Kind.valueOf(words.get(2)),
                Reach.valueOf(words.get(3)),
                Place.valueOf(words.get(4)));
    }
}
