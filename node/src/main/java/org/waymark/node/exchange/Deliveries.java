// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.DeliveryTable.Senders;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// How far what we sent has come, for those who sent it.
public final class Deliveries {

    private static final int MOST_GIVEN_UP_AT_ONCE = 500;
    private static final String HURRY = "delivery-hurry";
    private static final int MOST_SHOWN = 50;
    // 1,000 in one transaction (architecture, 10); whoever has more asks once more.
    private static final int MOST_AGAIN = 1_000;

    private final Database database;
    private final Work work;
    private final RemoteHosts hosts;
    private final LocalActors actors;
    private final Access access;
    private final Clock clock;

    public Deliveries(
            Database database,
            Work work,
            RemoteHosts hosts,
            LocalActors actors,
            Access access,
            Clock clock) {
        this.database = database;
        this.work = work;
        this.hosts = hosts;
        this.actors = actors;
        this.access = access;
        this.clock = clock;
        work.handle(HURRY, this::hurry);
    }

    /// One entry for each inbox the activity goes to; it says nothing of what was sent.
    public List<Delivery> of(Acting acting, URI activity) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> DeliveryTable.listOf(tx, senders(acting), activity));
    }

    /// What failed on its way to a host, oldest first.
    public List<Delivery> failing(Acting acting, String host) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(
                tx -> DeliveryTable.listFailing(tx, senders(acting), host, MOST_SHOWN));
    }

    /// What the organisation said since a moment and did not get through, newest first, with why.
    public List<Delivery> failingSince(Acting acting, Instant since) {
        access.require(acting, Right.SEE_PARTNERS);
        var sender = actors.of(acting.organization()).id();
        return database.read(tx -> DeliveryTable.listFailing(tx, sender, since, MOST_SHOWN));
    }

    public long countQueued(Acting acting, String host) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> DeliveryTable.countQueued(tx, senders(acting), host));
    }

    /// How many activities were received and not processed yet.
    public long countWaiting(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> InboxTable.count(tx, InboxTable.State.WAITING));
    }

    /// How many deliveries are queued, to any host.
    public long countQueued(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(DeliveryTable::countQueued);
    }

    /// How what was sent about one listing or referral fares, newest first.
    ///
    /// @param subject its URI, under which it was sent in order
    public List<Delivery> about(Acting acting, URI subject) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(
                tx -> DeliveryTable.listAbout(tx, senders(acting), subject, MOST_SHOWN));
    }

    /// Queues what was given up, and tries at once what waits. Repeating it does no harm.
    public void sendAgain(Acting acting, URI activity) {
        access.require(acting, Right.SEE_PARTNERS);
        database.run(tx -> again(tx, DeliveryTable.listOf(tx, senders(acting), activity)));
    }

    /// The same for all that was sent about one listing or referral.
    public void sendAgainAbout(Acting acting, URI subject) {
        access.require(acting, Right.SEE_PARTNERS);
        var senders = senders(acting);
        database.run(tx -> again(tx, DeliveryTable.listAbout(tx, senders, subject, MOST_SHOWN)));
    }

    /// The same for all that goes to a host.
    public void sendAgainTo(Acting acting, String host) {
        access.require(acting, Right.SEE_PARTNERS);
        var senders = senders(acting);
        database.run(
                tx -> {
                    again(tx, DeliveryTable.listGivenUpOfHost(tx, senders, host, MOST_AGAIN));
                    hurry(tx, host);
                });
    }

    /// Whether anything said under an order key is still on its way.
    public boolean isUnderWay(Transaction tx, URI orderKey) {
        return DeliveryTable.isQueued(tx, orderKey);
    }

    /// Whether anything that an actor of ours said is still on its way.
    public boolean isSpeaking(Transaction tx, URI sender) {
        return DeliveryTable.isSpeaking(tx, sender);
    }

    /// Whether anything at all is still on its way.
    public boolean isAnythingUnderWay(Transaction tx) {
        return DeliveryTable.countQueued(tx) > 0;
    }

    /// Gives up everything that waits: it was sent, and the database has forgotten it. A person can
    /// still send it again.
    public void giveUpAll(String code) {
        while (database.write(
                tx -> DeliveryTable.giveUp(tx, code, clock.instant(), MOST_GIVEN_UP_AT_ONCE))) {
            // Each round is a transaction of its own.
        }
    }

    /// Each organisation sees what it said itself, and what the node said for all of them.
    private Senders senders(Acting acting) {
        return acting.isNode()
                ? Senders.ALL
                : new Senders(List.of(actors.of(acting.organization()).id(), actors.node().id()));
    }

    private void again(Transaction tx, List<Delivery> deliveries) {
        var now = clock.instant();
        // Oldest first: lanes go by number anyway.
        for (var delivery : deliveries.reversed()) {
            DeliveryTable.queueAgain(tx, delivery.activity(), delivery.inbox(), now)
                    .ifPresent(lane -> schedule(tx, Lanes.host(delivery.inbox()), lane, now));
        }
        deliveries.stream()
                .filter(it -> it.state() != DeliveryState.DELIVERED)
                .map(it -> Lanes.host(it.inbox()))
                .distinct()
                .forEach(host -> hurry(tx, host));
    }

    private void schedule(Transaction tx, String host, UUID lane, Instant now) {
        work.schedule(tx, Outbox.WORK, host, lane.toString(), now, "");
    }

    /// Tries at once what waited because we held it back from this actor's host.
    public void resume(Transaction tx, URI actor) {
        hurry(tx, Lanes.host(actor));
    }

    /// Tries at once what waits for a host: it has just been heard, or a person asks for it.
    void hurry(Transaction tx, String host) {
        work.schedule(tx, HURRY, host, clock.instant(), "");
    }

    /// In many small transactions: one for all would lock rows that attempts under way need.
    private Handler.Result hurry(Job job) {
        var host = job.key();
        var now = clock.instant();
        database.run(tx -> hosts.stopResting(tx, host));
        for (var number : database.read(tx -> DeliveryTable.listLater(tx, host, now))) {
            database.run(tx -> DeliveryTable.hurry(tx, number, now));
        }
        work.hurry(Outbox.WORK, host);
        return new Handler.Result.Done();
    }
}
