// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Work;

/// How far what we sent has come, for those who sent it.
public final class Deliveries {

    private static final int MOST_FAILURES_SHOWN = 50;
    private static final int MOST_GIVEN_UP_AT_ONCE = 500;

    private final Database database;
    private final Work work;
    private final RemoteHosts hosts;
    private final Access access;
    private final Clock clock;

    public Deliveries(Database database, Work work, RemoteHosts hosts, Access access, Clock clock) {
        this.database = database;
        this.work = work;
        this.hosts = hosts;
        this.access = access;
        this.clock = clock;
    }

    /// One entry for each inbox the activity goes to; it says nothing of what was sent.
    public List<Delivery> of(Acting acting, URI activity) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> DeliveryTable.listOf(tx, activity));
    }

    /// What failed on its way to a host, oldest first.
    public List<Delivery> failing(Acting acting, String host) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> DeliveryTable.listFailing(tx, host, MOST_FAILURES_SHOWN));
    }

    public long countQueued(Acting acting, String host) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> DeliveryTable.countQueued(tx, host));
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

    /// Queues what was given up, and tries at once what waits. Repeating it does no harm.
    public void sendAgain(Acting acting, URI activity) {
        access.require(acting, Right.SEE_PARTNERS);
        database.run(
                tx -> {
                    var now = clock.instant();
                    DeliveryTable.listGivenUp(tx, activity)
                            .forEach(
                                    it ->
                                            work.schedule(
                                                    tx,
                                                    Outbox.WORK,
                                                    it.getKey(),
                                                    it.getValue().toString(),
                                                    now,
                                                    ""));
                    DeliveryTable.queueAgain(tx, activity, now);
                    DeliveryTable.listOf(tx, activity).stream()
                            .map(it -> Lanes.host(it.inbox()))
                            .distinct()
                            .forEach(host -> hurry(tx, host));
                });
    }

    /// Whether anything said under an order key is still on its way.
    public boolean isUnderWay(Transaction tx, URI orderKey) {
        return DeliveryTable.isQueued(tx, orderKey);
    }

    /// Gives up everything that waits: it was sent, and the database has forgotten it. A person can
    /// still send it again.
    public void giveUpAll(String code) {
        while (database.write(
                tx -> DeliveryTable.giveUp(tx, code, clock.instant(), MOST_GIVEN_UP_AT_ONCE))) {
            // Each round is a transaction of its own.
        }
    }

    /// Tries at once what waited because we held it back from this actor's host.
    public void resume(Transaction tx, URI actor) {
        hurry(tx, Lanes.host(actor));
    }

    /// Tries at once what waits for a host: it has just been heard, or a person asks for it.
    void hurry(Transaction tx, String host) {
        hosts.stopResting(tx, host);
        DeliveryTable.hurry(tx, host, clock.instant());
        work.hurry(tx, Outbox.WORK, host);
    }
}
