// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.exchange.RemoteHosts;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler.Result;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// What becomes of copies whose owner went: they say since when and sink, or are hidden at once, or
/// are deleted because the owner asks. A clock marks; it hides nothing.
final class ListingDepartures {

    private static final String MARK = "listing-departure";
    private static final String HIDE = "listing-hide";
    private static final String PURGE = "listing-purge-asked";

    private static final Duration DAILY = Duration.ofDays(1);
    // 14 days without a word either way: as long as we go on delivering.
    private static final Duration SILENT = Duration.ofDays(14);

    private final Database database;
    private final Work work;
    private final Agreements agreements;
    private final LocalActors actors;
    private final RemoteHosts hosts;
    private final Outbox outbox;
    private final ListingCopies copies;
    private final Clock clock;
    private final Supplier<UUID> ids;

    ListingDepartures(
            Database database,
            Work work,
            Agreements agreements,
            LocalActors actors,
            RemoteHosts hosts,
            Outbox outbox,
            ListingCopies copies,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.work = work;
        this.agreements = agreements;
        this.actors = actors;
        this.hosts = hosts;
        this.outbox = outbox;
        this.copies = copies;
        this.clock = clock;
        this.ids = ids;
        work.handle(MARK, this::mark);
        work.handle(HIDE, job -> hideAll(URI.create(job.key())));
        work.handle(PURGE, this::purge);
    }

    /// Looks, now and then daily, whether an owner still tells of changes.
    void watch(Transaction tx, URI owner) {
        work.schedule(tx, MARK, owner.toString(), clock.instant(), "");
    }

    /// Nobody is to see what came from an owner: the first in this transaction, the others right
    /// after it.
    void hide(Transaction tx, URI owner) {
        ListingPullTable.remove(tx, owner);
        if (copies.hide(tx, owner)) {
            work.schedule(tx, HIDE, owner.toString(), clock.instant(), "");
        }
    }

    /// The owner wants its copies deleted, and to be told when they are.
    ///
    /// @param request the activity that asked
    void purgeAsked(Transaction tx, OrganizationId receiver, URI owner, URI request) {
        work.schedule(tx, PURGE, owner.toString(), clock.instant(), receiver + " " + request);
    }

    private Result mark(Job job) {
        var owner = URI.create(job.key());
        var told = agreements.copiesFrom(Acting.node(), owner);
        var left = told ? silentSince(owner) : Optional.of(clock.instant());
        while (database.write(tx -> mark(tx, owner, left))) {
            // Each round is a transaction of its own.
        }
        return told ? new Result.Again(clock.instant().plus(DAILY)) : new Result.Done();
    }

    private boolean mark(Transaction tx, URI owner, Optional<Instant> left) {
        // Whoever hides them waits, and hides what this writes.
        agreements.copiesFrom(Acting.node(), tx, owner);
        return copies.mark(tx, owner, left);
    }

    private Optional<Instant> silentSince(URI owner) {
        return hosts.find(Acting.node(), owner.getRawAuthority())
                .filter(it -> it.failures() > 0)
                .flatMap(
                        it ->
                                Stream.of(it.heardAt(), it.reachedAt())
                                        .flatMap(Optional::stream)
                                        .max(Instant::compareTo))
                .filter(it -> it.plus(SILENT).isBefore(clock.instant()));
    }

    private Result hideAll(URI owner) {
        while (database.write(tx -> copies.hide(tx, owner))) {
            // Each round is a transaction of its own.
        }
        return new Result.Done();
    }

    private Result purge(Job job) {
        var owner = URI.create(job.key());
        var request = job.payload().split(" ", 2);
        var sender = actors.of(new OrganizationId(UUID.fromString(request[0])));
        database.run(tx -> ListingPullTable.remove(tx, owner));
        while (database.write(tx -> copies.purge(tx, owner))) {
            // Each round is a transaction of its own.
        }
        database.run(
                tx ->
                        outbox.send(
                                tx,
                                sender,
                                owner,
                                Activity.read(
                                                Draft.activity(
                                                                "Accept",
                                                                actors.activity(ids.get()),
                                                                sender.id())
                                                        .set("object", request[1])
                                                        .to(owner)
                                                        .document())
                                        .orElseThrow(),
                                owner,
                                Optional.empty()));
        return new Result.Done();
    }
}
