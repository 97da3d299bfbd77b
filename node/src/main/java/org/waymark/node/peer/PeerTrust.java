// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.util.Optional;
import org.waymark.federation.trust.Origin;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Trust;

/// An allow-list of nodes. A stranger may ask for peering; nothing else happens on its word.
public final class PeerTrust implements Trust {

    private final Database database;
    private final LocalActors actors;
    private final FederationMode mode;

    public PeerTrust(Database database, LocalActors actors, FederationMode mode) {
        this.database = database;
        this.actors = actors;
        this.mode = mode;
    }

    @Override
    public Answer ask(Activity activity, String subject) {
        var peer = peerOf(activity.actor());
        if (peer.isEmpty()) {
            return stranger(activity);
        }
        return switch (peer.get().state()) {
            case ACTIVE -> new Answer.Welcome();
            case BLOCKED -> new Answer.Refused("blocked");
            case PAUSED ->
                    endsSomething(activity, subject)
                            ? new Answer.Welcome()
                            : new Answer.Later("peering-paused");
            // Their answer, or what follows it so closely that it overtakes it.
            case REQUESTED ->
                    activity instanceof Activity.Follow
                                    || activity instanceof Activity.Accept && isFollow(subject)
                                    || endsSomething(activity, subject)
                            ? new Answer.Welcome()
                            : new Answer.Refused("not-a-peer");
            case ASKED, REJECTED, ENDED ->
                    endsSomething(activity, subject) ? new Answer.Welcome() : stranger(activity);
        };
    }

    @Override
    public boolean isPaused(URI address) {
        return peerOf(address).filter(it -> it.state() == PeerState.PAUSED).isPresent();
    }

    private Answer stranger(Activity activity) {
        if (!asksForPeering(activity)) {
            return new Answer.Refused("not-a-peer");
        }
        return switch (mode) {
            case ALLOW_LIST -> new Answer.Welcome();
            case CLOSED -> new Answer.Refused("peering-closed");
        };
    }

    private boolean asksForPeering(Activity activity) {
        return activity instanceof Activity.Follow
                && activity.object()
                        .flatMap(Reference::id)
                        .filter(actors.node().id()::equals)
                        .isPresent();
    }

    private static boolean endsSomething(Activity activity, String subject) {
        return (activity instanceof Activity.Undo || activity instanceof Activity.Reject)
                && isFollow(subject);
    }

    private static boolean isFollow(String subject) {
        return subject.equals("Follow");
    }

    private Optional<Peer> peerOf(URI address) {
        return baseUrl(address)
                .flatMap(base -> database.read(tx -> PeerTable.findByBaseUrl(tx, base)));
    }

    /// What all ids of the server at an address begin with.
    static Optional<URI> baseUrl(URI address) {
        return Origin.of(address).map(it -> URI.create(it.scheme() + "://" + it.authority()));
    }
}
