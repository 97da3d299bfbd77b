// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Note;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.federation.vocabulary.Thing;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.OurProofs;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.exchange.RemoteHosts;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.ListingCopies.Taken;
import org.waymark.node.page.Languages;
import org.waymark.node.peer.Agreements;
import org.waymark.node.peer.PeeringObserver;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Work;

/// Listings between this node and its partners: ours are told of as they change, theirs become
/// copies here. Only a partner whose listings we chose to receive is heard.
public final class ListingActivities implements PeeringObserver {

    private final Database database;
    private final Agreements agreements;
    private final RemoteActors remoteActors;
    private final ListingCopies copies;
    private final ListingPull pull;
    private final ListingDepartures departures;
    private final ListingComparison comparison;
    private final ListingSender sender;
    private final Directory directory;
    private final LocalActors localActors;

    /// @param growingIds of copies, which stay here; what is told of ours gets random ones
    public ListingActivities(
            Database database,
            Work work,
            Listings listings,
            Outbox outbox,
            LocalActors localActors,
            RemoteActors remoteActors,
            RemoteHosts remoteHosts,
            Fetcher fetcher,
            Agreements agreements,
            BaseUrl baseUrl,
            Languages languages,
            OurProofs proofs,
            FollowerPosts posts,
            Clock clock,
            Supplier<UUID> ids,
            Supplier<UUID> growingIds,
            DoubleSupplier jitter) {
        this.database = database;
        this.agreements = agreements;
        this.remoteActors = remoteActors;
        this.localActors = localActors;
        this.directory = listings.directory();
        this.copies = new ListingCopies(listings.directory(), agreements, clock, growingIds);
        this.comparison =
                new ListingComparison(
                        database,
                        work,
                        agreements,
                        localActors,
                        remoteActors,
                        fetcher,
                        copies,
                        clock,
                        jitter);
        this.pull =
                new ListingPull(
                        database,
                        work,
                        agreements,
                        remoteActors,
                        fetcher,
                        copies,
                        comparison,
                        clock);
        this.departures =
                new ListingDepartures(
                        database,
                        work,
                        agreements,
                        localActors,
                        remoteHosts,
                        outbox,
                        copies,
                        clock,
                        ids);
        remoteHosts.whenBack(this::compareSoon);
        this.sender =
                new ListingSender(
                        database,
                        work,
                        outbox,
                        localActors,
                        agreements,
                        new ListingNote(baseUrl, languages, proofs),
                        posts,
                        clock,
                        ids);
        directory.whenOwnChanged(sender::changed);
    }

    /// The node was down or is new in its place: what was missed meanwhile is looked for, and so is
    /// what an older program took in that names a house hidden here.
    public void start() {
        database.run(
                tx -> {
                    compareSoon(tx, _ -> true);
                    directory.houses().lookSoon(tx);
                });
    }

    /// What was called back, closed or narrowed and is not so in the database, because it is an
    /// older copy of itself, is narrowed again. Call before anything is served.
    ///
    /// @return how many listings there were
    public int recall() {
        return directory.recall(copies::hide);
    }

    /// The database is an older copy of itself, and partners may have seen later versions of our
    /// listings: each gets a newer one. Call before the workers run; repeating it does no harm.
    public void restored() {
        sender.tellByHint(
                localActors.organizations().stream()
                        .flatMap(it -> it.organization().stream())
                        .toList());
        var after = "";
        while (true) {
            var from = after;
            var last = database.write(tx -> directory.restamp(tx, from));
            if (last.isEmpty()) {
                return;
            }
            after = last.get().toString();
        }
    }

    private void compareSoon(Transaction tx, Predicate<URI> which) {
        agreements.copied(Acting.node(), tx).stream()
                .filter(which)
                .forEach(partner -> comparison.scheduleSoon(tx, partner));
    }

    /// `Create` and `Update` of a `Note`: the listing as it is now.
    public Function<Transaction, Result> changed(ReceivedActivity received) {
        var activity = received.activity();
        if (!agreements.copiesFrom(Acting.node(), activity.actor())) {
            return _ -> new Result.Refused("copies-not-wanted");
        }
        var note = embedded(activity).filter(Note.class::isInstance).map(Note.class::cast);
        if (note.isEmpty()) {
            return _ -> new Result.Refused("object-not-embedded");
        }
        return received.mayBeForwarded()
                ? takeBrought(activity.actor(), note.get())
                : take(activity.actor(), note.get());
    }

    private Function<Transaction, Result> take(URI owner, Note note) {
        var partner = name(remoteActors, owner);
        return tx -> result(copies.take(tx, owner, partner, note));
    }

    /// Asked again in the transaction, and first of all: staff may have stopped the copies and
    /// hidden them since, or may be about to.
    private Function<Transaction, Result> whileCopied(
            URI owner, Function<Transaction, Result> effect) {
        return tx ->
                agreements.copiesFrom(Acting.node(), tx, owner)
                        ? effect.apply(tx)
                        : new Result.Refused("copies-not-wanted");
    }

    /// A listing as its owner proved it, brought by another.
    Result proven(URI owner, Note note) {
        return database.write(takeBrought(owner, note));
    }

    /// What is not shown here is read from its owner, who may have called it back since.
    private Function<Transaction, Result> takeBrought(URI owner, Note note) {
        var partner = name(remoteActors, owner);
        return whileCopied(
                owner,
                tx -> {
                    if (!copies.isShown(tx, note.id())) {
                        pull.schedule(tx, owner);
                        return new Result.Done();
                    }
                    return result(copies.take(tx, owner, partner, note));
                });
    }

    /// `Delete` of a listing.
    public Function<Transaction, Result> deleted(ReceivedActivity received) {
        var activity = received.activity();
        if (!agreements.copiesFrom(Acting.node(), activity.actor())) {
            return _ -> new Result.Refused("copies-not-wanted");
        }
        var listing = activity.object().flatMap(Reference::id);
        if (listing.isEmpty()) {
            return _ -> new Result.Refused("object-missing");
        }
        // A tombstone without a version ends whatever came before it.
        var version =
                embedded(activity)
                        .map(Thing::version)
                        .filter(it -> it.isPresent())
                        .map(it -> it.getAsLong())
                        .orElse(received.receivedAt().toEpochMilli());
        return whileCopied(
                activity.actor(),
                tx -> result(copies.takeAway(tx, activity.actor(), listing.get(), version)));
    }

    /// `Delete` by a program that does not say what the deleted thing was: it means something here
    /// when it was a listing.
    public Result deletedPerhaps(ReceivedActivity received) {
        var uri = received.activity().object().flatMap(Reference::id);
        return uri.flatMap(it -> database.read(tx -> ListingTable.findByUri(tx, it))).isPresent()
                ? database.write(deleted(received))
                : new Result.Done();
    }

    /// `Delete` of the collection of listings: the owner wants no copies of them left here, and
    /// shares them with nobody here any more, whether or not it said that before.
    public Result purgeAsked(ReceivedActivity received) {
        var delete = received.activity();
        var listings = actorsListings(delete.actor());
        if (received.receiver().isEmpty()
                || delete.object()
                        .flatMap(Reference::id)
                        .filter(it -> listings.equals(Optional.of(it)))
                        .isEmpty()) {
            return new Result.Refused("not-the-owner");
        }
        database.run(
                tx -> {
                    agreements.takenBack(Acting.node(), tx, delete.actor());
                    departures.purgeAsked(
                            tx, received.receiver().get(), delete.actor(), delete.id());
                });
        return new Result.Done();
    }

    private Optional<URI> actorsListings(URI actor) {
        return remoteActors
                .find(actor)
                .flatMap(it -> it.reference("waymark:listings"))
                .flatMap(Reference::id);
    }

    /// `Update` of the collection of listings: more changed than is told singly, so it is read.
    public Result hinted(ReceivedActivity received) {
        var partner = received.activity().actor();
        if (!agreements.copiesFrom(Acting.node(), partner)) {
            return new Result.Refused("copies-not-wanted");
        }
        database.run(tx -> pull.schedule(tx, partner));
        return new Result.Done();
    }

    @Override
    public void listingsShared(Transaction tx, OrganizationId organization, URI partner) {
        pull.schedule(tx, partner);
        departures.watch(tx, partner);
    }

    @Override
    public void listingsStopped(Transaction tx, URI partner, Copied copied) {
        switch (copied) {
            case KEEP -> departures.watch(tx, partner);
            case HIDE -> departures.hide(tx, partner);
            case PURGE -> {
                // At once; deleting takes a while.
                departures.hide(tx, partner);
                pull.schedulePurge(tx, partner);
            }
        }
    }

    /// What a partner calls itself.
    static String name(RemoteActors remoteActors, URI partner) {
        return remoteActors.find(partner).flatMap(Thing::name).orElse(partner.getHost());
    }

    private static Optional<Thing> embedded(Activity activity) {
        return activity.object()
                .filter(Reference.Embedded.class::isInstance)
                .map(Reference.Embedded.class::cast)
                .flatMap(it -> it.read().found());
    }

    private static Result result(Taken taken) {
        return switch (taken) {
            case Taken.Applied _, Taken.Known _ -> new Result.Done();
            case Taken.Refused(var code) -> new Result.Refused(code);
        };
    }
}
