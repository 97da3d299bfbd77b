// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.DeliveryTable.Route;
import org.waymark.node.exchange.OutboxTable.Stored;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.work.Work;

/// Sends activities, in the transaction of the change they tell of: both are committed, or neither
/// is. The network is touched only afterwards, by a worker.
///
/// What has the same order key goes to a host one by one, in the order it was sent here.
public final class Outbox {

    /// A job for each lane, in the group of its host.
    static final String WORK = "delivery";

    /// Why something was given up that was not to arrive any more.
    static final String TAKEN_BACK = "taken-back";

    private final Work work;
    private final CaseKeys caseKeys;
    private final Clock clock;

    public Outbox(Work work, CaseKeys caseKeys, Clock clock) {
        this.work = work;
        this.caseKeys = caseKeys;
        this.clock = clock;
    }

    /// Sends to one actor's own inbox.
    ///
    /// @param recipient an actor whose document is known (see [RemoteActors])
    /// @param protectedBy the case under whose key the body is stored; a body that holds something
    ///   sealed must have one
    /// @throws IllegalStateException when nothing is known of the recipient
    public void send(
            Transaction tx,
            LocalActor sender,
            URI recipient,
            Activity activity,
            URI orderKey,
            Optional<CaseId> protectedBy) {
        deliver(tx, sender, List.of(known(tx, recipient).inbox()), activity, orderKey, protectedBy);
    }

    /// Sends something public to many actors, once to each server that has one inbox for all.
    public void sendToAll(
            Transaction tx,
            LocalActor sender,
            Collection<URI> recipients,
            Activity activity,
            URI orderKey) {
        // In one order for all, so that two transactions never wait for each other.
        var inboxes = new TreeSet<URI>();
        for (var recipient : recipients) {
            var actor = known(tx, recipient);
            inboxes.add(actor.sharedInbox().orElse(actor.inbox()));
        }
        if (!inboxes.isEmpty()) {
            deliver(tx, sender, inboxes, activity, orderKey, Optional.empty());
        }
    }

    /// Nobody may read any more what was told of a thing until now: what still waits somewhere, for
    /// a server that is down, is not delivered, not even when somebody sends it again. Call it
    /// before what is to be said instead.
    public void takeBack(Transaction tx, URI orderKey) {
        OutboxTable.dropWords(tx, orderKey);
    }

    /// The same for one activity.
    public void takeBackOne(Transaction tx, URI activity) {
        if (OutboxTable.dropUnsent(tx, activity)) {
            DeliveryTable.giveUpActivity(tx, activity, TAKEN_BACK, clock.instant());
        }
    }

    private void deliver(
            Transaction tx,
            LocalActor sender,
            Collection<URI> inboxes,
            Activity activity,
            URI orderKey,
            Optional<CaseId> protectedBy) {
        if (protectedBy.isEmpty() && isSealed(activity.json())) {
            throw new IllegalArgumentException("A sealed body is stored under a case's key only");
        }
        var now = clock.instant();
        var body = StrictJson.write(activity.json());
        OutboxTable.add(
                tx,
                new Stored(
                        activity.id(),
                        activity.type(),
                        Subjects.of(tx, activity),
                        sender.id(),
                        orderKey,
                        protectedBy,
                        Optional.of(
                                protectedBy
                                        .map(
                                                it ->
                                                        caseKeys.protect(
                                                                it,
                                                                Part.CASE,
                                                                address(activity.id()),
                                                                body))
                                        .orElse(body))),
                activity.object().flatMap(Reference::id),
                Stream.concat(activity.to().stream(), activity.cc().stream())
                        .anyMatch(Contexts.PUBLIC::equals),
                now);
        var routes = inboxes.stream().map(it -> route(it, orderKey)).toList();
        DeliveryTable.add(tx, activity.id(), routes, now);
        routes.forEach(it -> work.schedule(tx, WORK, it.host(), it.lane().toString(), now, ""));
    }

    private static Route route(URI inbox, URI orderKey) {
        var host = Lanes.host(inbox);
        return new Route(inbox, host, Lanes.of(host, orderKey));
    }

    /// Where a stored body lies, for its encryption.
    static FieldAddress address(URI activity) {
        var row = UUID.nameUUIDFromBytes(activity.toString().getBytes(StandardCharsets.UTF_8));
        return new FieldAddress("outbox_activity", row, "body");
    }

    static boolean isSealed(JsonNode json) {
        return json.findValue(Contexts.SEALED) != null;
    }

    private static Actor known(Transaction tx, URI recipient) {
        return RemoteActorTable.find(tx, recipient)
                .map(RemoteActors::parse)
                .orElseThrow(() -> new IllegalStateException("Nothing is known of " + recipient));
    }
}
