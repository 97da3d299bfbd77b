// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.waymark.federation.signature.ReplayGuard;
import org.waymark.node.database.Database;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Remembers signatures in rows, so that none works twice, not even across a restart.
public final class SeenSignatures implements ReplayGuard {

    private static final String WORK = "forget-signatures";
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final Database database;
    private final Clock clock;
    // One asks at a time, because looking and remembering are one step.
    private final ReentrantLock asking = new ReentrantLock();

    public SeenSignatures(Database database, Work work, Clock clock) {
        this.database = database;
        this.clock = clock;
        work.handle(WORK, this::forget);
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant().plus(FORGET_EVERY), ""));
    }

    @Override
    public Sighting see(String signature, Instant until) {
        var digest = Fingerprint.of(signature.getBytes(StandardCharsets.UTF_8));
        asking.lock();
        try {
            return database.write(
                    tx -> {
                        if (SeenSignatureTable.holds(tx, digest)) {
                            return Sighting.SEEN;
                        }
                        SeenSignatureTable.add(tx, digest, until);
                        return Sighting.FIRST;
                    });
        } finally {
            asking.unlock();
        }
    }

    private Handler.Result forget(Job job) {
        database.run(tx -> SeenSignatureTable.removeOlder(tx, clock.instant()));
        return new Handler.Result.Again(clock.instant().plus(FORGET_EVERY));
    }
}
