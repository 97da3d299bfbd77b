// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.waymark.federation.signature.ReplayGuard;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Remembers signatures in rows, so that none works twice, not even across a restart. The row is
/// written together with what came under the signature: what could not be stored may come again.
public final class SeenSignatures implements ReplayGuard {

    private static final String WORK = "forget-signatures";
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;
    // Seen, and what came under them is not kept yet.
    private final Map<String, Instant> underWay = new ConcurrentHashMap<>();

    public SeenSignatures(Database database, Work work, Clock clock) {
        this.database = database;
        this.clock = clock;
        work.handle(WORK, this::forget);
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant().plus(FORGET_EVERY), ""));
    }

    /// Remembers in memory only, until [#keep(Transaction,String)] or [#release(String)].
    @Override
    public Sighting see(String signature, Instant until) {
        var digest = digest(signature);
        if (underWay.putIfAbsent(digest, until) != null) {
            return Sighting.SEEN;
        }
        var isKept = true;
        try {
            isKept = database.read(tx -> SeenSignatureTable.holds(tx, digest));
        } finally {
            if (isKept) {
                underWay.remove(digest);
            }
        }
        return isKept ? Sighting.SEEN : Sighting.FIRST;
    }

    /// Remembers a signature for good, with what came under it.
    void keep(Transaction tx, String signature) {
        var digest = digest(signature);
        Optional.ofNullable(underWay.get(digest))
                .ifPresent(until -> SeenSignatureTable.add(tx, digest, until));
        tx.afterCommit(() -> underWay.remove(digest));
    }

    @Override
    public void release(String signature) {
        underWay.remove(digest(signature));
    }

    private static String digest(String signature) {
        return Fingerprint.of(signature.getBytes(StandardCharsets.UTF_8));
    }

    private Handler.Result forget(Job job) {
        database.run(tx -> SeenSignatureTable.removeOlder(tx, clock.instant()));
        return new Handler.Result.Again(clock.instant().plus(FORGET_EVERY));
    }
}
