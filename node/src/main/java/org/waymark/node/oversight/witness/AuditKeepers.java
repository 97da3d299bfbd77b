// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight.witness;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.oversight.witness.Keeping.State;
import org.waymark.node.oversight.witness.Keeping.Whose;
import org.waymark.node.peer.Peer;
import org.waymark.node.peer.PeerId;
import org.waymark.node.peer.PeerState;
import org.waymark.node.peer.Peers;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.StatedHead;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Which partners keep the end of our audit, and whose we keep. A person on each side says so
/// first; from then on it goes once a day by itself.
public final class AuditKeepers {

    private static final String WORK = "audit-keepers";
    private static final Duration EVERY = Duration.ofDays(1);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Peers peers;
    private final LocalActors actors;
    private final OurProofs proofs;
    private final Outbox outbox;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public AuditKeepers(
            Database database,
            Work work,
            Access access,
            Audit audit,
            Peers peers,
            LocalActors actors,
            OurProofs proofs,
            Outbox outbox,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.peers = peers;
        this.actors = actors;
        this.proofs = proofs;
        this.outbox = outbox;
        this.clock = clock;
        this.ids = ids;
        work.handle(
                WORK,
                _ -> {
                    sendAll();
                    return new Handler.Result.Again(clock.instant().plus(EVERY));
                });
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    /// A partner, and who keeps whose.
    ///
    /// @param ours what they keep of us
    /// @param theirs what we keep of them
    public record Partner(Peer peer, Optional<Keeping> ours, Optional<Keeping> theirs) {

        /// Whether they wait for a word of ours.
        public boolean asks() {
            return theirs.filter(it -> it.state() == State.ASKED).isPresent();
        }

        /// Whether their audit was cut off, put back or written anew, and nobody here has said that
        /// they know.
        public boolean hasForked() {
            return theirs.flatMap(Keeping::forkedAt).isPresent();
        }
    }

    public List<Partner> list(Acting acting) {
        access.require(acting, Right.READ_AUDIT);
        var all = database.read(KeepingTable::list);
        return peers.list(Acting.node()).stream()
                .map(it -> new Partner(it, find(all, it, Whose.OURS), find(all, it, Whose.THEIRS)))
                .filter(
                        it ->
                                it.peer().state() == PeerState.ACTIVE
                                        || it.ours().isPresent()
                                        || it.theirs().isPresent())
                .toList();
    }

    private static Optional<Keeping> find(List<Keeping> all, Peer peer, Whose whose) {
        return all.stream()
                .filter(it -> it.peer().equals(peer.id()) && it.whose() == whose)
                .findFirst();
    }

    /// Asks a partner to keep the end of our audit, and sends the first.
    ///
    /// @return false when it is no partner now, or was asked already
    public boolean ask(Acting acting, PeerId id) {
        access.require(acting, Right.MANAGE_PEERS);
        return active(id).filter(it -> send(it, Optional.of(acting))).isPresent();
    }

    /// Sends no more, and tells the partner so. What it has it keeps.
    ///
    /// @return false when nothing was sent to it
    public boolean stop(Acting acting, PeerId id) {
        access.require(acting, Right.MANAGE_PEERS);
        return settle(acting, id, Whose.OURS, State.ENDED, "audit-keeper-stop", "Undo");
    }

    /// Agrees to keep what a partner asked for, or goes on with it.
    public boolean agree(Acting acting, PeerId id) {
        access.require(acting, Right.MANAGE_PEERS);
        return settle(acting, id, Whose.THEIRS, State.AGREED, "audit-keeper-agree", "Accept");
    }

    /// Refuses to, or ends it. What is kept stays.
    public boolean refuse(Acting acting, PeerId id) {
        access.require(acting, Right.MANAGE_PEERS);
        return settle(acting, id, Whose.THEIRS, State.REFUSED, "audit-keeper-refuse", "Reject");
    }

    /// Somebody here knows that a partner's audit does not follow what is kept of it.
    public boolean noticed(Acting acting, PeerId id) {
        access.require(acting, Right.MANAGE_PEERS);
        return database.write(
                tx -> {
                    var forked =
                            KeepingTable.find(tx, id, Whose.THEIRS)
                                    .filter(it -> it.forkedAt().isPresent());
                    forked.ifPresent(
                            it -> {
                                KeepingTable.put(tx, it.forked(Optional.empty()));
                                audit.record(
                                        tx, acting, "audit-keeper-noticed", id.value().toString());
                            });
                    return forked.isPresent();
                });
    }

    private boolean settle(
            Acting acting, PeerId id, Whose whose, State to, String action, String verb) {
        var peer = peers.find(Acting.node(), id);
        return peer.isPresent()
                && database.write(
                        tx -> {
                            var known =
                                    KeepingTable.find(tx, id, whose).filter(it -> isOpen(it, to));
                            known.ifPresent(
                                    it -> {
                                        KeepingTable.put(tx, it.with(to));
                                        if (peer.get().state() == PeerState.ACTIVE) {
                                            answer(tx, peer.get(), verb, it.offer());
                                        }
                                        audit.record(tx, acting, action, id.value().toString());
                                    });
                            return known.isPresent();
                        });
    }

    private static boolean isOpen(Keeping keeping, State to) {
        return switch (to) {
            case ASKED -> false;
            case AGREED -> keeping.state() == State.ASKED;
            case REFUSED, ENDED ->
                    keeping.state() == State.ASKED || keeping.state() == State.AGREED;
        };
    }

    /// Tells a partner what we keep of it, or that we do not.
    void answer(Transaction tx, Peer peer, String verb, URI offer) {
        var answer =
                Draft.activity(verb, actors.activity(ids.get()), actors.node().id())
                        .set("object", offer)
                        .to(peer.actor());
        if (verb.equals("Accept")) {
            KeepingTable.findNewest(tx, peer.id())
                    .ifPresent(it -> answer.set(HeadDocument.KEPT, it.json()));
        }
        send(tx, peer, answer);
    }

    /// The same with what was the newest before.
    void accept(Transaction tx, Peer peer, URI offer, HeadDocument kept) {
        send(
                tx,
                peer,
                Draft.activity("Accept", actors.activity(ids.get()), actors.node().id())
                        .set("object", offer)
                        .set(HeadDocument.KEPT, kept.json())
                        .to(peer.actor()));
    }

    private void sendAll() {
        database.read(KeepingTable::list).stream()
                .filter(it -> it.whose() == Whose.OURS && it.state() == State.AGREED)
                .flatMap(it -> active(it.peer()).stream())
                .forEach(it -> send(it, Optional.empty()));
    }

    /// @param asking who asks, at the first; nobody when it goes by itself
    private boolean send(Peer peer, Optional<Acting> asking) {
        var known = database.read(tx -> KeepingTable.find(tx, peer.id(), Whose.OURS));
        var number = known.map(Keeping::number).orElse(0L) + 1;
        var head = audit.state(number);
        return database.write(tx -> send(tx, peer, head, asking));
    }

    private boolean send(Transaction tx, Peer peer, StatedHead head, Optional<Acting> asking) {
        var now = clock.instant();
        var known = KeepingTable.find(tx, peer.id(), Whose.OURS);
        var isGoingOn = known.filter(it -> it.state() == State.ASKED || it.state() == State.AGREED);
        // Whoever was faster has sent it.
        if (known.map(Keeping::number).orElse(0L) + 1 != head.number()
                || asking.isPresent() == isGoingOn.isPresent()) {
            return false;
        }
        var offer = actors.activity(ids.get());
        KeepingTable.put(
                tx,
                isGoingOn
                        .map(it -> it.sent(offer, head.number()))
                        .orElseGet(
                                () ->
                                        new Keeping(
                                                peer.id(),
                                                Whose.OURS,
                                                State.ASKED,
                                                now,
                                                offer,
                                                head.number(),
                                                Optional.empty(),
                                                Optional.empty())));
        var id = URI.create(offer + "#head");
        var node = actors.node().id();
        var document = proofs.sign(node, HeadDocument.write(id, node, head), head.at());
        send(
                tx,
                peer,
                Draft.activity("Offer", offer, node).set("object", document).to(peer.actor()));
        asking.ifPresent(
                it -> audit.record(tx, it, "audit-keeper-ask", peer.id().value().toString()));
        return true;
    }

    private void send(Transaction tx, Peer peer, Draft draft) {
        outbox.send(
                tx,
                actors.node(),
                peer.actor(),
                Activity.read(draft.document()).orElseThrow(),
                peer.actor(),
                Optional.empty());
    }

    private Optional<Peer> active(PeerId id) {
        return peers.find(Acting.node(), id).filter(it -> it.state() == PeerState.ACTIVE);
    }
}
