// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.listing.Intake;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.Twins;
import org.waymark.node.listing.UnusablePackageException;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Progress;
import org.waymark.node.work.Work;

/// Reads HSDS APIs of others: what changed every day, and everything once a week, to see what is
/// gone. What is gone there stays here until a person decides.
public final class Feeds {

    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
    private static final String WORK = "listing-feed";
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration WHOLE_EVERY = Duration.ofDays(7);
    private static final int ROWS_AT_ONCE = 200;
    // 14 failures in a row, with growing pauses some months: nobody is there any more.
    private static final int MOST_FAILURES = 14;
    // 1 hour: clocks differ, and what is read twice changes nothing.
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final Database database;
    private final Work work;
    private final Access access;
    private final Intake intake;
    private final GuardedClient client;
    private final Twins twins;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Feeds(
            Database database,
            Work work,
            Access access,
            Intake intake,
            GuardedClient client,
            Twins twins,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.work = work;
        this.access = access;
        this.intake = intake;
        this.client = client;
        this.twins = twins;
        this.zone = zone;
        this.clock = clock;
        this.ids = ids;
        work.handle(WORK, this::read);
    }

    /// Begins to read an API. Asking again reads it again now.
    ///
    /// @return false when the address is none that can be read
    public boolean add(Acting acting, URI url) {
        access.require(acting, Right.EDIT_LISTINGS);
        if (url.getHost() == null
                || !List.of("https", "http").contains(url.getScheme())
                || url.getRawQuery() != null
                || url.getRawUserInfo() != null) {
            return false;
        }
        database.run(
                tx -> {
                    var known =
                            FeedTable.list(tx, acting.organization()).stream()
                                    .filter(feed -> feed.url().equals(url))
                                    .findFirst();
                    var feed =
                            known.orElseGet(
                                    () ->
                                            new Feed(
                                                    ids.get(),
                                                    acting.organization(),
                                                    url,
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    0,
                                                    "not read yet"));
                    if (known.isEmpty()) {
                        FeedTable.add(tx, feed);
                    }
                    work.schedule(tx, WORK, feed.id().toString(), clock.instant(), "");
                });
        return true;
    }

    /// @return whether it was read
    public boolean remove(Acting acting, URI url) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(tx -> FeedTable.remove(tx, acting.organization(), url) > 0);
    }

    public List<Feed> list(Acting acting) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> FeedTable.list(tx, acting.organization()));
    }

    private Handler.Result read(Job job) {
        var found = database.read(tx -> FeedTable.find(tx, UUID.fromString(job.key())));
        if (found.isEmpty()) {
            return new Handler.Result.Done();
        }
        var feed = found.get();
        var began = clock.instant();
        var isWhole =
                feed.whole().isEmpty() || feed.whole().get().plus(WHOLE_EVERY).isBefore(began);
        var known = database.read(tx -> FeedTable.items(tx, feed.id()));
        var source =
                new FeedSource(
                        client,
                        feed.url(),
                        isWhole ? Optional.empty() : feed.read().map(it -> it.minus(OVERLAP)),
                        feed.etag(),
                        known);
        var after = read(feed, source, isWhole, began);
        var fresh = source.seen().stream().filter(id -> !known.contains(id)).toList();
        if (after.failures() == 0) {
            for (int from = 0; from < fresh.size(); from += ROWS_AT_ONCE) {
                var some = fresh.subList(from, Math.min(fresh.size(), from + ROWS_AT_ONCE));
                database.run(tx -> FeedTable.addItems(tx, feed.id(), some));
            }
        }
        database.run(tx -> FeedTable.replace(tx, after));
        if (after.failures() >= MOST_FAILURES) {
            return new Handler.Result.Done();
        }
        return new Handler.Result.Again(next(after, source, began));
    }

    private Feed read(Feed feed, FeedSource source, boolean isWhole, Instant began) {
        try {
            var report =
                    intake.run(
                            Acting.node(feed.publisher()),
                            source,
                            options(feed.publisher()),
                            Progress.SILENT);
            if (report.changes() > 0) {
                twins.look(Acting.node(feed.publisher()));
            }
            var gone =
                    report.problems().stream()
                            .filter(line -> line.problem() == Problem.REMOVED_AT_SOURCE)
                            .mapToInt(line -> line.count())
                            .sum();
            return feed.done(
                    began,
                    isWhole,
                    "%s: %d services, %d changes, %d left out, %d gone there"
                            .formatted(
                                    began,
                                    report.services(),
                                    report.changes(),
                                    report.leftOut(),
                                    gone));
        } catch (FeedSource.Unchanged e) {
            // The same question again next time, so that the other side can say so in one word.
            return feed.unchanged(source.etag(), began + ": nothing new");
        } catch (UnusablePackageException e) {
            LOG.info("The feed of {} cannot be read: {}", feed.url().getHost(), e.code());
            return feed.failed(began + ": " + e.code());
        }
    }

    /// Longer and longer pauses when it fails, never shorter than the other side asks for.
    private static Instant next(Feed feed, FeedSource source, Instant began) {
        var pause = feed.failures() == 0 ? EVERY : EVERY.multipliedBy(Math.min(feed.failures(), 7));
        var asked = source.retryAfter();
        return began.plus(asked.compareTo(pause) > 0 ? asked : pause);
    }

    private Intake.Options options(OrganizationId publisher) {
        return new Intake.Options(publisher, Optional.empty(), zone, "en", Optional.empty(), false);
    }
}
