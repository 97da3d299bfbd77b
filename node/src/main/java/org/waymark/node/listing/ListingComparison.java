// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Note;
import org.waymark.federation.vocabulary.OrderedCollection;
import org.waymark.federation.vocabulary.OrderedCollectionPage;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.RemoteActors;
import org.waymark.node.listing.ListingTable.Held;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Handler.Result;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Compares our copies with the listings of their owner, once a day and whenever something may have
/// been missed, and reads anew only the buckets that differ. What was lost, doubled, reordered or
/// changed here by accident is then as the owner has it. The owner has the last word, unless
/// something newer came while it was asked.
final class ListingComparison {

    private static final Logger LOG = LoggerFactory.getLogger(ListingComparison.class);

    private static final String COMPARE = "listing-comparison";

    private static final Duration DAILY = Duration.ofHours(24);
    // 1 h: all that was peered in one day is not compared in one minute of every day.
    private static final Duration DAILY_SPREAD = Duration.ofHours(1);
    // 10 min: after a restart or an outage of a big partner not everyone asks at once.
    private static final Duration SOON = Duration.ofMinutes(10);
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    // 20 buckets of at most 10 s each end before the lease of a job (5 min) does.
    private static final int BUCKETS_AT_ONCE = 20;
    // 40 pages of 25: with 256 buckets that is an owner of 256,000 listings.
    private static final int MOST_PAGES = 40;

    private final Database database;
    private final Work work;
    private final Agreements agreements;
    private final LocalActors localActors;
    private final RemoteActors remoteActors;
    private final Fetcher fetcher;
    private final ListingCopies copies;
    private final Clock clock;
    private final DoubleSupplier jitter;

    /// @param jitter between 0 and 1
    ListingComparison(
            Database database,
            Work work,
            Agreements agreements,
            LocalActors localActors,
            RemoteActors remoteActors,
            Fetcher fetcher,
            ListingCopies copies,
            Clock clock,
            DoubleSupplier jitter) {
        this.database = database;
        this.work = work;
        this.agreements = agreements;
        this.localActors = localActors;
        this.remoteActors = remoteActors;
        this.fetcher = fetcher;
        this.copies = copies;
        this.clock = clock;
        this.jitter = jitter;
        work.handle(COMPARE, this::compare);
    }

    void scheduleNow(Transaction tx, URI partner) {
        schedule(tx, partner, Duration.ZERO, "");
    }

    /// Within minutes, spread.
    void scheduleSoon(Transaction tx, URI partner) {
        schedule(tx, partner, spread(SOON), "");
    }

    private void schedule(Transaction tx, URI partner, Duration wait, String after) {
        work.schedule(tx, COMPARE, partner.toString(), clock.instant().plus(wait), after);
    }

    private Duration spread(Duration most) {
        return Duration.ofMillis((long) (most.toMillis() * jitter.getAsDouble()));
    }

    private Result compare(Job job) {
        var partner = URI.create(job.key());
        var readers = agreements.copying(Acting.node(), partner);
        if (readers.isEmpty()) {
            return new Result.Done();
        }
        // Any of them sees what partners see.
        var reader = localActors.of(readers.getFirst());
        return switch (compare(partner, reader, job.payload())) {
            case Step.Ended _ -> again(partner, DAILY.plus(spread(DAILY_SPREAD)), "");
            case Step.UpTo(var bucket) -> again(partner, Duration.ZERO, bucket);
            case Step.Refused(var code) -> {
                LOG.info("The copies of {} cannot be compared: {}", partner, code);
                yield again(partner, DAILY.plus(spread(DAILY_SPREAD)), "");
            }
            case Step.Failed _ -> {
                var wait = FIRST_WAIT.multipliedBy(1L << Math.min(job.attempts(), 6));
                yield new Result.Failed(
                        clock.instant()
                                .plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
            }
        };
    }

    private Result again(URI partner, Duration wait, String after) {
        database.run(tx -> schedule(tx, partner, wait, after));
        return new Result.Done();
    }

    private sealed interface Step {
        record Ended() implements Step {}

        /// There is more to compare after that bucket.
        record UpTo(String bucket) implements Step {}

        record Refused(String code) implements Step {}

        record Failed() implements Step {}
    }

    private Step compare(URI partner, LocalActor reader, String after) {
        var digest =
                remoteActors
                        .get(partner)
                        .flatMap(actor -> actor.reference("waymark:digest"))
                        .flatMap(Reference::id)
                        .filter(it -> Origins.same(partner, it));
        if (digest.isEmpty()) {
            return new Step.Refused("no-digest");
        }
        var held = database.read(tx -> ListingTable.listHeld(tx, partner));
        var address = ListingDigests.address(digest.get(), reader.id());
        return switch (fetcher.fetch(address, reader)) {
            case Fetched.Found(OrderedCollection sums) ->
                    compare(partner, reader, held, sums, after);
            case Fetched.Found _ -> new Step.Refused("not-a-collection");
            case Fetched.Gone _ -> new Step.Refused("gone");
            case Fetched.Refused(var code) -> new Step.Refused(code);
            case Fetched.Failed _ -> new Step.Failed();
        };
    }

    /// @param sum of a bucket at its owner
    /// @param address where the bucket can be read
    private record Bucket(String sum, URI address) {}

    private Step compare(
            URI partner,
            LocalActor reader,
            Map<URI, Held> held,
            OrderedCollection collection,
            String after) {
        var ours = new ListingDigest();
        held.forEach(
                (listing, it) -> {
                    if (it.saysSomething()) {
                        ours.add(listing, it.version());
                    }
                });
        var sums = ours.sums();
        var theirs = buckets(partner, collection);
        var differing = new TreeSet<>(sums.keySet());
        differing.addAll(theirs.keySet());
        differing.removeIf(
                it ->
                        it.compareTo(after) <= 0
                                || Optional.ofNullable(theirs.get(it))
                                        .map(Bucket::sum)
                                        .equals(Optional.ofNullable(sums.get(it))));
        int read = 0;
        for (var bucket : differing) {
            if (read == BUCKETS_AT_ONCE) {
                return new Step.UpTo(differing.lower(bucket));
            }
            var step =
                    correct(
                            partner,
                            reader,
                            bucket,
                            held,
                            Optional.ofNullable(theirs.get(bucket)).map(Bucket::address));
            if (!(step instanceof Step.Ended)) {
                return step;
            }
            read++;
        }
        return new Step.Ended();
    }

    private static Map<String, Bucket> buckets(URI partner, OrderedCollection collection) {
        var buckets = new TreeMap<String, Bucket>();
        for (var item : collection.items()) {
            if (item instanceof Reference.Embedded(var json)
                    && item.id().filter(it -> Origins.same(partner, it)).isPresent()) {
                var bucket = json.path(ListingDigests.BUCKET).asText();
                if (ListingDigest.isBucket(bucket)) {
                    var sum = json.path(ListingDigests.SUM).asText();
                    buckets.put(bucket, new Bucket(sum, item.id().orElseThrow()));
                }
            }
        }
        return buckets;
    }

    /// Makes one bucket what its owner has.
    ///
    /// @param first the address of its first page; empty when the owner has nothing in it
    private Step correct(
            URI partner,
            LocalActor reader,
            String bucket,
            Map<URI, Held> held,
            Optional<URI> first) {
        var name = ListingActivities.name(remoteActors, partner);
        var present = new HashSet<URI>();
        var next = first;
        for (int pages = 0; next.isPresent(); pages++) {
            if (pages == MOST_PAGES) {
                return new Step.Refused("bucket-without-end");
            }
            switch (fetcher.fetch(next.get(), reader)) {
                case Fetched.Found(OrderedCollectionPage page) -> {
                    database.run(tx -> take(tx, partner, name, page, held, present));
                    next = page.next().filter(it -> Origins.same(partner, it));
                }
                case Fetched.Found _ -> {
                    return new Step.Refused("not-a-page");
                }
                case Fetched.Gone _ -> {
                    return new Step.Refused("gone");
                }
                case Fetched.Refused(var code) -> {
                    return new Step.Refused(code);
                }
                case Fetched.Failed _ -> {
                    return new Step.Failed();
                }
            }
        }
        database.run(tx -> vanish(tx, partner, bucket, held, present));
        return new Step.Ended();
    }

    private void take(
            Transaction tx,
            URI partner,
            String name,
            OrderedCollectionPage page,
            Map<URI, Held> held,
            Set<URI> present) {
        for (var item : page.items()) {
            if (item instanceof Reference.Embedded embedded
                    && embedded.read().found().orElse(null) instanceof Note note) {
                present.add(note.id());
                var asked = Optional.ofNullable(held.get(note.id())).map(Held::version);
                if (copies.correct(tx, partner, name, note, asked)
                        instanceof ListingCopies.Taken.Refused(var code)) {
                    LOG.info("A listing of {} was left out: {}", partner, code);
                }
            }
        }
    }

    private void vanish(
            Transaction tx, URI partner, String bucket, Map<URI, Held> held, Set<URI> present) {
        held.forEach(
                (listing, it) -> {
                    if (it.saysSomething()
                            && !present.contains(listing)
                            && ListingDigest.bucket(listing).equals(bucket)) {
                        copies.vanished(tx, partner, listing, it.version());
                    }
                });
    }
}
