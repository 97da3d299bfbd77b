// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Remembered;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.exchange.Whereabouts;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// Organisations that go from one node to another, ours and our partners'. Only what both actors
/// say of each other counts, each read from its own server: the old one names the new one
/// (`movedTo`), and the new one the old one (`alsoKnownAs`).
///
/// What was signed stays with the old actor, with the requests still open under it: the new one has
/// other keys, and people sign again.
public final class Moves implements Whereabouts {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final Followers followers;
    private final Sharing sharing;
    private final Outbox outbox;
    private final Clock clock;
    private final Supplier<UUID> ids;
    // Whoever asks for an actor asks for this.
    private final Remembered<OrganizationId, Where> where;

    public Moves(
            Database database,
            Access access,
            Audit audit,
            LocalActors actors,
            RemoteActors remoteActors,
            Followers followers,
            Peers peers,
            Outbox outbox,
            Clock clock,
            Supplier<UUID> ids) {
        this.where =
                Remembered.of(
                        database,
                        400,
                        "organization_alias",
                        "organization_move",
                        "organization_farewell");
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.followers = followers;
        this.sharing = peers.sharing();
        this.outbox = outbox;
        this.clock = clock;
        this.ids = ids;
    }

    /// What came of a step.
    public enum Outcome {
        DONE,
        ALREADY_THERE,
        NOT_FOUND,
        /// The actor cannot be read now.
        NOT_REACHABLE,
        /// The other actor does not name this one.
        NOT_CONFIRMED,
        /// Its new node is no peer of ours yet.
        NO_PEER,
        /// Noted: a second person must wish it, too.
        WISHED
    }

    /// Says that an organisation hosted here lived elsewhere before. It takes effect when its old
    /// actor says so too.
    public Outcome claim(Acting acting, URI former) {
        access.require(acting, Right.MANAGE_ORGANIZATION);
        if (actors.isOurs(former)) {
            return Outcome.NOT_FOUND;
        }
        return database.write(
                tx -> {
                    StillOpen.require(tx, acting.organization());
                    if (!MoveTable.addAlias(tx, acting.organization(), former)) {
                        return Outcome.ALREADY_THERE;
                    }
                    audit.record(tx, acting, "organization-claim", former.toString());
                    return Outcome.DONE;
                });
    }

    /// Tells partners and followers that an organisation hosted here lives elsewhere now. Its new
    /// actor must name the one here already. Where another person may decide it too, both must wish
    /// the same within a week; the node itself needs nobody. It goes to the network.
    public Outcome move(Acting acting, URI target) {
        access.require(acting, Right.MANAGE_ORGANIZATION);
        var sender = actors.of(acting.organization());
        if (actors.isOurs(target)) {
            return Outcome.NOT_FOUND;
        }
        var there = remoteActors.refresh(target);
        if (there.isEmpty()) {
            return Outcome.NOT_REACHABLE;
        }
        if (!names(there.get(), "alsoKnownAs", sender.id())) {
            return Outcome.NOT_CONFIRMED;
        }
        var decidesAlone = acting.isNode() || access.isAlone(acting, Right.MANAGE_ORGANIZATION);
        return database.write(
                tx -> {
                    var before = MoveTable.findTarget(tx, acting.organization());
                    if (before.filter(target::equals).isPresent()) {
                        return Outcome.ALREADY_THERE;
                    }
                    StillOpen.require(tx, acting.organization());
                    if (!decidesAlone && !isWishedByAnother(tx, acting, target)) {
                        wish(tx, acting, target);
                        return Outcome.WISHED;
                    }
                    MoveTable.removeWish(tx, acting.organization());
                    MoveTable.setTarget(tx, acting.organization(), target, clock.instant());
                    var activity =
                            Draft.activity("Move", actors.activity(ids.get()), sender.id())
                                    .set("object", sender.id())
                                    .set("target", target)
                                    .to(Contexts.PUBLIC)
                                    .cc(sender.below("/followers"));
                    outbox.sendToAll(
                            tx,
                            sender,
                            audience(tx, acting.organization()),
                            Activity.read(activity.document()).orElseThrow(),
                            sender.id());
                    audit.record(tx, acting, "organization-move", target.toString());
                    return Outcome.DONE;
                });
    }

    private boolean isWishedByAnother(Transaction tx, Acting acting, URI target) {
        return wish(tx, acting.organization())
                .filter(it -> it.target().equals(target))
                .filter(it -> !it.account().equals(acting.account()))
                .isPresent();
    }

    private void wish(Transaction tx, Acting acting, URI target) {
        var same = wish(tx, acting.organization()).filter(it -> it.target().equals(target));
        if (same.isEmpty()) {
            MoveTable.putWish(
                    tx,
                    acting.organization(),
                    new MoveTable.Wish(target, acting.account(), clock.instant()));
            audit.record(tx, acting, "organization-move-wished", target.toString());
        }
    }

    private Optional<MovingWish> wish(Transaction tx, OrganizationId organization) {
        return MoveTable.findWish(tx, organization)
                .filter(it -> access.has(tx, it.account(), organization, Right.MANAGE_ORGANIZATION))
                .map(
                        it ->
                                new MovingWish(
                                        it.target(),
                                        it.account(),
                                        it.wishedAt(),
                                        it.wishedAt().plus(Farewells.WISH_LASTS)))
                .filter(it -> it.until().isAfter(clock.instant()));
    }

    /// Who wishes that the acting organisation moves, and where to, while nobody else does.
    public Optional<MovingWish> findWish(Acting acting) {
        access.require(acting, Right.MANAGE_ORGANIZATION);
        return database.read(tx -> wish(tx, acting.organization()));
    }

    /// Anybody who may wish it may take it back, also for another.
    ///
    /// @return whether there was anything to take back
    public boolean dropWish(Acting acting) {
        access.require(acting, Right.MANAGE_ORGANIZATION);
        return database.write(
                tx -> {
                    var dropped = MoveTable.removeWish(tx, acting.organization());
                    if (dropped) {
                        audit.record(
                                tx,
                                acting,
                                "organization-move-dropped",
                                acting.organization().toString());
                    }
                    return dropped;
                });
    }

    private List<URI> audience(Transaction tx, OrganizationId organization) {
        var audience = new LinkedHashSet<URI>();
        AgreementTable.list(tx, organization).stream()
                .filter(it -> it.state() != AgreementState.ENDED && !it.peer().isHere())
                .map(Agreement::partner)
                .filter(it -> remoteActors.find(tx, it).isPresent())
                .forEach(audience::add);
        audience.addAll(followers.receivers(Acting.node(), tx, organization));
        return new ArrayList<>(audience);
    }

    /// @param goneAt empty while it is here
    private record Where(List<URI> alsoKnownAs, Optional<URI> movedTo, Optional<Instant> goneAt) {}

    private Where where(OrganizationId organization) {
        return where.get(organization, it -> database.read(tx -> where(tx, it)));
    }

    private static Where where(Transaction tx, OrganizationId organization) {
        return new Where(
                List.copyOf(MoveTable.listAliases(tx, organization)),
                MoveTable.findTarget(tx, organization),
                FarewellTable.find(tx, organization).flatMap(Farewell::goneAt));
    }

    /// Where the acting organisation went, when it did.
    public Optional<URI> target(Acting acting) {
        access.require(acting, Right.MANAGE_ORGANIZATION);
        return movedTo(acting.organization());
    }

    @Override
    public List<URI> alsoKnownAs(OrganizationId organization) {
        return where(organization).alsoKnownAs();
    }

    @Override
    public boolean isGone(OrganizationId organization) {
        return where(organization).goneAt().isPresent();
    }

    @Override
    public boolean isNodeGone() {
        return isGone(Farewells.NODE);
    }

    @Override
    public Optional<URI> movedTo(OrganizationId organization) {
        return where(organization).movedTo();
    }

    /// `Move` of a partner organisation by itself.
    public Result moved(ReceivedActivity received) {
        var move = received.activity();
        var former = move.object().flatMap(Reference::id);
        var target = move.target().flatMap(Reference::id);
        if (former.filter(move.actor()::equals).isEmpty()) {
            return new Result.Refused("move-of-another");
        }
        if (target.isEmpty()
                || actors.isOurs(target.get())
                || Origins.same(former.get(), target.get())) {
            return new Result.Refused("move-to-nowhere");
        }
        if (database.read(tx -> AgreementTable.listWith(tx, move.actor())).isEmpty()) {
            return new Result.Done();
        }
        var here = remoteActors.refresh(former.get());
        var there = remoteActors.refresh(target.get());
        if (here.isEmpty() || there.isEmpty()) {
            return new Result.NotYet("actor-not-reachable");
        }
        if (!names(here.get(), "movedTo", target.get())) {
            return new Result.Refused("move-not-confirmed");
        }
        if (!names(there.get(), "alsoKnownAs", former.get())) {
            return new Result.Refused("move-without-back-reference");
        }
        return database.write(
                tx -> {
                    var known =
                            MoveTable.find(tx, former.get())
                                    .filter(it -> it.target().equals(target.get()));
                    if (known.isEmpty()) {
                        var seen =
                                new PartnerMove(
                                        former.get(),
                                        target.get(),
                                        Names.shortened(
                                                there.get().name().orElse(target.get().getHost())),
                                        clock.instant(),
                                        Optional.empty());
                        MoveTable.put(tx, seen);
                        follow(tx, seen);
                    }
                    return new Result.Done();
                });
    }

    /// Partners that went elsewhere, in the order in which we heard of it.
    public List<PartnerMove> list(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(MoveTable::list);
    }

    /// Goes after a partner, once its new node is a peer.
    public Outcome follow(Acting acting, URI former) {
        access.require(acting, Right.MANAGE_PEERS);
        return database.write(
                tx -> {
                    var move = MoveTable.find(tx, former);
                    if (move.isEmpty()) {
                        return Outcome.NOT_FOUND;
                    }
                    if (move.get().followedAt().isPresent()) {
                        return Outcome.ALREADY_THERE;
                    }
                    if (!follow(tx, move.get())) {
                        return Outcome.NO_PEER;
                    }
                    audit.record(tx, acting, "partner-move-follow", former.toString());
                    return Outcome.DONE;
                });
    }

    /// Opens with the new actor what there was with the old one, and receives listings from there.
    /// The copies that are here say that nobody keeps them up until their old home deletes them.
    private boolean follow(Transaction tx, PartnerMove move) {
        var peer =
                PeerTrust.baseUrl(move.target())
                        .flatMap(base -> PeerTable.findByBaseUrl(tx, base))
                        .filter(it -> it.state() == PeerState.ACTIVE);
        if (peer.isEmpty()) {
            return false;
        }
        for (var old : AgreementTable.listWith(tx, move.former())) {
            if (old.state() != AgreementState.ENDED) {
                var partner = sharing.partner(tx, peer.get(), move.target());
                var opened = sharing.open(tx, old.organization(), partner);
                if (old.copies() != Agreement.Copies.OFF) {
                    sharing.askForCopies(tx, peer.get(), opened);
                    sharing.stopCopies(tx, old);
                }
            }
        }
        MoveTable.put(
                tx,
                new PartnerMove(
                        move.former(),
                        move.target(),
                        move.name(),
                        move.seenAt(),
                        Optional.of(clock.instant())));
        return true;
    }

    private static boolean names(Actor actor, String member, URI other) {
        var value = actor.json().path(member);
        if (value.isArray()) {
            for (var one : value) {
                if (one.asText().equals(other.toString())) {
                    return true;
                }
            }
            return false;
        }
        return value.asText("").equals(other.toString());
    }
}
