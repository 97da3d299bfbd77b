// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.waymark.federation.delivery.CollectionSynchronization;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.OrderedCollection;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.work.Handler.Result;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Notices, by what a partner says beside its activities, that it and we disagree on who follows it
/// from here (FEP-8fcf), reads whom it holds for its followers, and sets both sides right: who
/// follows and is forgotten there asks again, who does not follow says so.
public final class FollowersSynchronization {

    private static final String WORK = "followers-synchronization";
    // 1 min: one look is enough for many words.
    private static final Duration REST = Duration.ofMinutes(1);

    private final Database database;
    private final Work work;
    private final LocalActors actors;
    private final Fetcher fetcher;
    private final Outbox outbox;
    private final Sharing sharing;
    private final Clock clock;
    private final Supplier<UUID> ids;
    // Partners only, so it stays small.
    private final Map<URI, Instant> looked = new ConcurrentHashMap<>();

    public FollowersSynchronization(
            Database database,
            Work work,
            LocalActors actors,
            Fetcher fetcher,
            Outbox outbox,
            Peers peers,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.work = work;
        this.actors = actors;
        this.fetcher = fetcher;
        this.outbox = outbox;
        this.sharing = peers.sharing();
        this.clock = clock;
        this.ids = ids;
        work.handle(WORK, this::compare);
    }

    /// What an actor that is known to have said it says of its followers here. Of strangers it is
    /// nothing to us.
    public void told(Actor actor, CollectionSynchronization said) {
        var partner = actor.id();
        if (!actor.reference("followers")
                        .flatMap(Reference::id)
                        .equals(Optional.of(said.collection()))
                || !Origins.same(partner, said.partial())) {
            return;
        }
        database.run(
                tx -> {
                    var agreements = AgreementTable.listWith(tx, partner);
                    if (!agreements.isEmpty()
                            && !CollectionSynchronization.digest(following(agreements))
                                    .equals(said.digest())
                            && isTimeFor(partner)) {
                        work.schedule(
                                tx,
                                WORK,
                                partner.toString(),
                                clock.instant(),
                                said.partial().toString());
                    }
                });
    }

    private boolean isTimeFor(URI partner) {
        var now = clock.instant();
        var last = looked.getOrDefault(partner, Instant.MIN);
        if (last.isAfter(now.minus(REST))) {
            return false;
        }
        looked.put(partner, now);
        return true;
    }

    private List<URI> following(List<Agreement> agreements) {
        return agreements.stream()
                .filter(it -> it.copies() == Copies.ON)
                .map(it -> actors.of(it.organization()).id())
                .toList();
    }

    private Result compare(Job job) {
        var partner = URI.create(job.key());
        // What cannot be read now is said again with the next activity.
        if (fetcher.fetch(URI.create(job.payload()))
                instanceof Fetched.Found(OrderedCollection followers)) {
            var there = new HashSet<URI>();
            followers.items().forEach(it -> it.id().filter(actors::isOurs).ifPresent(there::add));
            database.run(tx -> settle(tx, partner, there));
        }
        return new Result.Done();
    }

    private void settle(Transaction tx, URI partner, Set<URI> there) {
        for (var agreement : AgreementTable.listWith(tx, partner)) {
            var peer =
                    PeerTable.find(tx, agreement.peer())
                            .filter(it -> it.state() == PeerState.ACTIVE);
            var isThere = there.remove(actors.of(agreement.organization()).id());
            if (peer.isPresent() && !isThere && agreement.copies() == Copies.ON) {
                sharing.askAnew(tx, peer.get(), agreement);
            }
            if (peer.isPresent() && isThere && agreement.copies() == Copies.OFF) {
                undo(tx, actors.of(agreement.organization()), partner);
            }
        }
    }

    // Under which id it once followed is forgotten; the receiver goes by whom it followed.
    private void undo(Transaction tx, LocalActor organization, URI partner) {
        var undo =
                PeerLetters.undoFollow(
                        actors.activity(ids.get()),
                        organization.id(),
                        actors.activity(ids.get()),
                        partner);
        outbox.send(tx, organization, partner, undo, partner, Optional.empty());
    }
}
