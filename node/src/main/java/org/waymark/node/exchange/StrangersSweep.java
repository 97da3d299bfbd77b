// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.RemoteActorTable.Stored;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Forgets actors with whom nothing is going on, and their servers. Everybody who signs a request
/// is remembered with its keys, and names on the network cost nothing: without this a stranger
/// fills the disk from subdomains without number. Who is forgotten and comes back is looked up
/// again.
public final class StrangersSweep {

    private static final Logger LOG = LoggerFactory.getLogger(StrangersSweep.class);

    private static final String WORK = "forget-strangers";
    private static final Duration EVERY = Duration.ofDays(1);

    // 7 days: servers that talk to us talk more often than that.
    private static final Duration KEPT = Duration.ofDays(7);

    // 1 day: of a host without actors we know only how it signs.
    private static final Duration HOST_KEPT = Duration.ofDays(1);

    /// 10,000 strangers of about 3 kB: 30 MB, however many come.
    public static final int MOST_STRANGERS = 10_000;

    private static final int PAGE = 200;

    private final Database database;
    private final Work work;
    private final Trust trust;
    private final Clock clock;
    private final int most;
    private int added;

    public StrangersSweep(Database database, Work work, Trust trust, int most, Clock clock) {
        this.database = database;
        this.work = work;
        this.trust = trust;
        this.most = most;
        this.clock = clock;
        work.handle(WORK, this::sweep);
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant().plus(EVERY), ""));
    }

    /// A new actor was written down. A tenth of the limit at a time, the sweep does not wait for
    /// its day.
    synchronized void added(Transaction tx) {
        added++;
        if (added >= Math.max(1, most / 10)) {
            added = 0;
            work.schedule(tx, WORK, "", clock.instant(), "");
        }
    }

    private Handler.Result sweep(Job job) {
        var oldest = clock.instant().minus(KEPT);
        var strangers = 0;
        var forgotten = 0;
        // The newest first, so that those beyond the limit are the oldest.
        var page = database.read(tx -> RemoteActorTable.listNewest(tx, PAGE));
        while (!page.isEmpty()) {
            var last = page.getLast();
            for (var actor : page) {
                if (trust.isNeeded(actor.id())) {
                    continue;
                }
                strangers++;
                if (strangers > most || actor.fetchedAt().isBefore(oldest)) {
                    database.run(
                            tx -> {
                                RemoteActorTable.remove(tx, actor.id());
                                RemoteHostTable.removeUnneeded(tx, actor.host());
                            });
                    forgotten++;
                }
            }
            page = next(last);
        }
        var silent = clock.instant().minus(HOST_KEPT);
        database.run(tx -> RemoteHostTable.removeUnneededBefore(tx, silent));
        if (forgotten > 0) {
            LOG.info("{} actors with whom nothing goes on were forgotten", forgotten);
        }
        return new Handler.Result.Again(clock.instant().plus(EVERY));
    }

    private List<Stored> next(Stored last) {
        return database.read(
                tx -> RemoteActorTable.listNewestAfter(tx, last.fetchedAt(), last.id(), PAGE));
    }
}
