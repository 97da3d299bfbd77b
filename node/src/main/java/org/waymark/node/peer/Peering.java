// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// What passes between two nodes about their peering: what they say to us, and what we tell them.
/// Who decides is [Peers].
final class Peering {

    private static final String WORK = "peer-organizations";

    // 100 requests for peering wait for a decision at most: names on the network cost nothing, and
    // nobody reads a longer list.
    static final int MOST_WAITING = 100;

    private final Database database;
    private final Work work;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final PeerDirectory directory;
    private final Outbox outbox;
    private final Sharing sharing;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Peering(
            Database database,
            Work work,
            LocalActors actors,
            RemoteActors remoteActors,
            PeerDirectory directory,
            Outbox outbox,
            Sharing sharing,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.work = work;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.directory = directory;
        this.outbox = outbox;
        this.sharing = sharing;
        this.clock = clock;
        this.ids = ids;
        work.handle(WORK, this::readOrganizations);
    }

    /// The node at a base URL. It goes to the network.
    Reading<Actor> node(URI baseUrl) {
        return directory.node(baseUrl);
    }

    /// A node asks us. Its name and keys are known, since its signature was verified with them.
    Result asked(Activity follow) {
        var actor = remoteActors.get(follow.actor());
        var base = PeerTrust.baseUrl(follow.actor());
        if (actor.filter(PeerDirectory::isNode).isEmpty() || base.isEmpty()) {
            return new Result.Refused("not-a-node");
        }
        return database.write(tx -> asked(tx, follow, base.get(), actor.get()));
    }

    private Result asked(Transaction tx, Activity follow, URI base, Actor actor) {
        // Staff may block it in this moment: then that is what is read.
        PeerTable.lock(tx, base);
        var known = PeerTable.findByBaseUrl(tx, base);
        var state = known.map(Peer::state).orElse(PeerState.ENDED);
        return switch (state) {
            case BLOCKED -> new Result.Refused("blocked");
            case REJECTED, ENDED, ASKED -> {
                if (state != PeerState.ASKED
                        && PeerTable.count(tx, PeerState.ASKED) >= MOST_WAITING) {
                    yield new Result.Refused("too-many-waiting");
                }
                var asking = keep(tx, known, base, actor, PeerState.ASKED, follow.id(), false);
                VouchLookup.note(tx, work, asking.id(), known, follow, clock.instant());
                yield new Result.Done();
            }
            // Both asked each other, or they lost our answer: they have it.
            case REQUESTED -> {
                var peer = known.get();
                tellNode(tx, peer, "Accept", follow.id());
                PeerTable.move(tx, peer, PeerState.ACTIVE, clock.instant());
                yield new Result.Done();
            }
            case ACTIVE, PAUSED -> {
                tellNode(tx, known.get(), "Accept", follow.id());
                yield new Result.Done();
            }
        };
    }

    /// They accepted what we asked.
    Result accepted(Transaction tx, URI actor, URI follow) {
        var peer = askedPeer(tx, actor, follow);
        if (peer.isEmpty()) {
            return new Result.Refused("no-such-follow");
        }
        if (peer.get().state() == PeerState.REQUESTED) {
            PeerTable.move(tx, peer.get(), PeerState.ACTIVE, clock.instant());
            readOrganizationsSoon(tx, peer.get());
        }
        return new Result.Done();
    }

    /// They refused what we asked, or take their consent back.
    Result rejected(Transaction tx, URI actor, URI follow) {
        var peer = askedPeer(tx, actor, follow);
        if (peer.isEmpty()) {
            return new Result.Refused("no-such-follow");
        }
        var to = peer.get().state() == PeerState.REQUESTED ? PeerState.REJECTED : PeerState.ENDED;
        return endedByThem(tx, peer.get(), to);
    }

    /// They take back what they asked.
    Result undone(Transaction tx, URI actor, URI follow) {
        return withActor(tx, actor)
                .filter(it -> it.follow().filter(follow::equals).isPresent())
                .filter(it -> !it.askedByUs())
                .map(it -> endedByThem(tx, it, PeerState.ENDED))
                .orElseGet(() -> new Result.Refused("no-such-follow"));
    }

    private Result endedByThem(Transaction tx, Peer peer, PeerState to) {
        if (peer.state().allows(to)) {
            PeerTable.move(tx, peer, to, clock.instant());
            sharing.endAll(tx, peer, Copied.KEEP);
        }
        return new Result.Done();
    }

    /// Writes down who asked whom, and finds out which organisations they have.
    Peer keep(
            Transaction tx,
            Optional<Peer> known,
            URI base,
            Actor actor,
            PeerState state,
            URI follow,
            boolean wantsCopies) {
        var now = clock.instant();
        var peer =
                new Peer(
                        known.map(Peer::id).orElseGet(() -> new PeerId(ids.get())),
                        base,
                        actor.id(),
                        Names.shortened(actor.name().orElse(actor.id().getHost())),
                        state,
                        Optional.of(follow),
                        wantsCopies,
                        known.map(Peer::createdAt).orElse(now),
                        now);
        if (known.isPresent()) {
            PeerTable.ask(tx, peer);
        } else {
            PeerTable.add(tx, peer);
        }
        readOrganizationsSoon(tx, peer);
        return peer;
    }

    /// Takes back what we asked, or our consent to what they asked.
    void tellEnd(Transaction tx, Peer peer) {
        if (peer.follow().isEmpty() || peer.state() == PeerState.BLOCKED) {
            return;
        }
        var follow = peer.follow().get();
        if (peer.askedByUs()) {
            outbox.send(
                    tx,
                    actors.node(),
                    peer.actor(),
                    PeerLetters.undoFollow(
                            actors.activity(ids.get()), actors.node().id(), follow, peer.actor()),
                    peer.actor(),
                    Optional.empty());
        } else {
            tellNode(tx, peer, "Reject", follow);
        }
    }

    void tellNode(Transaction tx, Peer peer, String verb, URI follow) {
        outbox.send(
                tx,
                actors.node(),
                peer.actor(),
                PeerLetters.answer(
                        verb, actors.activity(ids.get()), actors.node().id(), follow, peer.actor()),
                peer.actor(),
                Optional.empty());
    }

    private Optional<Peer> askedPeer(Transaction tx, URI actor, URI follow) {
        return withActor(tx, actor)
                .filter(it -> it.follow().filter(follow::equals).isPresent())
                .filter(Peer::askedByUs);
    }

    static Optional<Peer> withActor(Transaction tx, URI actor) {
        return PeerTrust.baseUrl(actor)
                .flatMap(base -> PeerTable.findByBaseUrl(tx, base))
                .filter(it -> it.actor().equals(actor));
    }

    private void readOrganizationsSoon(Transaction tx, Peer peer) {
        work.schedule(tx, WORK, peer.id().value().toString(), clock.instant(), "");
    }

    private Handler.Result readOrganizations(Job job) {
        var id = new PeerId(UUID.fromString(job.key()));
        database.read(tx -> PeerTable.find(tx, id)).ifPresent(this::readOrganizations);
        return new Handler.Result.Done();
    }

    /// Reads which organisations a peer has. It goes to the network.
    void readOrganizations(Peer peer) {
        directory
                .organizations(peer)
                .ifPresent(
                        read ->
                                database.run(
                                        tx ->
                                                PeerTable.replaceOrganizations(
                                                        tx, peer.id(), read, clock.instant())));
    }
}
