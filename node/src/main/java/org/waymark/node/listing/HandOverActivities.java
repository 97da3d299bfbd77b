// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.exchange.TheirProofs;
import org.waymark.node.listing.HandOver.Side;
import org.waymark.node.listing.HandOver.State;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.Peers;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

/// Takes in what partners say about listings that change hands: offers to us, answers to ours, and
/// that a listing passed from one of them to another. What was signed carries the proof of the
/// organisation that says it.
public final class HandOverActivities {

    // 500 that wait from one partner: more than anybody decides one by one.
    private static final int MOST_OPEN = 500;

    // 3 d: a server that was down over a weekend; after that it has read what we took back.
    private static final Duration LONGEST_CROSSING = Duration.ofDays(3);

    private final Database database;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final Peers peers;
    private final Agreements agreements;
    private final HandOvers handOvers;
    private final ListingCopies copies;
    private final TheirProofs proofs;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public HandOverActivities(
            Database database,
            LocalActors actors,
            RemoteActors remoteActors,
            Peers peers,
            Agreements agreements,
            HandOvers handOvers,
            Listings listings,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.peers = peers;
        this.agreements = agreements;
        this.handOvers = handOvers;
        this.copies = new ListingCopies(listings.directory(), agreements, clock, ids);
        this.proofs = new TheirProofs(remoteActors, clock);
        this.clock = clock;
        this.ids = ids;
    }

    /// Whether a `Move` is of a listing.
    public static boolean isOfListing(ReceivedActivity received) {
        return received.activity().json().has(HandOverDocument.MEMBER);
    }

    /// `Offer`: an organisation wants ours to take a listing. Staff decide.
    public Result offered(ReceivedActivity received) {
        var offer = received.activity();
        var given = HandOverDocument.readGiven(embedded(offer.object()));
        var receiver = received.receiver();
        if (receiver.isEmpty() || given.isEmpty()) {
            return new Result.Refused("hand-over-not-readable");
        }
        if (!given.get().giver().equals(offer.actor())
                || !given.get().taker().equals(actors.of(receiver.get()).id())) {
            return new Result.Refused("hand-over-of-others");
        }
        if (proofs.verify(offer.actor(), given.get().json())
                instanceof Reading.Refused<VerificationKey>(var code)) {
            return new Result.Refused(code);
        }
        return database.write(tx -> offered(tx, offer, given.get(), receiver.get()));
    }

    private Result offered(
            Transaction tx, Activity offer, HandOverDocument given, OrganizationId heir) {
        if (!peers.isActive(Acting.node(), tx, offer.actor())) {
            return new Result.NotYet("peering-not-accepted");
        }
        if (HandOverTable.findByOffer(tx, Side.TAKEN, offer.id()).isPresent()) {
            return new Result.Done();
        }
        if (HandOverTable.countOpenFrom(tx, offer.actor()) >= MOST_OPEN) {
            return new Result.Refused("too-many-hand-overs");
        }
        var copy =
                ListingTable.findByUri(tx, given.listing())
                        .filter(row -> row.origin() instanceof Origin.Copy)
                        .filter(row -> !row.foldedName().isEmpty());
        HandOverTable.put(
                tx,
                new HandOver(
                        ids.get(),
                        Side.TAKEN,
                        State.OFFERED,
                        heir,
                        given.listing(),
                        copy.map(HandOvers::name).orElse(given.listing().toString()),
                        offer.actor(),
                        name(offer.actor()),
                        offer.id(),
                        given,
                        Optional.empty(),
                        clock.instant()));
        return new Result.Done();
    }

    /// `Accept` of an offer of ours, with what the other signed in `result`.
    public Result accepted(ReceivedActivity received) {
        var accept = received.activity();
        var offered = find(Side.GIVEN, accept);
        if (offered.isEmpty()) {
            return new Result.Refused("no-such-hand-over");
        }
        var taken = HandOverDocument.readTaken(embedded(accept.result()), offered.get().given());
        if (taken.isEmpty()) {
            return new Result.Refused("hand-over-not-readable");
        }
        if (proofs.verify(accept.actor(), taken.get().json())
                instanceof Reading.Refused<VerificationKey>(var code)) {
            return new Result.Refused(code);
        }
        return database.write(
                tx -> {
                    var now = HandOverTable.find(tx, offered.get().id()).orElseThrow();
                    if (now.state() == State.DECLINED) {
                        return refused(tx, now, "hand-over-declined");
                    }
                    if (now.state() == State.ACCEPTED) {
                        return new Result.Done();
                    }
                    if (HandOverTable.findGiven(tx, now.listing()).isPresent()) {
                        return refused(tx, now, "hand-over-of-given");
                    }
                    if (now.state() == State.TAKEN_BACK && !mayHaveCrossed(tx, now)) {
                        return refused(tx, now, "hand-over-taken-back");
                    }
                    handOvers.complete(tx, now, taken.get());
                    return new Result.Done();
                });
    }

    /// Who took it believes that it has it.
    private Result refused(Transaction tx, HandOver offered, String code) {
        handOvers.tellTooLate(tx, offered);
        return new Result.Refused(code);
    }

    /// Whether an answer may have been on its way when we took the offer back, and can still be
    /// kept to.
    private boolean mayHaveCrossed(Transaction tx, HandOver takenBack) {
        return !clock.instant().isAfter(takenBack.changedAt().plus(LONGEST_CROSSING))
                && ListingTable.findByUri(tx, takenBack.listing())
                        .filter(row -> HandOvers.mayGo(row, false))
                        .isPresent();
    }

    /// `Reject` of an offer of ours; or of our answer to theirs, which came too late.
    public Result declined(ReceivedActivity received) {
        return find(Side.TAKEN, received.activity())
                .map(taken -> database.write(tx -> tooLate(tx, taken.id())))
                .orElseGet(() -> end(received, Side.GIVEN, State.DECLINED));
    }

    /// A person decides what becomes of the listing: people may have been sent to it.
    private Result tooLate(Transaction tx, UUID id) {
        var now = HandOverTable.find(tx, id).orElseThrow();
        return switch (now.state()) {
            case ACCEPTED -> {
                HandOverTable.put(tx, now.to(State.TOO_LATE, clock.instant()));
                yield new Result.Done();
            }
            case TOO_LATE -> new Result.Done();
            case OFFERED, DECLINED, TAKEN_BACK -> new Result.Refused("no-such-hand-over");
        };
    }

    /// `Undo` of an offer to us. Too late when we have it already.
    public Result takenBack(ReceivedActivity received) {
        return end(received, Side.TAKEN, State.TAKEN_BACK);
    }

    private Result end(ReceivedActivity received, Side side, State to) {
        var found = find(side, received.activity());
        if (found.isEmpty()) {
            return new Result.Refused("no-such-hand-over");
        }
        return database.write(
                tx -> {
                    var now = HandOverTable.find(tx, found.get().id()).orElseThrow();
                    if (now.state() == State.ACCEPTED) {
                        return new Result.Refused("hand-over-accepted");
                    }
                    HandOverTable.put(tx, now.to(to, clock.instant()));
                    return new Result.Done();
                });
    }

    private Optional<HandOver> find(Side side, Activity about) {
        return about.object()
                .flatMap(Reference::id)
                .flatMap(it -> database.read(tx -> HandOverTable.findByOffer(tx, side, it)))
                .filter(it -> it.other().equals(about.actor()));
    }

    /// `Move` of a listing from one partner to another: with both signatures, the copy here goes
    /// along, if we receive what its new owner publishes. If not, the old owner's `Delete` ends it.
    public Result moved(ReceivedActivity received) {
        var move = received.activity();
        var both = move.json().path(HandOverDocument.MEMBER);
        var given = HandOverDocument.readGiven(both.path(0));
        var taken = given.flatMap(it -> HandOverDocument.readTaken(both.path(1), it));
        if (taken.isEmpty() || both.size() != 2) {
            return new Result.Refused("hand-over-not-readable");
        }
        var listing = given.get().listing();
        if (!given.get().giver().equals(move.actor())
                || !move.object().flatMap(Reference::id).equals(Optional.of(listing))
                || !move.target()
                        .flatMap(Reference::id)
                        .equals(Optional.of(taken.get().newListing()))) {
            return new Result.Refused("hand-over-of-others");
        }
        URI heir = given.get().taker();
        if (actors.isOurs(heir)
                || !agreements.copiesFrom(Acting.node(), move.actor())
                || !agreements.copiesFrom(Acting.node(), heir)) {
            return new Result.Done();
        }
        if (proofs.verify(move.actor(), given.get().json())
                instanceof Reading.Refused<VerificationKey>(var code)) {
            return new Result.Refused(code);
        }
        if (proofs.verify(heir, taken.get().json())
                instanceof Reading.Refused<VerificationKey>(var code)) {
            return new Result.Refused(code);
        }
        var heirName = name(heir);
        database.run(
                tx -> {
                    // Whoever hides the copies of one of them comes before this, or after it.
                    var former = agreements.copiesFrom(Acting.node(), tx, move.actor());
                    if (agreements.copiesFrom(Acting.node(), tx, heir) && former) {
                        copies.changeOwner(
                                tx,
                                move.actor(),
                                listing,
                                heir,
                                heirName,
                                taken.get().newListing());
                    }
                });
        return new Result.Done();
    }

    private String name(URI actor) {
        return PlainText.of(ListingActivities.name(remoteActors, actor), 500);
    }

    private static JsonNode embedded(Optional<Reference> reference) {
        return reference
                .filter(Reference.Embedded.class::isInstance)
                .<JsonNode>map(it -> ((Reference.Embedded) it).json())
                .orElse(MissingNode.getInstance());
    }
}
