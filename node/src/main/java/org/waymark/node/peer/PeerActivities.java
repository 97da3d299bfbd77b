// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.privacy.OrganizationId;

/// Turns what peers say about following each other into steps of peering (between nodes) of sharing
/// (between organisations), or of following (by anyone): `Follow`, `Accept(Follow)`,
/// `Reject(Follow)`, `Undo(Follow)`.
public final class PeerActivities {

    private final Database database;
    private final LocalActors actors;
    private final Peering peering;
    private final Sharing sharing;
    private final Followers followers;

    public PeerActivities(Database database, LocalActors actors, Peers peers, Followers followers) {
        this.database = database;
        this.actors = actors;
        this.peering = peers.peering();
        this.sharing = peers.sharing();
        this.followers = followers;
    }

    public Result follow(ReceivedActivity received) {
        var follow = received.activity();
        var followed = follow.object().flatMap(Reference::id).flatMap(actors::find);
        if (followed.isEmpty()) {
            return new Result.Refused("no-such-actor");
        }
        var organization = followed.get().organization();
        return organization.isEmpty()
                ? peering.asked(follow)
                : database.write(tx -> follow(tx, follow, organization.get()));
    }

    private Result follow(Transaction tx, Activity follow, OrganizationId organization) {
        lockPeer(tx, follow.actor());
        return PeerTrust.baseUrl(follow.actor())
                .flatMap(base -> PeerTable.findByBaseUrl(tx, base))
                .filter(peer -> peer.state().isBetweenPartners())
                .map(peer -> sharing.followed(tx, peer, follow, organization))
                .orElseGet(() -> followers.followed(tx, follow, organization));
    }

    public Result accept(ReceivedActivity received) {
        return about(received, peering::accepted, sharing::accepted);
    }

    public Result reject(ReceivedActivity received) {
        return about(received, peering::rejected, sharing::rejected);
    }

    public Result undo(ReceivedActivity received) {
        followers.undone(received.activity());
        var followed =
                received.activity()
                        .object()
                        .filter(Reference.Embedded.class::isInstance)
                        .map(Reference.Embedded.class::cast)
                        .flatMap(it -> it.read().found())
                        .filter(Activity.class::isInstance)
                        .map(Activity.class::cast)
                        .filter(it -> it.actor().equals(received.activity().actor()))
                        .flatMap(Activity::object)
                        .flatMap(Reference::id);
        return about(
                received,
                peering::undone,
                (tx, actor, follow) -> sharing.undone(tx, actor, follow, followed));
    }

    /// `Delete` of a partner organisation by itself: it closed. What it gave is shown to nobody any
    /// more.
    public Result deleted(ReceivedActivity received) {
        var actor = received.activity().actor();
        if (received.activity().object().flatMap(Reference::id).filter(actor::equals).isPresent()) {
            database.run(
                    tx -> {
                        lockPeer(tx, actor);
                        sharing.gone(tx, actor);
                    });
        }
        return new Result.Done();
    }

    /// Staff change the same agreements, and begin at the peer too: whoever comes second reads what
    /// is there.
    static void lockPeer(Transaction tx, URI actor) {
        PeerTrust.baseUrl(actor).ifPresent(it -> PeerTable.lock(tx, it));
    }

    private interface Step {
        Result take(Transaction tx, URI actor, URI follow);
    }

    private Result about(ReceivedActivity received, Step betweenNodes, Step betweenOrganizations) {
        var activity = received.activity();
        var follow = activity.object().flatMap(Reference::id);
        if (follow.isEmpty()) {
            return new Result.Refused("follow-without-id");
        }
        return database.write(
                tx -> {
                    lockPeer(tx, activity.actor());
                    var step =
                            Peering.withActor(tx, activity.actor()).isPresent()
                                    ? betweenNodes
                                    : betweenOrganizations;
                    return step.take(tx, activity.actor(), follow.get());
                });
    }
}
