// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Remembered;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.Followership;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.peer.Follower.State;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;

/// Who follows the public listings of our organisations from any server. By `federation.mode` staff
/// answer each request, or nobody needs to ask. Followers are no partners: they get nothing but
/// what everyone may read.
public final class Followers implements Followership {

    // So many wait at most: what is more is somebody's program, and staff could not read it.
    private static final int MOST_WAITING = 200;
    private static final int MOST_WAITING_OF_A_HOST = 20;

    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,64}");

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final LocalActors actors;
    private final RemoteActors remoteActors;
    private final Outbox outbox;
    private final FederationMode mode;
    private final Clock clock;
    private final Supplier<UUID> ids;
    // Asked for with each delivery to followers: 2,000 servers of some 300 bytes.
    private final Remembered<Below, List<URI>> living;

    private record Below(OrganizationId organization, URI baseUrl) {}

    public Followers(
            Database database,
            Access access,
            Audit audit,
            LocalActors actors,
            RemoteActors remoteActors,
            Outbox outbox,
            FederationMode mode,
            Clock clock,
            Supplier<UUID> ids) {
        this.living = Remembered.of(database, 2_000, "follower", "agreement");
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.actors = actors;
        this.remoteActors = remoteActors;
        this.outbox = outbox;
        this.mode = mode;
        this.clock = clock;
        this.ids = ids;
    }

    /// What came of a step.
    public enum Outcome {
        DONE,
        ALREADY_THERE,
        NOT_FOUND
    }

    /// Those of the organisation one acts for, longest waiting first.
    public List<Follower> list(Acting acting, State state) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> FollowerTable.list(tx, acting.organization(), state));
    }

    /// Lets someone follow who asked.
    public Outcome accept(Acting acting, URI actor) {
        access.require(acting, Right.MANAGE_PEERS);
        return database.write(
                tx -> {
                    var found = FollowerTable.find(tx, acting.organization(), actor);
                    if (found.isEmpty()) {
                        return Outcome.NOT_FOUND;
                    }
                    if (found.get().state() == State.FOLLOWING) {
                        return Outcome.ALREADY_THERE;
                    }
                    StillOpen.require(tx, acting.organization());
                    keep(tx, found.get(), State.FOLLOWING);
                    answer(tx, "Accept", found.get());
                    audit.record(tx, acting, "follower-accept", actor.toString());
                    return Outcome.DONE;
                });
    }

    /// Says no to someone who asked, or ends that someone follows. They may ask again.
    public Outcome reject(Acting acting, URI actor) {
        access.require(acting, Right.MANAGE_PEERS);
        return database.write(
                tx -> {
                    var found = FollowerTable.find(tx, acting.organization(), actor);
                    if (found.isEmpty()) {
                        return Outcome.NOT_FOUND;
                    }
                    FollowerTable.remove(tx, acting.organization(), actor);
                    answer(tx, "Reject", found.get());
                    audit.record(tx, acting, "follower-reject", actor.toString());
                    return Outcome.DONE;
                });
    }

    /// Who receives what an organisation says to everyone.
    public List<URI> receivers(Acting acting, Transaction tx, OrganizationId organization) {
        access.requireNode(acting);
        return FollowerTable.list(tx, organization, State.FOLLOWING).stream()
                .map(Follower::actor)
                .toList();
    }

    @Override
    public boolean isAsked() {
        return mode != FederationMode.OPEN_LISTINGS;
    }

    @Override
    public int count(OrganizationId organization) {
        return database.read(tx -> FollowerTable.count(tx, organization, State.FOLLOWING));
    }

    @Override
    public List<URI> livingAt(OrganizationId organization, URI address) {
        return PeerTrust.baseUrl(address)
                .map(it -> living.get(new Below(organization, it), this::livingBelow))
                .orElse(List.of());
    }

    private List<URI> livingBelow(Below below) {
        return database.read(tx -> livingBelow(tx, below.organization(), below.baseUrl()));
    }

    private static List<URI> livingBelow(Transaction tx, OrganizationId organization, URI baseUrl) {
        var followers = new TreeSet<URI>();
        FollowerTable.listBelow(tx, organization, State.FOLLOWING, baseUrl)
                .forEach(it -> followers.add(it.actor()));
        AgreementTable.listBelow(tx, organization, baseUrl).stream()
                .filter(Agreement::sharesListings)
                .forEach(it -> followers.add(it.partner()));
        return List.copyOf(followers);
    }

    /// `Follow` of an organisation by somebody who is no partner.
    Result followed(Transaction tx, Activity follow, OrganizationId organization) {
        if (!StillOpen.isSo(tx, organization)) {
            return new Result.Refused("organization-closing");
        }
        var host = follow.actor().getRawAuthority();
        var known = FollowerTable.find(tx, organization, follow.actor());
        var accepted = known.filter(it -> it.state() == State.FOLLOWING).isPresent();
        if (known.isEmpty()
                && isAsked()
                && (FollowerTable.count(tx, organization, State.WAITING) >= MOST_WAITING
                        || FollowerTable.countWaiting(tx, organization, host)
                                >= MOST_WAITING_OF_A_HOST)) {
            return new Result.Refused("too-many-wait");
        }
        var now = clock.instant();
        var follower =
                new Follower(
                        organization,
                        follow.actor(),
                        handle(remoteActors.find(tx, follow.actor()), follow.actor()),
                        follow.id(),
                        isAsked() && !accepted ? State.WAITING : State.FOLLOWING,
                        known.map(Follower::askedAt).orElse(now),
                        now);
        FollowerTable.put(tx, follower, host);
        if (follower.state() == State.FOLLOWING) {
            answer(tx, "Accept", follower);
        }
        return new Result.Done();
    }

    /// They no longer follow. Servers name their `Follow` in different ways, so whom they followed
    /// counts as well.
    void undone(Activity undo) {
        var follow = undo.object().flatMap(Reference::id);
        var followed =
                undo.object()
                        .filter(Reference.Embedded.class::isInstance)
                        .map(Reference.Embedded.class::cast)
                        .map(it -> it.json().path("object").asText(""))
                        .orElse("");
        database.run(
                tx ->
                        FollowerTable.listOf(tx, undo.actor()).stream()
                                .filter(
                                        it ->
                                                follow.filter(it.follow()::equals).isPresent()
                                                        || followed.equals(
                                                                actors.of(it.organization())
                                                                        .id()
                                                                        .toString()))
                                .forEach(
                                        it ->
                                                FollowerTable.remove(
                                                        tx, it.organization(), it.actor())));
    }

    /// `Delete` of something named by its address only: an actor that goes takes its follows with
    /// it. Anything else was never kept here.
    public Result deleted(ReceivedActivity received) {
        var delete = received.activity();
        if (delete.object().flatMap(Reference::id).filter(delete.actor()::equals).isPresent()) {
            database.run(tx -> FollowerTable.removeActor(tx, delete.actor()));
        }
        return new Result.Done();
    }

    private void keep(Transaction tx, Follower follower, State state) {
        FollowerTable.put(
                tx,
                new Follower(
                        follower.organization(),
                        follower.actor(),
                        follower.handle(),
                        follower.follow(),
                        state,
                        follower.askedAt(),
                        clock.instant()),
                follower.actor().getRawAuthority());
    }

    private void answer(Transaction tx, String verb, Follower follower) {
        var sender = actors.of(follower.organization());
        outbox.send(
                tx,
                sender,
                follower.actor(),
                PeerLetters.answer(
                        verb,
                        actors.activity(ids.get()),
                        sender.id(),
                        follower.follow(),
                        follower.actor()),
                follower.actor(),
                Optional.empty());
    }

    private static String handle(Optional<Actor> actor, URI id) {
        var handle =
                actor.flatMap(Actor::preferredUsername)
                        .filter(it -> NAME.matcher(it).matches())
                        .map(name -> "@" + name + "@" + id.getRawAuthority())
                        .orElse(id.toString());
        return handle.length() <= 200 ? handle : handle.substring(0, 200);
    }
}
