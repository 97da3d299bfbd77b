// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
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
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.PeerId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// Asks a former partner to delete its copies of our listings, and keeps what it answers. Its word
/// is all there is: nobody can look into another node.
public final class ListingPurges {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Agreements agreements;
    private final LocalActors actors;
    private final Outbox outbox;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public ListingPurges(
            Database database,
            Access access,
            Audit audit,
            Agreements agreements,
            LocalActors actors,
            Outbox outbox,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.agreements = agreements;
        this.actors = actors;
        this.outbox = outbox;
        this.clock = clock;
        this.ids = ids;
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
        var sender = actors.of(acting.organization());
        var listings = sender.below("/listings");
        database.run(
                tx -> {
                    for (var agreement : partners) {
                        var activity =
                                Draft.activity("Delete", actors.activity(ids.get()), sender.id())
                                        .set(
                                                "object",
                                                Draft.of("Tombstone", listings)
                                                        .set("formerType", "OrderedCollection"))
                                        .to(agreement.partner());
                        var read = Activity.read(activity.document()).orElseThrow();
                        outbox.send(
                                tx, sender, agreement.partner(), read, listings, Optional.empty());
                        ListingPurgeTable.add(
                                tx,
                                new ListingPurge(
                                        read.id(),
                                        acting.organization(),
                                        agreement.partner(),
                                        agreement.partnerName(),
                                        clock.instant(),
                                        Optional.empty()));
                    }
                    audit.record(tx, acting, "listing-purge-ask", peer.value().toString());
                });
        return partners.size();
    }

    /// What the acting organisation asked so far, oldest first.
    public List<ListingPurge> list(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> ListingPurgeTable.list(tx, acting.organization()));
    }

    /// `Accept` of our `Delete`, by any organisation of the node that had the copies.
    public Result confirmed(ReceivedActivity received) {
        var answer = received.activity();
        var asked = answer.object().flatMap(Reference::id);
        return database.write(
                tx -> {
                    var purge = asked.flatMap(it -> ListingPurgeTable.find(tx, it));
                    if (purge.isEmpty() || !Origins.same(purge.get().partner(), answer.actor())) {
                        return new Result.Refused("no-such-delete");
                    }
                    ListingPurgeTable.confirm(tx, purge.get().activity(), clock.instant());
                    return new Result.Done();
                });
    }
}
