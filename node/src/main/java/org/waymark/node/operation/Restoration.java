// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.Deliveries;
import org.waymark.node.listing.ListingActivities;
import org.waymark.node.privacy.DatabaseMark;
import org.waymark.node.referral.Retention;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Notices that the database is an older copy of itself, and does what follows, so that partners
/// and this node agree again (architecture, 8).
///
/// The node beats: a number grows in the database and then beside the keys. When it opens and the
/// keys remember more beats than the database, an older data folder was put in its place, by the
/// command or by hand. Then cursors become void, what waited to be sent is not sent, since it was,
/// and every own listing gets a version that no partner has seen. Comparing does the rest.
public final class Restoration {

    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    private static final String WORK = "heartbeat";
    // 1 h: what a backup of less than that lost, partners mend at the next comparison.
    private static final Duration RHYTHM = Duration.ofHours(1);

    private final Database database;
    private final Work work;
    private final DatabaseMark mark;
    private final Deliveries deliveries;
    private final ListingActivities listings;
    private final Retention retention;
    private final Clock clock;
    private final IdentityTable table = new IdentityTable();

    public Restoration(
            Database database,
            Work work,
            DatabaseMark mark,
            Deliveries deliveries,
            ListingActivities listings,
            Retention retention,
            Clock clock) {
        this.database = database;
        this.work = work;
        this.mark = mark;
        this.deliveries = deliveries;
        this.listings = listings;
        this.retention = retention;
        this.clock = clock;
        work.handle(WORK, _ -> beat());
    }

    /// Who the node is, with a new restore id when its database is older than it was. Ask before
    /// anything else uses the identity.
    public static Identity recognise(
            Database database, DatabaseMark mark, Identity known, Supplier<UUID> ids) {
        var table = new IdentityTable();
        var remembered = mark.find();
        if (database.read(table::beat) >= remembered) {
            return known;
        }
        LOG.warn("The database is an older copy of itself; partners are asked what it missed");
        var restoreId = ids.get().toString();
        database.run(
                tx -> {
                    table.setRestoreId(tx, restoreId);
                    table.setBeat(tx, remembered);
                    table.beginRestoring(tx);
                });
        return new Identity(known.baseUrl(), known.accountDomain(), restoreId);
    }

    /// Does what is left to do after a restore, if there was one. A crash in it does no harm. Call
    /// before workers run.
    public void finish() {
        var recalled = listings.recall();
        if (recalled > 0) {
            LOG.warn("{} listings are shown less widely again, as they were last", recalled);
        }
        if (!database.read(table::isRestoring)) {
            return;
        }
        deliveries.giveUpAll("restored");
        listings.restored();
        retention.restored();
        database.run(table::endRestoring);
    }

    /// Beats now and from then on every hour.
    public void start() {
        beat();
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant().plus(RHYTHM), ""));
    }

    private Handler.Result beat() {
        mark.replace(database.write(this::next));
        return new Handler.Result.Again(clock.instant().plus(RHYTHM));
    }

    private long next(Transaction tx) {
        var beat = table.beat(tx) + 1;
        table.setBeat(tx, beat);
        return beat;
    }
}
