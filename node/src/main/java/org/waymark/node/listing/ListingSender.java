// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.listing.SharedListing.State;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Tells partners, and by [FollowerPosts] whoever follows, what changed in the directory. It
/// follows the directory by change numbers and notes how far it came in the transaction that hands
/// the activities to the outbox, so nothing is told twice or forgotten.
final class ListingSender {

    private static final String NEWS = "listing-news";
    private static final String HINT = "listing-hint";
    private static final String ALL = "all";

    private static final int CHANGES_AT_ONCE = 50;

    // As many changes at once are an import or a mass edit: partners are told to come and read.
    private static final int TOLD_TOGETHER = BatchedWriting.SERVICES_AT_ONCE;

    // 2 s: an import commits batch after batch, and one hint after the last is enough.
    private static final Duration HINT_AFTER = Duration.ofSeconds(2);

    private final Database database;
    private final Work work;
    private final Outbox outbox;
    private final LocalActors actors;
    private final Agreements agreements;
    private final ListingNote notes;
    private final FollowerPosts posts;
    private final Clock clock;
    private final Supplier<UUID> ids;

    // Who is about to be told by a hint, so that the last changes of an import are not told singly.
    // Forgotten at a stop, which costs a few activities and loses nothing.
    private final Set<OrganizationId> hinting = ConcurrentHashMap.newKeySet();

    ListingSender(
            Database database,
            Work work,
            Outbox outbox,
            LocalActors actors,
            Agreements agreements,
            ListingNote notes,
            FollowerPosts posts,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.work = work;
        this.outbox = outbox;
        this.actors = actors;
        this.agreements = agreements;
        this.notes = notes;
        this.posts = posts;
        this.clock = clock;
        this.ids = ids;
        work.handle(NEWS, _ -> tellAll());
        work.handle(HINT, job -> hint(new OrganizationId(UUID.fromString(job.key()))));
    }

    /// Something of ours changed in this transaction.
    void changed(Transaction tx) {
        work.schedule(tx, NEWS, ALL, clock.instant(), "");
    }

    /// What changes next for these goes as one hint, however little it is.
    void tellByHint(Collection<OrganizationId> publishers) {
        hinting.addAll(publishers);
    }

    /// One listing to be told of, and what was told before.
    record News(ListingRow row, SharedListing shared, Optional<SharedListing> before) {}

    private Handler.Result tellAll() {
        while (database.write(this::tellSome)) {
            // Each round is a transaction of its own.
        }
        return new Handler.Result.Done();
    }

    private boolean tellSome(Transaction tx) {
        var told = SharedListingTable.told(tx);
        var changes = ListingTable.ownChangesAfter(tx, told, CHANGES_AT_ONCE);
        if (changes.isEmpty()
                || !SharedListingTable.setTold(tx, told, changes.getLast().number())) {
            return false;
        }
        var byPublisher = new LinkedHashMap<OrganizationId, List<News>>();
        for (var change : changes) {
            news(tx, change)
                    .ifPresent(
                            it ->
                                    byPublisher
                                            .computeIfAbsent(
                                                    it.shared().publisher(), _ -> new ArrayList<>())
                                            .add(it));
        }
        byPublisher.forEach((publisher, news) -> tell(tx, publisher, news));
        return true;
    }

    private Optional<News> news(Transaction tx, Listings.Change change) {
        var row = ListingTable.find(tx, change.id());
        if (row.isEmpty() || !(row.get().origin() instanceof Origin.Own(var publisher))) {
            return Optional.empty();
        }
        var before = SharedListingTable.find(tx, change.id());
        var state = SharedListing.stateOf(row.get());
        if (state == State.GONE && before.filter(it -> it.state() != State.GONE).isEmpty()) {
            // It never left, so nobody may hear of it; or it was called back already.
            return Optional.empty();
        }
        var now = clock.instant();
        Optional<Instant> publicSince =
                before.flatMap(SharedListing::publicSince)
                        .or(() -> state == State.PUBLIC ? Optional.of(now) : Optional.empty());
        var shared =
                new SharedListing(change.id(), publisher, state, publicSince, now, change.number());
        SharedListingTable.put(tx, shared, before.isEmpty());
        return Optional.of(new News(row.get(), shared, before));
    }

    private void tell(Transaction tx, OrganizationId publisher, List<News> news) {
        // First: a street that waits for a server that is down must not arrive there later.
        news.stream()
                .filter(ListingSender::mayHaveBeenNarrowed)
                .forEach(it -> outbox.takeBack(tx, it.row().uri()));
        posts.tell(tx, publisher, news, notes);
        var partners = agreements.receivers(Acting.node(), tx, publisher);
        if (partners.isEmpty()) {
            return;
        }
        if (news.size() >= TOLD_TOGETHER || hinting.contains(publisher)) {
            hinting.add(publisher);
            var due = clock.instant().plus(HINT_AFTER);
            work.schedule(tx, HINT, publisher.toString(), due, "");
            return;
        }
        for (var it : news) {
            if (it.shared().state() == State.PARTNERS) {
                partners.forEach(to -> tellPartner(tx, verb(it), it.shared(), it.row(), to));
            } else {
                tellAll(tx, it, partners);
            }
        }
    }

    /// Whether more people were told of it until now, or told more. How precisely they were told is
    /// not kept, so whatever does not tell its street now counts.
    private static boolean mayHaveBeenNarrowed(News news) {
        return switch (news.shared().state()) {
            case GONE -> true;
            case PARTNERS -> news.before().filter(it -> it.state() == State.PUBLIC).isPresent();
            case PUBLIC -> news.before().isPresent() && news.row().place() != Place.EXACT;
        };
    }

    private static String verb(News news) {
        if (news.shared().state() == State.GONE) {
            return "Delete";
        }
        var isNew = news.before().filter(it -> it.state() != State.GONE).isEmpty();
        return isNew ? "Create" : "Update";
    }

    private void tellAll(Transaction tx, News news, List<URI> partners) {
        var publisher = actors.of(news.shared().publisher());
        var object =
                news.shared().state() == State.GONE
                        ? ListingNote.tombstone(
                                news.row().uri(), news.shared().changedAt(), news.row().version())
                        : notes.toAll(news.row(), publisher.id(), since(news.shared()));
        var activity =
                activity(verb(news), publisher)
                        .set("object", object)
                        .to(Contexts.PUBLIC)
                        .cc(publisher.below("/followers"));
        outbox.sendToAll(tx, publisher, partners, read(activity), news.row().uri());
    }

    private void tellPartner(
            Transaction tx, String verb, SharedListing shared, ListingRow row, URI partner) {
        var publisher = actors.of(shared.publisher());
        var note = notes.toPartner(row, publisher.id(), since(shared), partner);
        var activity = activity(verb, publisher).set("object", note).to(partner);
        outbox.send(tx, publisher, partner, read(activity), row.uri(), Optional.empty());
    }

    private Handler.Result hint(OrganizationId organization) {
        // First: what is changed from here on is told by itself again.
        hinting.remove(organization);
        var publisher = actors.of(organization);
        var listings = publisher.below("/listings");
        database.run(
                tx -> {
                    var partners = agreements.receivers(Acting.node(), tx, organization);
                    var activity =
                            activity("Update", publisher)
                                    .set("object", Draft.of("OrderedCollection", listings))
                                    .to(publisher.below("/followers"));
                    outbox.sendToAll(tx, publisher, partners, read(activity), listings);
                });
        return new Handler.Result.Done();
    }

    private Draft activity(String verb, LocalActor publisher) {
        return Draft.activity(verb, actors.activity(ids.get()), publisher.id());
    }

    private static Activity read(Draft draft) {
        return Activity.read(draft.document()).orElseThrow();
    }

    private static Instant since(SharedListing shared) {
        return shared.publicSince().orElse(shared.changedAt());
    }
}
