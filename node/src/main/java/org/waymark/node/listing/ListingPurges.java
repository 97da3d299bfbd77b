// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.Whereabouts;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.PeerId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Asks a former partner to delete its copies of our listings, and keeps what it answers. Its word
/// is all there is: nobody can look into another node.
public final class ListingPurges {

    private static final String AGAIN = "listing-purge-again";

    // 1 week: a node that was down for two weeks, longer than we deliver, is asked when it is back.
    private static final Duration BETWEEN = Duration.ofDays(7);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Work work;
    private final Agreements agreements;
    private final LocalActors actors;
    private final Whereabouts whereabouts;
    private final Outbox outbox;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public ListingPurges(
            Database database,
            Access access,
            Audit audit,
            Work work,
            Agreements agreements,
            LocalActors actors,
            Whereabouts whereabouts,
            Outbox outbox,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.work = work;
        this.agreements = agreements;
        this.actors = actors;
        this.whereabouts = whereabouts;
        this.outbox = outbox;
        this.clock = clock;
        this.ids = ids;
        work.handle(AGAIN, job -> askAgain(new OrganizationId(UUID.fromString(job.key()))));
    }

    /// Asks every organisation of a peer with which the acting one had an agreement.
    ///
    /// @return how many were asked
    public int ask(Acting acting, PeerId peer) {
        access.require(acting, Right.MANAGE_PEERS);
        var partners =
                agreements.list(acting, acting.organization()).stream()
                        .filter(it -> it.peer().equals(peer))
                        .toList();
        database.run(
                tx -> {
                    for (var agreement : partners) {
                        ListingPurgeTable.add(
                                tx,
                                new ListingPurge(
                                        request(tx, acting.organization(), agreement.partner()),
                                        acting.organization(),
                                        agreement.partner(),
                                        agreement.partnerName(),
                                        clock.instant(),
                                        Optional.empty()));
                    }
                    againLater(tx, acting.organization());
                    audit.record(tx, acting, "listing-purge-ask", peer.value().toString());
                });
        return partners.size();
    }

    /// @return the id of what was sent
    private URI request(Transaction tx, OrganizationId organization, URI partner) {
        var sender = actors.of(organization);
        var listings = sender.below("/listings");
        var activity =
                Draft.activity("Delete", actors.activity(ids.get()), sender.id())
                        .set(
                                "object",
                                Draft.of("Tombstone", listings)
                                        .set("formerType", "OrderedCollection"))
                        .to(partner);
        var read = Activity.read(activity.document()).orElseThrow();
        outbox.send(tx, sender, partner, read, listings, Optional.empty());
        return read.id();
    }

    private void againLater(Transaction tx, OrganizationId organization) {
        work.schedule(tx, AGAIN, organization.toString(), clock.instant().plus(BETWEEN), "");
    }

    /// Whoever has not confirmed is asked again, in new words, until it has, or until the address
    /// of who asks is gone and nobody could believe it.
    private Handler.Result askAgain(OrganizationId organization) {
        if (whereabouts.isGone(organization)) {
            return new Handler.Result.Done();
        }
        database.run(
                tx -> {
                    var silent =
                            ListingPurgeTable.list(tx, organization).stream()
                                    .filter(it -> it.confirmedAt().isEmpty())
                                    .toList();
                    silent.forEach(
                            it ->
                                    ListingPurgeTable.setActivity(
                                            tx, it, request(tx, organization, it.partner())));
                    if (!silent.isEmpty()) {
                        againLater(tx, organization);
                    }
                });
        return new Handler.Result.Done();
    }

    /// What the acting organisation asked so far, oldest first.
    public List<ListingPurge> list(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> ListingPurgeTable.list(tx, acting.organization()));
    }

    /// `Accept` of a `Delete` of ours, an earlier one too, by any organisation of the node that had
    /// the copies.
    public Result confirmed(ReceivedActivity received) {
        var answer = received.activity();
        var asked = answer.object().flatMap(Reference::id);
        return database.write(
                tx -> {
                    var meant =
                            ListingPurgeTable.listSilent(tx).stream()
                                    .filter(it -> Origins.same(it.partner(), answer.actor()))
                                    .toList();
                    if (asked.filter(actors::isOurs).isEmpty() || meant.isEmpty()) {
                        return new Result.Refused("no-such-delete");
                    }
                    meant.stream()
                            .filter(
                                    it ->
                                            received.receiver()
                                                    .equals(Optional.of(it.organization())))
                            .forEach(
                                    it ->
                                            ListingPurgeTable.confirm(
                                                    tx, it.activity(), clock.instant()));
                    return new Result.Done();
                });
    }
}
