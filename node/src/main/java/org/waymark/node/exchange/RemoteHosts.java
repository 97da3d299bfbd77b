// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;

/// How other servers fare, and whether to leave one alone for a while.
public final class RemoteHosts {

    // 5 failures in a row: one bad answer is nothing, five are a server that is down.
    private static final int FAILURES_BEFORE_REST = 5;
    private static final Duration FIRST_REST = Duration.ofSeconds(30);
    // 1 h: the longest wait of the retry policy, so that resting never delays more than it would.
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private final Database database;
    private final Access access;
    private final Clock clock;
    private final List<BiConsumer<Transaction, Predicate<URI>>> whenBack =
            new CopyOnWriteArrayList<>();

    public RemoteHosts(Database database, Access access, Clock clock) {
        this.database = database;
        this.access = access;
        this.clock = clock;
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

    /// Until when nothing is sent to a host; empty when it may be tried.
    Optional<Instant> restUntil(String host) {
        var now = clock.instant();
        return database.read(tx -> RemoteHostTable.find(tx, host))
                .flatMap(RemoteHost::restUntil)
                .filter(now::isBefore);
    }

    boolean isFailing(Transaction tx, String host) {
        return RemoteHostTable.find(tx, host).filter(it -> it.failures() > 0).isPresent();
    }

    void reached(Transaction tx, String host) {
        if (RemoteHostTable.find(tx, host)
                .filter(it -> it.failures() >= FAILURES_BEFORE_REST)
                .isPresent()) {
            whenBack.forEach(it -> it.accept(tx, address -> Lanes.host(address).equals(host)));
        }
        RemoteHostTable.reached(tx, host, clock.instant());
    }

    void failed(Transaction tx, String host) {
        var failures = RemoteHostTable.find(tx, host).map(RemoteHost::failures).orElse(0) + 1;
        var now = clock.instant();
        RemoteHostTable.failed(tx, host, now, rest(failures).map(now::plus));
    }

    /// It sent something good, so it is there: what waits for it need not rest.
    void heard(Transaction tx, String host) {
        RemoteHostTable.heard(tx, host, clock.instant());
    }

    /// How long to leave a host alone after so many failures in a row.
    static Optional<Duration> rest(int failures) {
        if (failures < FAILURES_BEFORE_REST) {
            return Optional.empty();
        }
        var rest = FIRST_REST.multipliedBy(1L << Math.min(failures - FAILURES_BEFORE_REST, 10));
        return Optional.of(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
    }
}
