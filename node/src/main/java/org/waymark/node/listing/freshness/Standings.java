// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.Amendment;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.Outcome;
import org.waymark.node.listing.Standing.Closure;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Free places, waiting time and closed days, told by staff or by those who run a service. A closed
/// door opens again by itself.
public final class Standings {

    private static final String WORK = "listing-open-again";

    private final Database database;
    private final Access access;
    private final Listings listings;
    private final Work work;
    private final Clock clock;
    private final ZoneId zone;

    /// @param zone of the closed days
    public Standings(
            Database database,
            Access access,
            Listings listings,
            Work work,
            Clock clock,
            ZoneId zone) {
        this.database = database;
        this.access = access;
        this.listings = listings;
        this.work = work;
        this.clock = clock;
        this.zone = zone;
        work.handle(WORK, this::openAgain);
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /// @param free empty when nobody tells any more
    public Outcome places(Acting acting, ListingId listing, OptionalInt free, OptionalInt of) {
        return listings.amend(acting, listing, new Amendment.Places(free, of));
    }

    public Outcome waiting(Acting acting, ListingId listing, OptionalInt days) {
        return listings.amend(acting, listing, new Amendment.Wait(days));
    }

    /// Closed from today to a day; empty: open again.
    public Outcome close(Acting acting, ListingId listing, Optional<LocalDate> to) {
        access.require(acting, Right.EDIT_LISTINGS);
        return database.write(tx -> close(acting, tx, listing, to));
    }

    /// The same in the transaction of a caller who has asked whether they may.
    Outcome close(Acting acting, Transaction tx, ListingId listing, Optional<LocalDate> to) {
        var closure = to.map(this::until);
        var outcome =
                listings.amend(acting, tx, listing, new Amendment.Close(closure), Optional.empty());
        if (outcome instanceof Outcome.Changed) {
            closure.ifPresent(
                    it ->
                            work.schedule(
                                    tx,
                                    WORK,
                                    listing.toString(),
                                    it.to().plusDays(1).atStartOfDay(zone).toInstant(),
                                    acting.organization().toString()));
        }
        return outcome;
    }

    private Closure until(LocalDate to) {
        var today = today();
        var last = today.plusDays(Closure.LONGEST_DAYS);
        return new Closure(today, to.isBefore(today) ? today : to.isAfter(last) ? last : to);
    }

    private Handler.Result openAgain(Job job) {
        var listing = new ListingId(UUID.fromString(job.key()));
        var organization = new OrganizationId(UUID.fromString(job.payload()));
        database.run(tx -> close(Acting.node(organization), tx, listing, Optional.empty()));
        return new Handler.Result.Done();
    }
}
