// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Note;
import org.waymark.federation.vocabulary.OrderedCollection;
import org.waymark.federation.vocabulary.OrderedCollectionPage;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.federation.vocabulary.Tombstone;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.listing.ListingPullTable.Reading;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Handler.Result;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Reads the listings of a partner from its `waymark:listings`, page by page; each page and how far
/// it came are one transaction, so it goes on after a crash where it was. What was read before is
/// skipped by the partner's own cursor.
final class ListingPull {

    private static final Logger LOG = LoggerFactory.getLogger(ListingPull.class);

    private static final String PULL = "listing-pull";
    private static final String PURGE = "listing-purge";

    // 5 s growing to 1 h: a partner that cannot be read now is asked again. Most often it is busy
    // for a moment, and staff who have just found a partner look for its listings.
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    // 5,000 pages of 25: nothing says that a stranger's collection ends.
    private static final int MOST_PAGES = 5_000;
    private static final int LONGEST_CURSOR = 500;

    private final Database database;
    private final Work work;
    private final Agreements agreements;
    private final RemoteActors remoteActors;
    private final Fetcher fetcher;
    private final ListingCopies copies;
    private final ListingComparison comparison;
    private final Clock clock;

    ListingPull(
            Database database,
            Work work,
            Agreements agreements,
            RemoteActors remoteActors,
            Fetcher fetcher,
            ListingCopies copies,
            ListingComparison comparison,
            Clock clock) {
        this.database = database;
        this.work = work;
        this.agreements = agreements;
        this.remoteActors = remoteActors;
        this.fetcher = fetcher;
        this.copies = copies;
        this.comparison = comparison;
        this.clock = clock;
        work.handle(PULL, this::pull);
        work.handle(PURGE, job -> purge(URI.create(job.key())));
    }

    void schedule(Transaction tx, URI partner) {
        work.schedule(tx, PULL, partner.toString(), clock.instant(), "");
    }

    void schedulePurge(Transaction tx, URI partner) {
        work.schedule(tx, PURGE, partner.toString(), clock.instant(), "");
    }

    private Result purge(URI partner) {
        if (agreements.copiesFrom(Acting.node(), partner)) {
            // Peered again meanwhile.
            return new Result.Done();
        }
        database.run(tx -> ListingPullTable.remove(tx, partner));
        while (database.write(tx -> copies.purge(tx, partner))) {
            // Each round is a transaction of its own.
        }
        return new Result.Done();
    }

    private Result pull(Job job) {
        var partner = URI.create(job.key());
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            if (!agreements.copiesFrom(Acting.node(), partner)) {
                return new Result.Done();
            }
            var reading =
                    database.read(tx -> ListingPullTable.find(tx, partner))
                            .orElse(Reading.none(partner));
            var step = reading.page().isEmpty() ? begin(reading) : read(reading);
            switch (step) {
                case Step.Taken _ -> {}
                case Step.Stopped _ -> {
                    return new Result.Done();
                }
                case Step.Ended _ -> {
                    // What is for partners only is not among what was read.
                    database.run(tx -> comparison.scheduleNow(tx, partner));
                    return new Result.Done();
                }
                case Step.Refused(var code) -> {
                    LOG.warn("The listings of {} cannot be read: {}", partner, code);
                    database.run(tx -> ListingPullTable.remove(tx, partner));
                    return again(job, LONGEST_WAIT);
                }
                case Step.Failed _ -> {
                    return again(job, FIRST_WAIT);
                }
            }
        }
        LOG.warn("The listings of {} have no end", partner);
        database.run(tx -> ListingPullTable.remove(tx, partner));
        return new Result.Done();
    }

    private sealed interface Step {
        record Taken() implements Step {}

        record Ended() implements Step {}

        /// Nobody wants them any more.
        record Stopped() implements Step {}

        record Refused(String code) implements Step {}

        record Failed() implements Step {}
    }

    private Step begin(Reading reading) {
        var partner = reading.partner();
        var listings =
                remoteActors
                        .get(partner)
                        .flatMap(actor -> actor.reference("waymark:listings"))
                        .flatMap(Reference::id);
        if (listings.isEmpty()) {
            return new Step.Failed();
        }
        var address = reading.since().map(it -> since(listings.get(), it)).orElse(listings.get());
        if (!Origins.same(partner, address)) {
            return new Step.Refused("listings-of-other-origin");
        }
        return switch (fetcher.fetch(address)) {
            case Fetched.Found(OrderedCollection collection) -> begun(reading, collection);
            case Fetched.Found _ -> new Step.Refused("not-a-collection");
            case Fetched.Gone _ -> new Step.Refused("gone");
            case Fetched.Refused(var code) -> new Step.Refused(code);
            case Fetched.Failed _ -> new Step.Failed();
        };
    }

    private Step begun(Reading reading, OrderedCollection collection) {
        var cursor = collection.text("waymark:cursor").filter(it -> it.length() <= LONGEST_CURSOR);
        var first = collection.first().filter(it -> Origins.same(reading.partner(), it));
        var begun = first.map(it -> reading.begun(it, cursor));
        if (begun.isEmpty()) {
            // Nothing new.
            return new Step.Ended();
        }
        return whileCopied(
                reading.partner(),
                tx -> {
                    ListingPullTable.put(tx, begun.get());
                    return new Step.Taken();
                });
    }

    private Step read(Reading reading) {
        return switch (fetcher.fetch(reading.page().orElseThrow())) {
            case Fetched.Found(OrderedCollectionPage page) -> read(reading, page);
            case Fetched.Found _ -> new Step.Refused("not-a-page");
            case Fetched.Gone _ -> new Step.Refused("gone");
            case Fetched.Refused(var code) -> new Step.Refused(code);
            case Fetched.Failed _ -> new Step.Failed();
        };
    }

    private Step read(Reading reading, OrderedCollectionPage page) {
        var partner = reading.partner();
        var name = ListingActivities.name(remoteActors, partner);
        var next =
                page.next()
                        .filter(it -> Origins.same(partner, it))
                        .filter(it -> !reading.page().equals(Optional.of(it)));
        return whileCopied(
                partner,
                tx -> {
                    page.items().forEach(item -> take(tx, partner, name, item));
                    ListingPullTable.put(tx, next.map(reading::next).orElseGet(reading::ended));
                    return next.isPresent() ? new Step.Taken() : new Step.Ended();
                });
    }

    /// Asked again in the transaction: the partner took its time to answer, and staff may have
    /// stopped the copies, hidden them, and with them forgotten how far they were read.
    private Step whileCopied(URI partner, Function<Transaction, Step> effect) {
        return database.write(
                tx ->
                        agreements.copiesFrom(Acting.node(), tx, partner)
                                ? effect.apply(tx)
                                : new Step.Stopped());
    }

    private void take(Transaction tx, URI partner, String name, Reference item) {
        if (!(item instanceof Reference.Embedded embedded)) {
            return;
        }
        var taken =
                switch (embedded.read().found().orElse(null)) {
                    case Note note -> copies.take(tx, partner, name, note);
                    case Tombstone gone ->
                            copies.takeAway(tx, partner, gone.id(), gone.version().orElse(0));
                    case null, default -> new ListingCopies.Taken.Refused("not-a-listing");
                };
        if (taken instanceof ListingCopies.Taken.Refused(var code)) {
            LOG.info("A listing of {} was left out: {}", partner, code);
        }
    }

    private Result again(Job job, Duration first) {
        var wait = first.multipliedBy(1L << Math.min(job.attempts(), 10));
        return new Result.Failed(
                clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
    }

    private static URI since(URI listings, String cursor) {
        return URI.create(listings + "?since=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
    }
}
