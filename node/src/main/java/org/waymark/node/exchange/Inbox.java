// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.federation.delivery.CollectionSynchronization;
import org.waymark.federation.inbox.Received;
import org.waymark.federation.signature.Request;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.database.Database;
import org.waymark.node.database.DatabaseException;
import org.waymark.node.database.SharedCommits;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.InboxTable.State;
import org.waymark.node.exchange.InboxTable.Stored;
import org.waymark.node.exchange.SealedBodies.Fate;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.privacy.LockedException;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Work;

/// Takes activities in: verified, trusted, seen for the first time, then one durable row; only then
/// is the sender told that we have it. What an activity means is found out later, by [InboxWorker],
/// or at once, where that needs no more than the same transaction ([SwiftHandler]). What arrives
/// together is committed together.
public final class Inbox {

    /// A job for each activity, in the group of the host it came from.
    static final String WORK = "inbox";

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    // 128 bits in hexadecimal digits.
    private static final int MARK_DIGITS = 32;

    // 10 min: staff come to work at their hour, not at ours.
    private static final Duration WAIT_WHILE_LOCKED = Duration.ofMinutes(10);

    private final Database database;
    private final SharedCommits commits;
    private final Work work;
    private final org.waymark.federation.inbox.Inbox gate;
    private final SeenSignatures seen;
    private final Trust trust;
    private final ActivityRoutes routes;
    private final SealedBodies sealedBodies;
    private final CaseKeys caseKeys;
    private final RemoteHosts hosts;
    private final HostSchemes schemes;
    private final Deliveries deliveries;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final RateLimit rateLimit;
    private final LongAdder unknown = new LongAdder();
    private final List<BiConsumer<Actor, CollectionSynchronization>> whenSynchronized =
            new CopyOnWriteArrayList<>();

    /// @param commits the one of [DeliveryWorker]: both change the rows of other servers, in any
    ///   order, and so must not do it at the same time
    public Inbox(
            Database database,
            SharedCommits commits,
            Work work,
            org.waymark.federation.inbox.Inbox gate,
            SeenSignatures seen,
            Trust trust,
            ActivityRoutes routes,
            SealedBodies sealedBodies,
            CaseKeys caseKeys,
            RemoteHosts hosts,
            HostSchemes schemes,
            Deliveries deliveries,
            RateLimit rateLimit,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.commits = commits;
        this.work = work;
        this.gate = gate;
        this.seen = seen;
        this.trust = trust;
        this.routes = routes;
        this.sealedBodies = sealedBodies;
        this.caseKeys = caseKeys;
        this.hosts = hosts;
        this.schemes = schemes;
        this.deliveries = deliveries;
        this.clock = clock;
        this.ids = ids;
        this.rateLimit = rateLimit;
    }

    /// What the sender is told.
    public sealed interface Answer {
        /// We have it, now or since an earlier delivery, or it is nothing to us. Status 202.
        record Taken() implements Answer {}

        /// Without effect.
        ///
        /// @param status 4xx: do not send it like this; 503 and 429: try again later
        /// @param comeAfter how much later, where it is worth saying
        record Refused(int status, String code, Duration comeAfter) implements Answer {
            // 1 min: long enough to be worth waiting, short enough that a flood ebbs before.
            static final Duration USUAL_WAIT = Duration.ofMinutes(1);

            Refused(int status, String code) {
                this(status, code, USUAL_WAIT);
            }
        }
    }

    /// Receives one request.
    ///
    /// @param receiver whose inbox it came to; empty for the node's shared one
    public Answer receive(Request request, Optional<OrganizationId> receiver) {
        try {
            return switch (gate.receive(request)) {
                case Received.Refused(var status, var code) -> new Answer.Refused(status, code);
                case Received.Ignored _ -> new Answer.Taken();
                case Received.Accepted(var activity, var actor, _, var signature) -> {
                    var answer = admit(request, activity, actor.id(), receiver, signature);
                    if (answer instanceof Answer.Taken) {
                        synchronize(request, actor);
                    }
                    yield answer;
                }
                case Received.Forwarded(var activity, _, _, var bearer, var signature) ->
                        admit(request, activity, bearer.id(), receiver, signature);
            };
        } catch (LockedException _) {
            // Whoever signed it is unknown, and to ask for the key is to sign with ours.
            return new Answer.Refused(503, "locked", WAIT_WHILE_LOCKED);
        } catch (DatabaseException e) {
            if (e.isAboutValue()) {
                return new Answer.Refused(400, "value-not-storable");
            }
            // Full disk, stuck lock: the sender still has it, and comes again.
            LOG.error("An activity could not be taken in", e);
            return new Answer.Refused(503, "cannot-store-now");
        }
    }

    /// How many activities were taken that mean nothing to us, since the start.
    public long countUnknown() {
        return unknown.sum();
    }

    /// Names who is told, after an activity was taken, what its actor says beside it of its
    /// followers here. Call before the node serves.
    public void whenSynchronized(BiConsumer<Actor, CollectionSynchronization> observer) {
        whenSynchronized.add(observer);
    }

    private void synchronize(Request request, Actor actor) {
        request.headers()
                .first(CollectionSynchronization.HEADER)
                .flatMap(CollectionSynchronization::parse)
                .ifPresent(said -> whenSynchronized.forEach(it -> it.accept(actor, said)));
    }

    private Answer admit(
            Request request,
            Activity activity,
            URI bearer,
            Optional<OrganizationId> receiver,
            String signature) {
        var isTaken = false;
        try {
            if (!request.headers().all("Signature-Input").isEmpty()) {
                schemes.signedRfc9421(bearer);
            }
            var answer = admit(activity, receiver, new Brought(bearer, mark(signature)));
            isTaken = answer instanceof Answer.Taken;
            return answer;
        } finally {
            if (!isTaken) {
                // What had no effect may come again, word by word.
                seen.release(signature);
            }
        }
    }

    private Answer admit(Activity activity, Optional<OrganizationId> receiver, Brought how) {
        if (!rateLimit.admits(Lanes.host(how.bearer()))) {
            return new Answer.Refused(429, "too-many-activities", rateLimit.untilAdmitted());
        }
        var subject = Subjects.of(database, activity);
        return switch (trust.ask(activity, subject)) {
            case Trust.Answer.Refused(var code) -> new Answer.Refused(403, code);
            // 503 makes its sender keep back all it has for us; a bearer has no part in this.
            case Trust.Answer.Later(var code) ->
                    new Answer.Refused(how.isByItsActor(activity) ? 503 : 403, code);
            case Trust.Answer.Ignored _ -> {
                unknown.increment();
                yield new Answer.Taken();
            }
            case Trust.Answer.Welcome _ ->
                    take(
                            new ReceivedActivity(
                                    activity,
                                    subject,
                                    receiver,
                                    clock.instant(),
                                    !how.isByItsActor(activity)),
                            how);
        };
    }

    /// How an activity came.
    ///
    /// @param bearer who signed the request, which is the actor unless it was forwarded
    /// @param mark by which the request is known again
    private record Brought(URI bearer, String mark) {

        boolean isByItsActor(Activity activity) {
            return bearer.equals(activity.actor());
        }
    }

    private Answer take(ReceivedActivity received, Brought how) {
        var activity = received.activity();
        var handler = routes.find(activity.type(), received.subject());
        if (handler.isEmpty()) {
            unknown.increment();
            return new Answer.Taken();
        }
        if (handler.get() instanceof SwiftHandler swift && !Outbox.isSealed(activity.json())) {
            return takeSwiftly(swift, received, how);
        }
        var earlier = database.read(tx -> InboxTable.findSignature(tx, activity.id()));
        if (earlier.isPresent()) {
            return again(earlier.get(), how);
        }
        if (!Outbox.isSealed(activity.json())) {
            return take(received, Optional.empty(), how);
        }
        try {
            return takeSealed(received, how);
        } catch (LockedException _) {
            // As it came: only our sealing key opens it, and that is locked too.
            return received.receiver().isPresent()
                    ? take(received, Optional.empty(), how)
                    : new Answer.Refused(403, "sealed-not-expected");
        }
    }

    private Answer takeSealed(ReceivedActivity received, Brought how) {
        var activity = received.activity();
        var fate = received.receiver().map(it -> sealedBodies.fateOf(activity, it));
        return switch (fate.orElseGet(Fate.Refused::new)) {
            case Fate.StoredUnder(var caseId) -> take(received, Optional.of(caseId), how);
            // Taken, so that its sender does not come again for two weeks.
            case Fate.Dropped _ -> new Answer.Taken();
            case Fate.Refused _ -> new Answer.Refused(403, "sealed-not-expected");
        };
    }

    /// In one transaction with its effect. What fails so is left to [InboxWorker], so that it holds
    /// up nothing that came with it.
    private Answer takeSwiftly(SwiftHandler swift, ReceivedActivity received, Brought how) {
        var id = ids.get();
        try {
            var effect = swift.prepare(received);
            var done = stored(id, received, Optional.empty(), Optional.empty(), State.DONE);
            return write(done, how, tx -> settle(tx, id, received, effect.apply(tx), how));
        } catch (LockedException _) {
            return take(received, Optional.empty(), how);
        } catch (RuntimeException e) {
            if (e instanceof DatabaseException it && it.isTrouble()) {
                throw e;
            }
            LOG.warn(
                    "Activity {} could not be processed as it came; it will be tried again", id, e);
            return take(received, Optional.empty(), how);
        }
    }

    /// The row says already that it is done.
    private void settle(
            Transaction tx,
            UUID id,
            ReceivedActivity received,
            ActivityHandler.Result result,
            Brought how) {
        switch (result) {
            case ActivityHandler.Result.Done _ -> {}
            case ActivityHandler.Result.Refused(var code) -> {
                InboxTable.end(tx, id, State.REFUSED, Optional.of(code), received.receivedAt());
                tx.afterCommit(() -> InboxWorker.logRefused(id, received.activity().type(), code));
            }
            case ActivityHandler.Result.NotYet _ -> {
                InboxTable.await(tx, id, StrictJson.write(received.activity().json()));
                schedule(tx, id, how);
            }
        }
    }

    private Answer take(ReceivedActivity received, Optional<CaseId> caseId, Brought how) {
        var id = ids.get();
        var plain = StrictJson.write(received.activity().json());
        var body =
                caseId.map(it -> caseKeys.protect(it, Part.CASE, address(id), plain)).orElse(plain);
        var waiting = stored(id, received, caseId, Optional.of(body), State.WAITING);
        return write(waiting, how, tx -> schedule(tx, id, how));
    }

    private void schedule(Transaction tx, UUID id, Brought how) {
        var host = Lanes.host(how.bearer());
        work.schedule(tx, WORK, host, id.toString(), clock.instant(), "");
    }

    /// Stores what is new, and knows again what is not: the same activity may have come through
    /// another connection at the same moment.
    ///
    /// @param then what else is done for what is new
    private Answer write(Stored row, Brought how, Consumer<Transaction> then) {
        var host = Lanes.host(how.bearer());
        var isWorthNoting = hosts.isWorthNoting(host);
        return commits.write(
                tx -> {
                    if (!InboxTable.add(tx, row, how.mark())) {
                        var earlier = InboxTable.findSignature(tx, row.activity());
                        return again(earlier.orElseThrow(), how);
                    }
                    then.accept(tx);
                    if (isWorthNoting && hosts.heard(tx, host)) {
                        deliveries.hurry(tx, host);
                    }
                    return new Answer.Taken();
                });
    }

    /// An honest sender repeats an activity under a fresh signature.
    private static Answer again(String before, Brought how) {
        return before.equals(how.mark())
                ? new Answer.Refused(401, "signature-replayed")
                : new Answer.Taken();
    }

    private static Stored stored(
            UUID id,
            ReceivedActivity received,
            Optional<CaseId> caseId,
            Optional<byte[]> body,
            State state) {
        return new Stored(
                id,
                received.activity().id(),
                received.activity().type(),
                received.subject(),
                received.activity().actor(),
                received.receiver(),
                caseId,
                body,
                received.receivedAt(),
                state,
                Optional.empty());
    }

    /// The first 128 bits of its digest.
    private static String mark(String signature) {
        return Fingerprint.of(signature.getBytes(StandardCharsets.UTF_8)).substring(0, MARK_DIGITS);
    }

    /// Where a stored body lies, for its encryption.
    static FieldAddress address(UUID row) {
        return new FieldAddress("inbox_activity", row, "body");
    }
}
