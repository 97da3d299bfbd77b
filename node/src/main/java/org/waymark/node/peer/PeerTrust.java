// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.waymark.federation.trust.Origin;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Remembered;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Trust;

/// An allow-list of nodes. A stranger may ask for peering, and to follow an organisation; nothing
/// else happens on its word.
public final class PeerTrust implements Trust {

    private static final Set<String> SMALL_TALK =
            Set.of("Like", "Dislike", "EmojiReact", "Announce");

    // 1,000 hosts or actors: more than any node has partners, about 500 kB.
    private static final int MOST_REMEMBERED = 1_000;

    private final Database database;
    private final LocalActors actors;
    private final FederationMode mode;
    // Asked for every activity, mostly about the same few hosts.
    private final Remembered<URI, Optional<Peer>> peers;
    private final Remembered<URI, Boolean> newSigners;

    public PeerTrust(Database database, LocalActors actors, FederationMode mode) {
        this.database = database;
        this.actors = actors;
        this.mode = mode;
        this.peers = Remembered.of(database, MOST_REMEMBERED, "peer");
        this.newSigners = Remembered.of(database, MOST_REMEMBERED, "agreement");
    }

    @Override
    public Answer ask(Activity activity, String subject) {
        var peer = peerOf(activity.actor());
        if (peer.isEmpty()) {
            return stranger(activity, subject);
        }
        return switch (peer.get().state()) {
            case ACTIVE ->
                    hasNewSigner(activity.actor()) && !endsSomething(activity, subject)
                            ? new Answer.Later("key-not-confirmed")
                            : new Answer.Welcome();
            case BLOCKED -> new Answer.Refused("blocked");
            case PAUSED ->
                    endsSomething(activity, subject) || isFarewell(activity)
                            ? new Answer.Welcome()
                            : new Answer.Later("peering-paused");
            // Their answer, or what follows it so closely that it overtakes it.
            case REQUESTED ->
                    activity instanceof Activity.Follow
                                    || activity instanceof Activity.Accept && isFollow(subject)
                                    || endsSomething(activity, subject)
                                    || isAboutPurge(activity, subject)
                                    || isFarewell(activity)
                            ? new Answer.Welcome()
                            : new Answer.Refused("not-a-peer");
            case ASKED, REJECTED, ENDED ->
                    endsSomething(activity, subject)
                                    || isAboutPurge(activity, subject)
                                    || isFarewell(activity)
                            ? new Answer.Welcome()
                            : stranger(activity, subject);
        };
    }

    private boolean hasNewSigner(URI actor) {
        return newSigners.get(
                actor,
                _ ->
                        database.read(tx -> AgreementTable.listWith(tx, actor)).stream()
                                .anyMatch(Agreement::hasNewSigner));
    }

    @Override
    public boolean isPaused(URI address) {
        return peerOf(address).filter(it -> it.state() == PeerState.PAUSED).isPresent();
    }

    @Override
    public boolean isPartner(URI actor) {
        return peerOf(actor).filter(it -> it.state() == PeerState.ACTIVE).isPresent()
                && !hasNewSigner(actor);
    }

    @Override
    public boolean isNeeded(URI actor) {
        return peerOf(actor).isPresent() || database.read(tx -> FollowerTable.knows(tx, actor));
    }

    private Answer stranger(Activity activity, String subject) {
        if (isGoodbye(activity, subject)
                && database.read(tx -> FollowerTable.knows(tx, activity.actor()))) {
            return new Answer.Welcome();
        }
        if (activity instanceof Activity.Follow) {
            return asks(activity);
        }
        if (activity instanceof Activity.Flag
                && mode != FederationMode.CLOSED
                && isAboutUs(activity)) {
            return new Answer.Welcome();
        }
        return isSmallTalk(activity, subject) || mode != FederationMode.CLOSED && isHeard(activity)
                ? new Answer.Ignored()
                : new Answer.Refused("not-a-peer");
    }

    private boolean isAboutUs(Activity flag) {
        return flag.objects().stream().flatMap(it -> it.id().stream()).anyMatch(actors::isOurs);
    }

    private Answer asks(Activity follow) {
        if (follow.object().flatMap(Reference::id).flatMap(actors::find).isEmpty()) {
            return new Answer.Refused("not-a-peer");
        }
        return switch (mode) {
            case ALLOW_LIST, OPEN_LISTINGS -> new Answer.Welcome();
            case CLOSED -> new Answer.Refused("peering-closed");
        };
    }

    private static boolean isGoodbye(Activity activity, String subject) {
        return activity instanceof Activity.Undo && isFollow(subject) || isFarewell(activity);
    }

    /// It closed. Partners say so last, when what they shared has long ended.
    private static boolean isFarewell(Activity activity) {
        return activity instanceof Activity.Delete
                && activity.object()
                        .flatMap(Reference::id)
                        .filter(activity.actor()::equals)
                        .isPresent();
    }

    /// What the fediverse says about a post of ours: liked, shared, answered. An error would make
    /// its servers say it again.
    private boolean isSmallTalk(Activity activity, String subject) {
        return SMALL_TALK.contains(activity.type())
                || activity instanceof Activity.Undo && SMALL_TALK.contains(subject)
                || activity.object().filter(this::isReply).isPresent();
    }

    private boolean isReply(Reference object) {
        return object instanceof Reference.Embedded(var json)
                && json.path("inReplyTo")
                        .asText("")
                        .startsWith(actors.node().id().resolve("/") + "");
    }

    /// Servers that receive our posts tell us many things; so do all where anyone may follow.
    private boolean isHeard(Activity activity) {
        return mode == FederationMode.OPEN_LISTINGS
                || database.read(
                        tx ->
                                FollowerTable.someoneFollowsFrom(
                                        tx, activity.actor().getRawAuthority()));
    }

    private static boolean endsSomething(Activity activity, String subject) {
        return (activity instanceof Activity.Undo || activity instanceof Activity.Reject)
                && isFollow(subject);
    }

    /// A former partner wants its copies deleted, or says that ours are.
    private static boolean isAboutPurge(Activity activity, String subject) {
        return activity instanceof Activity.Delete && subject.equals("OrderedCollection")
                || activity instanceof Activity.Accept && subject.equals("Delete");
    }

    private static boolean isFollow(String subject) {
        return subject.equals("Follow");
    }

    private Optional<Peer> peerOf(URI address) {
        return baseUrl(address).flatMap(base -> peers.get(base, this::find));
    }

    private Optional<Peer> find(URI baseUrl) {
        return database.read(tx -> PeerTable.findByBaseUrl(tx, baseUrl));
    }

    /// What all ids of the server at an address begin with.
    static Optional<URI> baseUrl(URI address) {
        return Origin.of(address).map(it -> URI.create(it.scheme() + "://" + it.authority()));
    }
}
