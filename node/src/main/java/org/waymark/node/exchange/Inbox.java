// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
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
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.InboxTable.State;
import org.waymark.node.exchange.InboxTable.Stored;
import org.waymark.node.exchange.SealedBodies.Fate;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Work;

/// Takes activities in: verified, trusted, seen for the first time, then one durable row; only then
/// is the sender told that we have it. What an activity means is found out later, by [InboxWorker].
public final class Inbox {

    /// A job for each activity, in the group of the host it came from.
    static final String WORK = "inbox";

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final Database database;
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

    public Inbox(
            Database database,
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
                    var answer = admit(request, activity, signature, receiver);
                    if (answer instanceof Answer.Taken) {
                        synchronize(request, actor);
                    }
                    yield answer;
                }
            };
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
            String signature,
            Optional<OrganizationId> receiver) {
        try {
            if (!request.headers().all("Signature-Input").isEmpty()) {
                schemes.signedRfc9421(activity.actor());
            }
            return admit(activity, signature, receiver);
        } finally {
            // Whatever was not kept may come again, word by word.
            seen.release(signature);
        }
    }

    private Answer admit(Activity activity, String signature, Optional<OrganizationId> receiver) {
        if (!rateLimit.admits(Lanes.host(activity.actor()))) {
            return new Answer.Refused(429, "too-many-activities", rateLimit.untilAdmitted());
        }
        var subject = database.read(tx -> Subjects.of(tx, activity));
        return switch (trust.ask(activity, subject)) {
            case Trust.Answer.Refused(var code) -> new Answer.Refused(403, code);
            case Trust.Answer.Later(var code) -> new Answer.Refused(503, code);
            case Trust.Answer.Ignored _ -> {
                unknown.increment();
                yield taken(signature);
            }
            case Trust.Answer.Welcome _ -> take(activity, subject, signature, receiver);
        };
    }

    /// It has no row of its own; a copy of the request shall have no effect either.
    private Answer taken(String signature) {
        database.run(tx -> seen.keep(tx, signature));
        return new Answer.Taken();
    }

    private Answer take(
            Activity activity,
            String subject,
            String signature,
            Optional<OrganizationId> receiver) {
        if (isHere(activity.id())) {
            return taken(signature);
        }
        if (routes.find(activity.type(), subject).isEmpty()) {
            unknown.increment();
            return taken(signature);
        }
        if (!Outbox.isSealed(activity.json())) {
            return store(activity, subject, signature, receiver, Optional.empty());
        }
        var fate = receiver.map(it -> sealedBodies.fateOf(activity, it));
        return switch (fate.orElseGet(Fate.Refused::new)) {
            case Fate.StoredUnder(var caseId) ->
                    store(activity, subject, signature, receiver, Optional.of(caseId));
            // Taken, so that its sender does not come again for two weeks.
            case Fate.Dropped _ -> taken(signature);
            case Fate.Refused _ -> new Answer.Refused(403, "sealed-not-expected");
        };
    }

    private Answer store(
            Activity activity,
            String subject,
            String signature,
            Optional<OrganizationId> receiver,
            Optional<CaseId> caseId) {
        var id = ids.get();
        var plain = StrictJson.write(activity.json());
        var body =
                caseId.map(it -> caseKeys.protect(it, Part.CASE, address(id), plain)).orElse(plain);
        var stored =
                new Stored(
                        id,
                        activity.id(),
                        activity.type(),
                        subject,
                        activity.actor(),
                        receiver,
                        caseId,
                        Optional.of(body),
                        clock.instant(),
                        State.WAITING,
                        Optional.empty());
        try {
            database.run(
                    tx -> {
                        seen.keep(tx, signature);
                        store(tx, stored);
                    });
        } catch (DatabaseException e) {
            // The same activity may have come through another connection at the same moment.
            if (!isHere(activity.id())) {
                throw e;
            }
            return taken(signature);
        }
        return new Answer.Taken();
    }

    private void store(Transaction tx, Stored stored) {
        InboxTable.add(tx, stored);
        var host = Lanes.host(stored.actor());
        work.schedule(tx, WORK, host, stored.id().toString(), clock.instant(), "");
        if (hosts.heard(tx, host)) {
            deliveries.hurry(tx, host);
        }
    }

    private boolean isHere(URI activity) {
        return database.read(tx -> InboxTable.holds(tx, activity));
    }

    /// Where a stored body lies, for its encryption.
    static FieldAddress address(UUID row) {
        return new FieldAddress("inbox_activity", row, "body");
    }
}
