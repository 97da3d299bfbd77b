// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.waymark.federation.signature.Knocks;
import org.waymark.federation.signature.Scheme;
import org.waymark.federation.transport.SchemeMemory;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.node.database.Database;
import org.waymark.node.exchange.RemoteHostTable.Seen;

/// How each server reads signatures, in rows: what it took after refusing another way, what it
/// signs with towards us, and what its actors say that it reads. Asked for every request, so it is
/// kept in memory too.
///
/// Safe for use by many threads.
public final class HostSchemes implements SchemeMemory {

    // 30 days: a server that was exchanged or set back meanwhile is a stranger again.
    private static final Duration OLD = Duration.ofDays(30);

    // 1 day: what a server took counts more than what it says or does itself, but not for ever.
    private static final Duration TRIED = Duration.ofDays(1);

    // 10,000 hosts; whoever comes after is read from the database.
    private static final int MAX_HELD = 10_000;

    private final Database database;
    private final Clock clock;
    private final Map<String, Optional<Seen>> held = new ConcurrentHashMap<>();

    public HostSchemes(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Scheme> find(String authority) {
        var now = clock.instant();
        return seen(authority).filter(it -> it.at().plus(OLD).isAfter(now)).map(Seen::scheme);
    }

    @Override
    public void remember(String authority, Scheme scheme) {
        var seen = new Seen(scheme, clock.instant());
        database.run(tx -> RemoteHostTable.setScheme(tx, authority, seen));
        hold(authority, Optional.of(seen));
    }

    /// An actor of that server signed a request to us after RFC 9421, so its server can read it.
    void signedRfc9421(URI actor) {
        notice(Lanes.host(actor), Scheme.RFC9421_RSA);
    }

    /// What an actor says its server reads (FEP-844e).
    void described(Actor actor) {
        var isSaid = actor.capabilities().contains(URI.create(Knocks.READS_ED25519));
        if (isSaid) {
            notice(Lanes.host(actor.id()), Scheme.RFC9421_ED25519);
        }
    }

    /// Takes it for true unless something as good or something tried is known.
    private void notice(String authority, Scheme scheme) {
        var now = clock.instant();
        var isKnown =
                seen(authority)
                        .filter(
                                it ->
                                        it.at().plus(TRIED).isAfter(now)
                                                || (it.scheme() == Scheme.RFC9421_ED25519
                                                        && scheme == Scheme.RFC9421_RSA
                                                        && it.at().plus(OLD).isAfter(now)))
                        .isPresent();
        if (!isKnown) {
            remember(authority, scheme);
        }
    }

    private Optional<Seen> seen(String authority) {
        var known = held.get(authority);
        if (known == null) {
            known = database.read(tx -> RemoteHostTable.findScheme(tx, authority));
            hold(authority, known);
        }
        return known;
    }

    private void hold(String authority, Optional<Seen> seen) {
        if (held.size() < MAX_HELD || held.containsKey(authority)) {
            held.put(authority, seen);
        }
    }
}
