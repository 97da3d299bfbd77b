// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight.witness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.TheirProofs;
import org.waymark.node.oversight.witness.Keeping.State;
import org.waymark.node.oversight.witness.Keeping.Whose;
import org.waymark.node.peer.Peer;
import org.waymark.node.peer.PeerState;
import org.waymark.node.peer.Peers;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.AuditCare;

/// Takes in what partners say of ends of audits: `Offer(waymark:AuditHead)` and `Undo` of theirs,
/// `Accept` and `Reject` of ours.
public final class AuditKeeperActivities {

    // 3 years: as long as entries are kept by default (retention.audit-months).
    private static final Duration KEPT = Duration.ofDays(3 * 366);
    // 1,500: one a day for as long as they are kept, and some that did not follow.
    private static final long MOST_KEPT = 1_500;

    private final Database database;
    private final Peers peers;
    private final TheirProofs proofs;
    private final Audit audit;
    private final AuditCare care;
    private final AuditKeepers keepers;
    private final Clock clock;

    public AuditKeeperActivities(
            Database database,
            Peers peers,
            TheirProofs proofs,
            Audit audit,
            AuditCare care,
            AuditKeepers keepers,
            Clock clock) {
        this.database = database;
        this.peers = peers;
        this.proofs = proofs;
        this.audit = audit;
        this.care = care;
        this.keepers = keepers;
        this.clock = clock;
    }

    /// They would have us keep the end of their audit.
    public Result offered(ReceivedActivity received) {
        var offer = received.activity();
        var document = HeadDocument.read(offer.object());
        var peer = partner(offer.actor());
        if (document.isEmpty()) {
            return new Result.Refused("audit-head-not-readable");
        }
        if (!document.get().author().equals(offer.actor())) {
            return new Result.Refused("audit-head-of-others");
        }
        if (peer.isEmpty()) {
            return new Result.Refused("not-a-node");
        }
        if (peer.get().state() != PeerState.ACTIVE) {
            return new Result.NotYet("peering-not-accepted");
        }
        return proofs.verify(offer.actor(), document.get().json())
                        instanceof Reading.Refused<?>(String code)
                ? new Result.Refused(code)
                : database.write(tx -> offered(tx, peer.get(), offer.id(), document.get()));
    }

    private Result offered(Transaction tx, Peer peer, URI offer, HeadDocument document) {
        var now = clock.instant();
        var number = document.head().number();
        var known = KeepingTable.find(tx, peer.id(), Whose.THEIRS);
        var newest = KeepingTable.findNewest(tx, peer.id());
        var follows = newest.filter(it -> !follows(it, document)).isEmpty();
        var keeping =
                known.map(it -> it.sent(offer, number))
                        .orElseGet(
                                () ->
                                        new Keeping(
                                                peer.id(),
                                                Whose.THEIRS,
                                                State.ASKED,
                                                now,
                                                offer,
                                                number,
                                                Optional.empty(),
                                                Optional.empty()));
        KeepingTable.eraseBefore(tx, peer.id(), now.minus(KEPT));
        // Before a person here agreed there is no more than the first, however many come.
        var isKept = keeping.state() == State.AGREED || newest.isEmpty();
        if (isKept && KeepingTable.count(tx, peer.id()) < MOST_KEPT) {
            KeepingTable.keep(tx, peer.id(), document);
        }
        KeepingTable.put(
                tx,
                keeping.with(keeping.state() == State.AGREED ? State.AGREED : State.ASKED)
                        .heard(now)
                        .forked(follows ? keeping.forkedAt() : Optional.of(now)));
        if (keeping.state() == State.AGREED) {
            // What was kept before: whoever wrote theirs anew is reminded of what it was.
            keepers.accept(tx, peer, offer, newest.orElse(document));
        }
        return new Result.Done();
    }

    /// Whether an end may come after the newest that is kept. One that is said again is the same,
    /// and one that was said before it is only late.
    private static boolean follows(HeadDocument newest, HeadDocument next) {
        var before = newest.head();
        var head = next.head();
        return head.number() > before.number()
                || head.number() == before.number() && head.digest().equals(before.digest())
                || head.number() < before.number() && head.at().isBefore(before.at());
    }

    /// They keep it, and say what they have of us.
    public Result accepted(ReceivedActivity received) {
        var accept = received.activity();
        var kept =
                accept.json().get(HeadDocument.KEPT) instanceof ObjectNode json
                        ? HeadDocument.read(json)
                        : Optional.<HeadDocument>empty();
        return about(
                received,
                (tx, peer, ours) -> {
                    if (ours.state() == State.REFUSED || ours.state() == State.ENDED) {
                        return new Result.Done();
                    }
                    // What is older than our entries is no longer in the chain, and need not be.
                    var isOurs =
                            kept.filter(it -> care.goesBackTo(it.head().at()))
                                    .filter(it -> audit.claim(tx, it.head(), peer.name()));
                    // A disk that was put back counts again from where it was.
                    var number =
                            isOurs.map(it -> it.head().number())
                                    .filter(it -> it > ours.number())
                                    .orElse(ours.number());
                    KeepingTable.put(
                            tx,
                            ours.with(State.AGREED)
                                    .sent(ours.offer(), number)
                                    .heard(received.receivedAt()));
                    if (isOurs.filter(it -> it.head().number() >= ours.number()).isPresent()) {
                        care.soon(tx);
                    }
                    return new Result.Done();
                });
    }

    /// They do not keep it, or no longer.
    public Result rejected(ReceivedActivity received) {
        return about(
                received,
                (tx, _, ours) -> {
                    if (ours.state() != State.ENDED) {
                        KeepingTable.put(tx, ours.with(State.REFUSED).heard(received.receivedAt()));
                    }
                    return new Result.Done();
                });
    }

    /// They send no more.
    public Result undone(ReceivedActivity received) {
        partner(received.activity().actor())
                .ifPresent(
                        peer ->
                                database.run(
                                        tx ->
                                                KeepingTable.find(tx, peer.id(), Whose.THEIRS)
                                                        .ifPresent(
                                                                it ->
                                                                        KeepingTable.put(
                                                                                tx,
                                                                                it.with(
                                                                                        State
                                                                                                .ENDED)))));
        return new Result.Done();
    }

    private interface Step {
        Result take(Transaction tx, Peer peer, Keeping ours);
    }

    private Result about(ReceivedActivity received, Step step) {
        var answer = received.activity();
        var peer = partner(answer.actor());
        if (peer.isEmpty() || answer.object().flatMap(Reference::id).isEmpty()) {
            return new Result.Refused("no-such-offer");
        }
        return database.write(
                tx ->
                        KeepingTable.find(tx, peer.get().id(), Whose.OURS)
                                .map(it -> step.take(tx, peer.get(), it))
                                .orElseGet(() -> new Result.Refused("no-such-offer")));
    }

    private Optional<Peer> partner(URI actor) {
        return peers.find(Acting.node(), actor).filter(it -> it.actor().equals(actor));
    }
}
