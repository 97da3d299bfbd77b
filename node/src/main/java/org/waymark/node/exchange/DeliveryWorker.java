// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.delivery.Attempt;
import org.waymark.federation.delivery.Retry;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.DeliveryTable.Queued;
import org.waymark.node.exchange.OutboxTable.Stored;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Delivers what the outbox holds. A lane is one job, so within it one delivery is in flight and
/// the next goes when it has arrived or was given up. Each attempt is signed afresh.
public final class DeliveryWorker {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);

    // 4 at once to one host: more would only fill its queue (federation.md).
    private static final int PER_HOST = 4;
    // 1 h between looks at a host we paused; resuming it makes everything due at once.
    private static final Duration PAUSED = Duration.ofHours(1);

    // 0.5 s: about as long as an exchange takes.
    private static final Duration PLACE_TAKEN = Duration.ofMillis(500);

    private final Database database;
    private final GuardedClient client;
    private final ActorKeys keys;
    private final LocalActors actors;
    private final CaseKeys caseKeys;
    private final RemoteHosts hosts;
    private final Trust trust;
    private final Clock clock;
    private final DoubleSupplier jitter;
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    public DeliveryWorker(
            Database database,
            Work work,
            GuardedClient client,
            ActorKeys keys,
            LocalActors actors,
            CaseKeys caseKeys,
            RemoteHosts hosts,
            Trust trust,
            Clock clock,
            DoubleSupplier jitter) {
        this.database = database;
        this.client = client;
        this.keys = keys;
        this.actors = actors;
        this.caseKeys = caseKeys;
        this.hosts = hosts;
        this.trust = trust;
        this.clock = clock;
        this.jitter = jitter;
        work.handle(Outbox.WORK, this::run);
    }

    private Handler.Result run(Job job) {
        var lane = UUID.fromString(job.key());
        var first = database.read(tx -> DeliveryTable.firstInLane(tx, lane));
        if (first.isEmpty()) {
            return new Handler.Result.Done();
        }
        var queued = first.get();
        var wait = waitUntil(queued);
        if (wait.isPresent()) {
            return new Handler.Result.Again(wait.get());
        }
        var place = places.computeIfAbsent(queued.host(), _ -> new Semaphore(PER_HOST));
        // Waiting here would take the place of a delivery to a host that answers.
        if (!place.tryAcquire()) {
            return new Handler.Result.Again(clock.instant().plus(PLACE_TAKEN));
        }
        try {
            attempt(queued);
        } finally {
            place.release();
        }
        return database.read(tx -> DeliveryTable.firstInLane(tx, lane))
                .<Handler.Result>map(next -> new Handler.Result.Again(next.delivery().due()))
                .orElseGet(Handler.Result.Done::new);
    }

    private Optional<Instant> waitUntil(Queued queued) {
        var now = clock.instant();
        if (queued.delivery().due().isAfter(now)) {
            return Optional.of(queued.delivery().due());
        }
        return trust.isPaused(queued.delivery().inbox())
                ? Optional.of(now.plus(PAUSED))
                : hosts.restUntil(queued.host());
    }

    private void attempt(Queued queued) {
        var stored =
                database.read(tx -> OutboxTable.find(tx, queued.delivery().activity()))
                        .orElseThrow();
        var sender = actors.find(stored.sender());
        var body = body(stored);
        if (sender.isEmpty() || body.isEmpty()) {
            var code = sender.isEmpty() ? "sender-gone" : "case-erased";
            database.run(tx -> DeliveryTable.givenUp(tx, queued.number(), code, clock.instant()));
            return;
        }
        var attempt = attempt(queued, body.get(), sender.get());
        database.run(tx -> note(tx, queued, attempt));
    }

    private Attempt attempt(Queued queued, byte[] body, LocalActor sender) {
        return Attempt.make(
                client, queued.delivery().inbox(), body, keys.of(sender).rsaSigningKey(), clock);
    }

    private void note(Transaction tx, Queued queued, Attempt attempt) {
        switch (attempt) {
            case Attempt.Delivered _ -> {
                DeliveryTable.delivered(tx, queued.number(), clock.instant());
                hosts.reached(tx, queued.host());
                if (DeliveryTable.isOver(tx, queued.delivery().activity())) {
                    OutboxTable.dropBody(tx, queued.delivery().activity());
                }
            }
            case Attempt.Postponed(var code, var askedWait) ->
                    noteFailure(tx, queued, code, askedWait);
            // Only the actor's own 410 would make it permanent; until then it is one more failure.
            case Attempt.Gone _ -> noteFailure(tx, queued, "status-410", Duration.ZERO);
        }
    }

    private void noteFailure(Transaction tx, Queued queued, String code, Duration askedWait) {
        var now = clock.instant();
        var since = queued.delivery().failingSince().orElse(now);
        hosts.failed(tx, queued.host());
        switch (Retry.after(
                queued.delivery().attempts() + 1,
                Duration.between(since, now),
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
