// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;

/// How widely a listing may be seen, and what a person still has to say about it.
record Ruling(Kind kind, Reach reach, Place place, Review review) {

    static Ruling of(ListingRow row) {
        return new Ruling(row.kind(), row.reach(), row.place(), row.review());
    }

    /// What safety rules 1, 2 and 4 make of a service that comes in: a new one with any reason for
    /// caution waits for a person, out of sight. What a person decided before stays, until the
    /// service gives a reason that this person did not know of.
    static Ruling ofIncoming(Kind kind, Set<Review.Reason> reasons, Optional<ListingRow> before) {
        if (before.isEmpty()) {
            return reasons.isEmpty()
                    ? new Ruling(kind, Reach.PUBLIC, Place.EXACT, Review.none())
                    : waiting(kind, reasons);
        }
        var known = before.get().review().reasons();
        if (known.containsAll(reasons)) {
            return of(before.get());
        }
        var all = EnumSet.copyOf(reasons);
        all.addAll(known);
        var waiting = waiting(before.get().kind(), all);
        return new Ruling(
                waiting.kind(),
                withinSite(before.get().reach()),
                waiting.place(),
                waiting.review());
    }

    /// A reason shows a listing to nobody more.
    private static Reach withinSite(Reach before) {
        return before == Reach.PUBLIC ? Reach.SITE : before;
    }

    private static Ruling waiting(Kind kind, Set<Review.Reason> reasons) {
        return new Ruling(
                reasons.contains(Review.Reason.ENFORCEMENT) ? Kind.ENFORCEMENT : kind,
                Reach.SITE,
                Place.PHONE_ONLY,
                new Review(Review.State.WAITING, reasons, Optional.empty()));
    }

    /// This ruling where a text names a house that no listing tells, which nobody knew who ruled so
    /// far: only staff see it until two people agree.
    Ruling naming() {
        return review.reasons().contains(Review.Reason.HIDDEN_HOUSE) ? this : forStaff();
    }

    /// The same where others wrote a text that names one after people had agreed to another.
    Ruling namingMore() {
        return review.isPublished() ? forStaff() : naming();
    }

    private Ruling forStaff() {
        var all = EnumSet.of(Review.Reason.HIDDEN_HOUSE);
        all.addAll(review.reasons());
        return new Ruling(
                kind,
                Reach.STAFF,
                Place.PHONE_ONLY,
                new Review(Review.State.WAITING, all, Optional.empty()));
    }

    /// This ruling of an earlier time, as far as it may stand beside what is made of the same
    /// service now: one that shows more of protected people, or was made by somebody who did not
    /// know a reason, waits for a person.
    Ruling knowing(Ruling incoming) {
        var now = incoming.review.reasons();
        if (now.isEmpty() || (!showsMoreThan(incoming) && review.reasons().containsAll(now))) {
            return this;
        }
        var all = EnumSet.copyOf(now);
        all.addAll(review.reasons());
        var narrow =
                new Limit(
                                false,
                                Review.State.PUBLISHED,
                                incoming.kind,
                                incoming.reach,
                                incoming.place)
                        .narrow(this);
        var state = review.isPublished() ? Review.State.WAITING : review.state();
        return new Ruling(
                narrow.kind, narrow.reach, narrow.place, new Review(state, all, Optional.empty()));
    }

    /// Whether it shows more than another ruling, to anyone.
    boolean showsMoreThan(Ruling other) {
        return other.reach.raisesTo(reach)
                || other.place.raisesTo(place)
                || (other.kind == Kind.ENFORCEMENT && kind != Kind.ENFORCEMENT);
    }

    /// How widely staff want a listing to be seen.
    record Wish(Kind kind, Reach reach, Place place) {

        static Wish of(ListingRow row) {
            return new Wish(row.kind(), row.reach(), row.place());
        }

        /// What this changes of the wish that it began from, and all else as it is now.
        Wish on(Wish now, Wish from) {
            return new Wish(
                    kind == from.kind ? now.kind : kind,
                    reach == from.reach ? now.reach : reach,
                    place == from.place ? now.place : place);
        }
    }

    /// What staff wish for their own listing. For protected people it stays on this site and by
    /// phone, and what more they wish for waits for a second person; so does everything that shows
    /// more than before.
    static Ruling ofWish(
            Acting acting, Wish wanted, Set<Review.Reason> reasons, Optional<ListingRow> before) {
        var known = before.map(row -> row.review().reasons()).orElse(Set.of());
        var all = EnumSet.noneOf(Review.Reason.class);
        all.addAll(known);
        all.addAll(reasons);
        var state = before.map(row -> row.review().state()).orElse(Review.State.PUBLISHED);
        // What was proposed still waits when this changes nothing in who sees it.
        var proposal =
                before.filter(row -> Wish.of(row).equals(wanted))
                        .filter(_ -> known.containsAll(reasons))
                        .flatMap(row -> row.review().proposal());
        var wish =
                new Ruling(
                        wanted.kind(),
                        wanted.reach(),
                        wanted.place(),
                        new Review(state, all, proposal));
        var limit =
                known.containsAll(reasons)
                        ? before.map(Ruling::of).orElse(wish)
                        : new Ruling(
                                reasons.contains(Review.Reason.ENFORCEMENT)
                                        ? Kind.ENFORCEMENT
                                        : wanted.kind(),
                                before.map(it -> withinSite(it.reach())).orElse(Reach.SITE),
                                Place.PHONE_ONLY,
                                wish.review());
        var ruling = wish.within(limit, acting);
        return reasons.contains(Review.Reason.OFFER) && !known.contains(Review.Reason.OFFER)
                ? ruling.waitingFor(wish, acting)
                : ruling;
    }

    /// This ruling, unpublished until a second person wishes for the same.
    private Ruling waitingFor(Ruling wish, Acting acting) {
        var proposal = new Review.Proposal(wish.kind, wish.reach, wish.place, acting.account());
        return new Ruling(
                kind,
                reach,
                place,
                new Review(Review.State.WAITING, review.reasons(), Optional.of(proposal)));
    }

    /// This ruling, unpublished again until people have looked.
    Ruling waitingAgain() {
        return new Ruling(
                kind,
                reach,
                place,
                new Review(Review.State.WAITING, review.reasons(), Optional.empty()));
    }

    /// This ruling as far as one person may bring it about alone; the rest is proposed.
    private Ruling within(Ruling limit, Acting acting) {
        if (!showsMoreThan(limit)) {
            return this;
        }
        return new Ruling(
                limit.kind == Kind.ENFORCEMENT ? limit.kind : kind,
                limit.reach.raisesTo(reach) ? limit.reach : reach,
                limit.place.raisesTo(place) ? limit.place : place,
                new Review(
                        limit.review.state(),
                        review.reasons(),
                        Optional.of(new Review.Proposal(kind, reach, place, acting.account()))));
    }

    /// This ruling at a place of which no more may be told without a second person, who knows it.
    /// What another wished for was not for this place.
    Ruling atMost(Place most, Acting acting) {
        var wished = review.proposal().map(Review.Proposal::place).orElse(place);
        if (!most.raisesTo(wished) && !most.raisesTo(place)) {
            return this;
        }
        var own = review.proposal().filter(it -> it.by().equals(acting.account())).isPresent();
        return most.raisesTo(place) || own
                ? at(most.raisesTo(place) ? most : place, proposal(acting.account()))
                : at(place, Optional.empty());
    }

    /// This ruling where a place came to be that of a hidden house, which nobody decided for this
    /// service: as it was is now a wish of whoever wrote it. A node wishes for nothing, and nobody
    /// takes over the wish of another: then it takes two people yet.
    Ruling below(Place most, AccountId by) {
        return most.raisesTo(place) ? at(most, proposal(by)) : this;
    }

    private Optional<Review.Proposal> proposal(AccountId by) {
        if (by.equals(Acting.node().account())) {
            return Optional.empty();
        }
        return review.proposal().isPresent()
                ? review.proposal().filter(it -> it.by().equals(by))
                : Optional.of(new Review.Proposal(kind, reach, place, by));
    }

    private Ruling at(Place place, Optional<Review.Proposal> proposal) {
        return new Ruling(
                kind, reach, place, new Review(review.state(), review.reasons(), proposal));
    }

    /// A person's decision to publish. The second person who asks for the same makes it so.
    Ruling published(Acting acting, Kind kind, Reach reach, Place place) {
        var wish =
                new Ruling(
                        kind,
                        reach,
                        place,
                        new Review(Review.State.PUBLISHED, review.reasons(), Optional.empty()));
        var agreed =
                review.proposal()
                        .filter(
                                it ->
                                        it.kind() == kind
                                                && it.reach() == reach
                                                && it.place() == place)
                        .filter(it -> !it.by().equals(acting.account()))
                        .isPresent();
        if (agreed) {
            return wish;
        }
        // Who offers a room, a job or a lift is known to two people before anybody else sees it.
        return review.reasons().contains(Review.Reason.OFFER) && !review.isPublished()
                ? waitingFor(wish, acting)
                : wish.within(this, acting);
    }

    /// A person's decision not to publish.
    Ruling held() {
        return new Ruling(
                kind,
                reach,
                place,
                new Review(Review.State.HELD, review.reasons(), Optional.empty()));
    }
}
