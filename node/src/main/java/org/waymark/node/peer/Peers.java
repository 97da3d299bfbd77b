// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.discovery.WebFingerLookup;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.Deliveries;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Work;

/// Peering from node to node: asking, answering, pausing, ending, blocking. A person decides each
/// step, and repeating one changes nothing.
public final class Peers {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final LocalActors actors;
    private final Outbox outbox;
    private final Deliveries deliveries;
    private final Peering peering;
    private final Sharing sharing;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Peers(
            Database database,
            Work work,
            Access access,
            Audit audit,
            LocalActors actors,
            RemoteActors remoteActors,
            Fetcher fetcher,
            WebFingerLookup lookup,
            Outbox outbox,
            Deliveries deliveries,
            PeeringObserver observer,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.actors = actors;
        this.outbox = outbox;
        this.deliveries = deliveries;
        this.sharing = new Sharing(actors, remoteActors, outbox, observer, clock, ids);
        this.peering =
                new Peering(
                        database,
                        work,
                        actors,
                        remoteActors,
                        new PeerDirectory(lookup, fetcher, remoteActors),
                        outbox,
                        sharing,
                        clock,
                        ids);
        this.clock = clock;
        this.ids = ids;
    }

    /// What came of a step.
    public sealed interface Outcome {
        record Done(Peer peer) implements Outcome {}

        /// It is so already.
        record AlreadyThere(Peer peer) implements Outcome {}

        record NotFound() implements Outcome {}

        record NotAllowed(PeerState from, PeerState to) implements Outcome {}

        /// The other node cannot be reached, or is none.
        ///
        /// @param code why, stable and in kebab-case
        record NotReachable(String code) implements Outcome {}
    }

    public List<Peer> list(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(PeerTable::list);
    }

    public Optional<Peer> find(Acting acting, PeerId id) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> PeerTable.find(tx, id));
    }

    /// The peer with this base URL, however it is spelt.
    public Optional<Peer> find(Acting acting, URI baseUrl) {
        access.require(acting, Right.SEE_PARTNERS);
        return PeerTrust.baseUrl(baseUrl)
                .flatMap(base -> database.read(tx -> PeerTable.findByBaseUrl(tx, base)));
    }

    /// The organisations a peer says it hosts, as it said last.
    public List<PeerOrganization> organizations(Acting acting, PeerId id) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> PeerTable.listOrganizations(tx, id));
    }

    /// Whether an actor lives on a node that is our peer now.
    public boolean isActive(Acting acting, Transaction tx, URI actor) {
        access.require(acting, Right.SEE_PARTNERS);
        return PeerTrust.baseUrl(actor)
                .flatMap(base -> PeerTable.findByBaseUrl(tx, base))
                .filter(it -> it.state() == PeerState.ACTIVE)
                .isPresent();
    }

    /// Asks another node to become a peer. Their staff decide; nothing is shared before.
    ///
    /// @param wantsCopies whether we want the listings of the organisations they choose
    public Outcome request(Acting acting, URI baseUrl, boolean wantsCopies) {
        return request(acting, baseUrl, wantsCopies, List.of());
    }

    /// The same, naming partners that vouch for the organisation acted for: whoever answers there
    /// learns that they know us, before anything is known of them.
    ///
    /// @param vouchers the actors of those partners; others are left out
    public Outcome request(Acting acting, URI baseUrl, boolean wantsCopies, List<URI> vouchers) {
        access.require(acting, Right.MANAGE_PEERS);
        var base = PeerTrust.baseUrl(baseUrl);
        if (base.isEmpty()) {
            return new Outcome.NotReachable("address-malformed");
        }
        return switch (peering.node(base.get())) {
            case Reading.Refused<Actor>(var code) -> new Outcome.NotReachable(code);
            case Reading.Read<Actor>(var actor) ->
                    database.write(
                            tx -> request(tx, acting, base.get(), actor, wantsCopies, vouchers));
        };
    }

    private Outcome request(
            Transaction tx,
            Acting acting,
            URI base,
            Actor actor,
            boolean wantsCopies,
            List<URI> vouchers) {
        PeerTable.lock(tx, base);
        var known = PeerTable.findByBaseUrl(tx, base);
        if (known.filter(it -> !it.state().allows(PeerState.REQUESTED)).isPresent()) {
            return known.get().state() == PeerState.BLOCKED
                            || known.get().state() == PeerState.ASKED
                    ? new Outcome.NotAllowed(known.get().state(), PeerState.REQUESTED)
                    : new Outcome.AlreadyThere(known.get());
        }
        var follow =
                PeerLetters.follow(
                        actors.activity(ids.get()),
                        actors.node().id(),
                        actor.id(),
                        named(tx, acting, vouchers));
        var peer =
                peering.keep(tx, known, base, actor, PeerState.REQUESTED, follow.id(), wantsCopies);
        outbox.send(tx, actors.node(), peer.actor(), follow, peer.actor(), Optional.empty());
        audit.record(tx, acting, "peer-request", peer.id().value().toString());
        return new Outcome.Done(peer);
    }

    private List<URI> named(Transaction tx, Acting acting, List<URI> vouchers) {
        return Vouches.listForUs(tx, acting.organization(), clock.instant()).stream()
                .filter(it -> vouchers.contains(it.voucher()))
                .map(VouchForUs::address)
                .limit(VouchLookup.MOST)
                .toList();
    }

    /// Accepts a node that asked, opens an agreement about listings for each pair, and asks each
    /// partner for its listings if we want copies.
    ///
    /// @param pairs which organisations of both sides work together; empty for all of them
    public Outcome accept(Acting acting, PeerId id, List<Pair> pairs, boolean wantsCopies) {
        access.require(acting, Right.MANAGE_PEERS);
        var asking = database.read(tx -> PeerTable.find(tx, id));
        // What the job may not have read yet; and it may have changed since.
        asking.ifPresent(peering::readOrganizations);
        var ours =
                actors.organizations().stream().flatMap(it -> it.organization().stream()).toList();
        return move(
                acting,
                id,
                PeerState.ACTIVE,
                "peer-accept",
                (tx, peer) -> {
                    if (peer.state() == PeerState.PAUSED) {
                        deliveries.resume(tx, peer.actor());
                        return;
                    }
                    PeerTable.setWantsCopies(tx, peer, wantsCopies);
                    peer.follow().ifPresent(follow -> peering.tellNode(tx, peer, "Accept", follow));
                    for (var pair : pairs.isEmpty() ? allPairs(tx, peer, ours) : pairs) {
                        if (ours.contains(pair.ours())) {
                            open(tx, peer, pair, wantsCopies);
                        }
                    }
                });
    }

    /// Refuses a node that asked. It may ask again.
    public Outcome reject(Acting acting, PeerId id) {
        access.require(acting, Right.MANAGE_PEERS);
        return move(
                acting,
                id,
                PeerState.REJECTED,
                "peer-reject",
                (tx, peer) -> peering.tellEnd(tx, peer));
    }

    /// Stops the exchange for a while: what they send is answered "later", what we send waits.
    /// [#accept] goes on.
    public Outcome pause(Acting acting, PeerId id) {
        access.require(acting, Right.MANAGE_PEERS);
        return move(acting, id, PeerState.PAUSED, "peer-pause", (_, _) -> {});
    }

    /// Ends the peering and all agreements with its organisations. After a block it lifts the
    /// block.
    public Outcome end(Acting acting, PeerId id, Copied copied) {
        access.require(acting, Right.MANAGE_PEERS);
        return move(
                acting,
                id,
                PeerState.ENDED,
                "peer-end",
                (tx, peer) -> {
                    peering.tellEnd(tx, peer);
                    sharing.endAll(tx, peer, copied);
                });
    }

    /// Ends everything, hides what came from it at once, and refuses whatever the node sends from
    /// now on, without telling it.
    public Outcome block(Acting acting, PeerId id, Copied copied) {
        access.require(acting, Right.MANAGE_PEERS);
        return move(
                acting,
                id,
                PeerState.BLOCKED,
                "peer-block",
                (tx, peer) -> {
                    sharing.endAll(tx, peer, copied == Copied.PURGE ? copied : Copied.HIDE);
                    FollowerTable.removeHost(tx, peer.baseUrl().getRawAuthority());
                });
    }

    /// What peers say is taken in there.
    Peering peering() {
        return peering;
    }

    Sharing sharing() {
        return sharing;
    }

    private interface Effect {
        void of(Transaction tx, Peer peer);
    }

    private Outcome move(Acting acting, PeerId id, PeerState to, String action, Effect effect) {
        // A block must come through, most of all while they flood us.
        return database.insist(
                tx -> {
                    // Read after the lock: what they say meanwhile must not undo it.
                    PeerTable.lock(tx, id);
                    var found = PeerTable.find(tx, id);
                    if (found.isEmpty()) {
                        return new Outcome.NotFound();
                    }
                    var peer = found.get();
                    if (peer.state() == to) {
                        return new Outcome.AlreadyThere(peer);
                    }
                    // An answer is for who asked us; what we asked, they answer.
                    var ours = peer.state() == PeerState.REQUESTED && to == PeerState.ACTIVE;
                    if (ours || !peer.state().allows(to)) {
                        return new Outcome.NotAllowed(peer.state(), to);
                    }
                    PeerTable.move(tx, peer, to, clock.instant());
                    effect.of(tx, peer);
                    audit.record(tx, acting, action, id.value().toString());
                    return new Outcome.Done(PeerTable.find(tx, id).orElseThrow());
                });
    }

    private static List<Pair> allPairs(Transaction tx, Peer peer, List<OrganizationId> ours) {
        var theirs = PeerTable.listOrganizations(tx, peer.id());
        return ours.stream()
                .flatMap(one -> theirs.stream().map(it -> new Pair(one, it.actor())))
                .toList();
    }

    private void open(Transaction tx, Peer peer, Pair pair, boolean wantsCopies) {
        PeerTable.findOrganization(tx, pair.theirs())
                .filter(it -> it.peer().equals(peer.id()) && StillOpen.isSo(tx, pair.ours()))
                .ifPresent(
                        partner -> {
                            var agreement = sharing.open(tx, pair.ours(), partner);
                            if (wantsCopies) {
                                sharing.askForCopies(tx, peer, agreement);
                            }
                        });
    }
}
