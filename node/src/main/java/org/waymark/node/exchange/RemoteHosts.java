// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.waymark.federation.delivery.Retry;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Pace;

/// How other servers fare, and how fast to send to them: a circuit breaker for each.
///
/// Closed: four at once. When attempts keep failing for a reason of the server, not of the message,
/// or it asks us to wait, the whole server rests, 5 s growing to 1 h; then half open: a single
/// attempt shows whether it is back.
public final class RemoteHosts {

    // 4 at once to one host: more would only fill its queue (federation.md).
    private static final Pace CLOSED = Pace.of(4);
    // 3 failures in a row: one bad answer is nothing, three are a server that is down.
    private static final int FAILURES_BEFORE_REST = 3;

    // 1 min: people read there when a partner was last heard; nobody needs it to the second.
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
    private static final int MOST_NOTED = 10_000;

    private final Database database;
    private final Access access;
    private final Clock clock;
    private final DoubleSupplier jitter;
    private final List<BiConsumer<Transaction, Predicate<URI>>> whenBack =
            new CopyOnWriteArrayList<>();
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    /// @param jitter from 0 to 1, random
    public RemoteHosts(Database database, Access access, Clock clock, DoubleSupplier jitter) {
        this.database = database;
        this.access = access;
        this.clock = clock;
        this.jitter = jitter;
    }

    public Optional<RemoteHost> find(Acting acting, String host) {
        access.require(acting, Right.SEE_PARTNERS);
        return database.read(tx -> RemoteHostTable.find(tx, host));
    }

    /// Names who wants to know that a host answers again after an outage; each is told, in the
    /// transaction that notes it, which addresses lie there. Call before the node serves.
    public void whenBack(BiConsumer<Transaction, Predicate<URI>> observer) {
        whenBack.add(observer);
    }

    /// How fast to send to a host now.
    Pace pace(String host) {
        return paces.computeIfAbsent(
                host,
                _ ->
                        database.read(tx -> RemoteHostTable.find(tx, host))
                                .flatMap(RemoteHost::restUntil)
                                .map(until -> new Pace(1, until))
                                .orElse(CLOSED));
    }

    /// It took something.
    ///
    /// @return whether it was thought to be down
    boolean reached(Transaction tx, String host) {
        RemoteHostTable.reached(tx, host, clock.instant());
        return answered(tx, host);
    }

    /// It is there, whatever it said to the message.
    ///
    /// @return whether it was thought to be down
    boolean answered(Transaction tx, String host) {
        var before = RemoteHostTable.find(tx, host).filter(it -> it.failures() > 0);
        if (before.isPresent()) {
            RemoteHostTable.recovered(tx, host);
            lookAnew(tx, host);
        }
        var isBack = before.flatMap(RemoteHost::restUntil).isPresent();
        if (isBack) {
            whenBack.forEach(it -> it.accept(tx, address -> Lanes.host(address).equals(host)));
        }
        return isBack;
    }

    /// It did not take something, for a reason of its own.
    ///
    /// @param began when the attempt did: what was under way when its rest began says nothing new
    /// @return since when attempts fail
    Instant failed(Transaction tx, String host, Instant began, Duration askedWait) {
        var now = clock.instant();
        var before = RemoteHostTable.find(tx, host).filter(it -> it.failures() > 0);
        var since = before.flatMap(RemoteHost::failingSince).orElse(now);
        var resting = before.filter(it -> it.restUntil().isPresent());
        if (resting.flatMap(RemoteHost::failedAt).filter(it -> it.isAfter(began)).isPresent()) {
            return since;
        }
        var failures = before.map(RemoteHost::failures).orElse(0) + 1;
        var rest = rest(failures, askedWait).map(now::plus);
        RemoteHostTable.failed(tx, host, now, since, rest);
        lookAnew(tx, host);
        return since;
    }

    /// How long to leave a host alone after so many failures in a row.
    private Optional<Duration> rest(int failures, Duration askedWait) {
        if (failures < FAILURES_BEFORE_REST && askedWait.isZero()) {
            return Optional.empty();
        }
        var rests = Math.max(1, failures - FAILURES_BEFORE_REST + 1);
        return Optional.of(Retry.waitAfter(rests, askedWait, jitter.getAsDouble()));
    }

    /// Whether to write down that it sent something good: not again and again, unless we think that
    /// it is down. Not inside a transaction.
    boolean isWorthNoting(String host) {
        var last = noted.getOrDefault(host, Instant.MIN);
        return !pace(host).equals(CLOSED) || !last.plus(NOTED_EVERY).isAfter(clock.instant());
    }

    private void noted(String host, Instant now) {
        if (noted.size() >= MOST_NOTED) {
            noted.clear();
        }
        noted.put(host, now);
    }

    /// It sent something good, so it is there.
    ///
    /// @return whether it is worth trying at once what waits for it
    boolean heard(Transaction tx, String host) {
        var now = clock.instant();
        RemoteHostTable.heard(tx, host, now);
        tx.afterCommit(() -> noted(host, now));
        // One that talks and does not listen is not tried for each of its words.
        return RemoteHostTable.find(tx, host)
                .filter(it -> it.restUntil().isPresent())
                .flatMap(RemoteHost::failedAt)
                .filter(it -> !it.plus(Retry.FIRST_WAIT).isAfter(now))
                .isPresent();
    }

    /// Ends its rest: a person asks for it, or it was heard.
    void stopResting(Transaction tx, String host) {
        RemoteHostTable.stopResting(tx, host, clock.instant());
        lookAnew(tx, host);
    }

    private void lookAnew(Transaction tx, String host) {
        tx.afterCommit(() -> paces.remove(host));
    }
}
