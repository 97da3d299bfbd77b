// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.delivery.Attempt;
import org.waymark.federation.delivery.Retry;
import org.waymark.federation.transport.Knocker;
import org.waymark.node.database.Database;
import org.waymark.node.database.SharedCommits;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.DeliveryTable.Queued;
import org.waymark.node.exchange.OutboxTable.Stored;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.LockedTime;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Places;
import org.waymark.node.work.Work;

/// Delivers what the outbox holds. A lane is one job, so within it one delivery is in flight and
/// the next goes when it has arrived or was given up. The lanes of a host are a group, which goes
/// at the pace its server bears ([RemoteHosts]). Each attempt is signed afresh.
public final class DeliveryWorker {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);

    // 256: attempts wait for other machines, not for ours; 64 hosts that are slow hold up no other,
    // and what goes to a city's partners goes to all of them at once.
    private static final int AT_ONCE = 256;
    // 1 h between looks at a host we paused; resuming it makes everything due at once.
    private static final Duration PAUSED = Duration.ofHours(1);

    private final Database database;
    // Deliveries of one activity end together and look at each other's rows.
    private final SharedCommits commits;
    private final Knocker knocker;
    private final ActorKeys keys;
    private final LocalActors actors;
    private final CaseKeys caseKeys;
    private final FollowersHeader followersHeader;
    private final RemoteActors remoteActors;
    private final RemoteHosts hosts;
    private final Deliveries deliveries;
    private final Trust trust;
    private final Clock clock;
    private final DoubleSupplier jitter;

    /// @param commits the one of [Inbox]
    public DeliveryWorker(
            Database database,
            SharedCommits commits,
            Work work,
            Knocker knocker,
            ActorKeys keys,
            LocalActors actors,
            CaseKeys caseKeys,
            Followership followership,
            RemoteActors remoteActors,
            RemoteHosts hosts,
            Deliveries deliveries,
            Trust trust,
            Clock clock,
            DoubleSupplier jitter) {
        this.database = database;
        this.commits = commits;
        this.knocker = knocker;
        this.keys = keys;
        this.actors = actors;
        this.caseKeys = caseKeys;
        this.followersHeader = new FollowersHeader(followership);
        this.remoteActors = remoteActors;
        this.hosts = hosts;
        this.deliveries = deliveries;
        this.trust = trust;
        this.clock = clock;
        this.jitter = jitter;
        work.handle(Outbox.WORK, new Places(AT_ONCE, hosts::pace), this::run);
    }

    /// The first of a lane and what it says.
    private record First(Queued queued, Stored stored) {}

    private static Optional<First> first(Transaction tx, UUID lane) {
        return DeliveryTable.firstInLane(tx, lane)
                .map(
                        it ->
                                new First(
                                        it,
                                        OutboxTable.find(tx, it.delivery().activity())
                                                .orElseThrow()));
    }

    private Handler.Result run(Job job) {
        var lane = UUID.fromString(job.key());
        var first = database.read(tx -> first(tx, lane));
        if (first.isEmpty()) {
            return new Handler.Result.Done();
        }
        var delivery = first.get().queued().delivery();
        var now = clock.instant();
        if (delivery.due().isAfter(now)) {
            return new Handler.Result.Again(delivery.due());
        }
        if (trust.isPaused(delivery.inbox())) {
            return new Handler.Result.Again(now.plus(PAUSED));
        }
        return deliver(first.get())
                .<Handler.Result>map(next -> new Handler.Result.Again(next.delivery().due()))
                .orElseGet(Handler.Result.Done::new);
    }

    /// @return what is then the first in its lane
    private Optional<Queued> deliver(First first) {
        var queued = first.queued();
        var stored = first.stored();
        var sender = actors.find(stored.sender());
        var body = body(stored);
        if (sender.isEmpty() || body.isEmpty()) {
            var code = sender.isEmpty() ? "sender-gone" : whyNothingIsLeft(stored);
            return ended(
                    queued,
                    tx -> DeliveryTable.givenUp(tx, queued.number(), code, clock.instant()));
        }
        var began = clock.instant();
        var attempt = attempt(queued, body.get(), sender.get());
        // An inbox that has gone may be a server that forgot; its actors must say so themselves.
        var isGone =
                attempt instanceof Attempt.Gone && remoteActors.areGone(queued.delivery().inbox());
        return ended(queued, tx -> note(tx, queued, began, attempt, isGone));
    }

    private Optional<Queued> ended(Queued queued, Consumer<Transaction> note) {
        return commits.write(
                tx -> {
                    note.accept(tx);
                    return DeliveryTable.firstInLane(tx, queued.lane());
                });
    }

    private Attempt attempt(Queued queued, byte[] body, LocalActor sender) {
        return Attempt.make(
                knocker,
                queued.delivery().inbox(),
                body,
                followersHeader.of(sender, queued.delivery().inbox(), body),
                keys.of(sender).signingKeys(),
                clock);
    }

    private void note(
            Transaction tx, Queued queued, Instant began, Attempt attempt, boolean isGone) {
        switch (attempt) {
            case Attempt.Delivered _ -> noteDelivered(tx, queued);
            case Attempt.Postponed postponed when postponed.isOfTheMessage() ->
                    noteRefusal(tx, queued, postponed.code(), postponed.askedWait());
            case Attempt.Postponed(var code, var askedWait) ->
                    noteOutage(tx, queued, began, code, askedWait);
            case Attempt.Gone _ when isGone -> {
                hurryIf(hosts.answered(tx, queued.host()), tx, queued.host());
                DeliveryTable.giveUpInbox(
                        tx,
                        queued.host(),
                        queued.delivery().inbox(),
                        "actor-gone",
                        clock.instant());
            }
            case Attempt.Gone _ -> noteRefusal(tx, queued, "status-410", Duration.ZERO);
        }
    }

    private void noteDelivered(Transaction tx, Queued queued) {
        // The host first, as everywhere: two that end at once must not wait for each other.
        hurryIf(hosts.reached(tx, queued.host()), tx, queued.host());
        DeliveryTable.delivered(tx, queued.number(), clock.instant());
        var activity = queued.delivery().activity();
        tx.beforeCommit(activity, () -> dropIfOver(tx, activity));
    }

    private static void dropIfOver(Transaction tx, URI activity) {
        if (DeliveryTable.isOver(tx, activity)) {
            OutboxTable.dropBody(tx, activity);
        }
    }

    /// The server is there and did not want this one.
    private void noteRefusal(Transaction tx, Queued queued, String code, Duration askedWait) {
        hurryIf(hosts.answered(tx, queued.host()), tx, queued.host());
        noteFailure(tx, queued, code, askedWait);
    }

    /// The server takes nothing now.
    private void noteOutage(
            Transaction tx, Queued queued, Instant began, String code, Duration askedWait) {
        var now = clock.instant();
        var since = hosts.failed(tx, queued.host(), began, askedWait);
        noteFailure(tx, queued, code, askedWait);
        if (triedFor(tx, since, now).compareTo(Retry.GIVEN_UP_AFTER) >= 0) {
            var longAgo = LockedTime.since(tx, Retry.GIVEN_UP_AFTER, now);
            var many = DeliveryTable.giveUpQueuedBefore(tx, queued.host(), longAgo, code, now);
            LOG.warn("{} deliveries to {} are given up: {}", many, queued.host(), code);
        }
    }

    private void noteFailure(Transaction tx, Queued queued, String code, Duration askedWait) {
        var now = clock.instant();
        var since = queued.delivery().failingSince().orElse(now);
        switch (Retry.after(
                queued.delivery().attempts() + 1,
                triedFor(tx, since, now),
                askedWait,
                jitter.getAsDouble())) {
            case Retry.Wait(var wait) ->
                    DeliveryTable.failed(tx, queued.number(), code, now, now.plus(wait));
            case Retry.GiveUp _ -> {
                LOG.warn("Delivery {} to {} is given up: {}", queued.number(), queued.host(), code);
                DeliveryTable.givenUp(tx, queued.number(), code, now);
            }
        }
    }

    /// How long something was tried: while the keys are locked nothing is.
    private static Duration triedFor(Transaction tx, Instant since, Instant now) {
        var length = Duration.between(since, now);
        return length.compareTo(Retry.GIVEN_UP_AFTER) < 0
                ? length
                : LockedTime.openSince(tx, since, now);
    }

    /// A server that is back gets what waited for its time, too; its pace bounds the rate.
    private void hurryIf(boolean isBack, Transaction tx, String host) {
        if (isBack) {
            deliveries.hurry(tx, host);
        }
    }

    private static String whyNothingIsLeft(Stored stored) {
        // A sealed body stays, unreadable, when the case is erased.
        return stored.body().isPresent() ? "case-erased" : Outbox.TAKEN_BACK;
    }

    private Optional<byte[]> body(Stored stored) {
        return stored.body()
                .flatMap(
                        body ->
                                stored.protectedBy().isEmpty()
                                        ? Optional.of(body)
                                        : caseKeys.open(
                                                stored.protectedBy().get(),
                                                Part.CASE,
                                                Outbox.address(stored.activity()),
                                                body));
    }
}
