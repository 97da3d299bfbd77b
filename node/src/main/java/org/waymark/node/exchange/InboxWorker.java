// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.InboxTable.State;
import org.waymark.node.exchange.InboxTable.Stored;
import org.waymark.node.exchange.SealedBodies.Fate;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.work.Handler;
import org.waymark.node.work.HeldUp;
import org.waymark.node.work.Job;
import org.waymark.node.work.Pace;
import org.waymark.node.work.Places;
import org.waymark.node.work.Work;

/// Gives each activity in the inbox to its handler. Every row is a job of its own, so one that
/// cannot be processed holds up no other; hosts take turns, so one that sends much does not either.
public final class InboxWorker {

    private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);

    // 1 h: after that an early message is a wrong one (federation.md, Delivery and inbox).
    private static final Duration HOLD = Duration.ofHours(1);
    private static final Duration SHORTEST_HOLD = Duration.ofSeconds(2);
    // 8 tries, about 20 minutes with the growing waits of `Work`: what fails so often is our fault
    // and waits for someone who mends it.
    private static final int TRIES = 8;

    // 6 of the 8 connections to the rows; the others take in what comes meanwhile.
    private static final int AT_ONCE = 6;
    // 3: one host that sends much leaves half of the places to the others, who take turns with it.
    private static final int AT_ONCE_OF_HOST = 3;

    private final Database database;
    private final ActivityRoutes routes;
    private final SealedBodies sealedBodies;
    private final CaseKeys caseKeys;
    private final Clock clock;

    public InboxWorker(
            Database database,
            Work work,
            ActivityRoutes routes,
            SealedBodies sealedBodies,
            CaseKeys caseKeys,
            Clock clock) {
        this.database = database;
        this.routes = routes;
        this.sealedBodies = sealedBodies;
        this.caseKeys = caseKeys;
        this.clock = clock;
        work.handle(Inbox.WORK, new Places(AT_ONCE, _ -> Pace.of(AT_ONCE_OF_HOST)), this::run);
    }

    private Handler.Result run(Job job) {
        var row = database.read(tx -> InboxTable.find(tx, UUID.fromString(job.key())));
        if (row.filter(it -> it.state() == State.WAITING).isEmpty()) {
            return new Handler.Result.Done();
        }
        var stored = row.get();
        var body = body(stored);
        if (body.isEmpty()) {
            return end(stored, State.REFUSED, "case-erased");
        }
        try {
            return handle(stored, body.get());
        } catch (HeldUp e) {
            throw e;
        } catch (RuntimeException e) {
            if (job.attempts() + 1 < TRIES) {
                throw e;
            }
            LOG.error("Activity {} is set aside: its handler keeps failing", stored.id(), e);
            database.run(tx -> InboxTable.fail(tx, stored.id(), clock.instant()));
            return new Handler.Result.Done();
        }
    }

    private Handler.Result handle(Stored stored, byte[] body) {
        var activity = StrictJson.read(body).then(Activity::read).orElseThrow();
        if (stored.protectedBy().isEmpty() && Outbox.isSealed(activity.json())) {
            // It came while the keys were locked.
            switch (sealedBodies.fateOf(activity, stored.receiver().orElseThrow())) {
                case Fate.StoredUnder(var caseId) -> {
                    var kept =
                            caseKeys.protect(caseId, Part.CASE, Inbox.address(stored.id()), body);
                    database.run(tx -> InboxTable.protect(tx, stored.id(), caseId, kept));
                }
                case Fate.Dropped _ -> {
                    return end(stored, State.DONE);
                }
                case Fate.Refused _ -> {
                    return hold(stored, "sealed-not-expected");
                }
            }
        }
        var handler = routes.find(stored.type(), stored.subject());
        if (handler.isEmpty()) {
            return end(stored, State.REFUSED, "no-handler");
        }
        var received =
                new ReceivedActivity(
                        activity,
                        stored.subject(),
                        stored.receiver(),
                        stored.receivedAt(),
                        // Who brought it is not kept; only what is proven is taken from others.
                        ObjectProofs.isSigned(activity.json()));
        return switch (FetchBudget.forOne(() -> handler.get().handle(received))) {
            case ActivityHandler.Result.Done _ -> end(stored, State.DONE);
            case ActivityHandler.Result.Refused(var code) -> end(stored, State.REFUSED, code);
            case ActivityHandler.Result.NotYet(var reason) -> hold(stored, reason);
        };
    }

    private Handler.Result hold(Stored stored, String reason) {
        var now = clock.instant();
        var since = caseKeys.readableSince();
        var age =
                Duration.between(
                        stored.receivedAt().isAfter(since) ? stored.receivedAt() : since, now);
        if (age.compareTo(HOLD) > 0) {
            return end(stored, State.REFUSED, reason);
        }
        database.run(tx -> InboxTable.hold(tx, stored.id(), reason, now));
        var wait = age.dividedBy(2);
        return new Handler.Result.Again(
                now.plus(wait.compareTo(SHORTEST_HOLD) > 0 ? wait : SHORTEST_HOLD));
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
                                                Inbox.address(stored.id()),
                                                body));
    }

    static void logRefused(UUID id, String type, String code) {
        LOG.info("Activity {} ({}) refused: {}", id, type, code);
    }

    private Handler.Result end(Stored stored, State state, String code) {
        logRefused(stored.id(), stored.type(), code);
        database.run(
                tx -> InboxTable.end(tx, stored.id(), state, Optional.of(code), clock.instant()));
        return new Handler.Result.Done();
    }

    private Handler.Result end(Stored stored, State state) {
        database.run(
                tx -> InboxTable.end(tx, stored.id(), state, Optional.empty(), clock.instant()));
        return new Handler.Result.Done();
    }
}
