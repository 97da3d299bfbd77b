// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// Phone first (safety.md 13): what came of a call about a listing is recorded in one tap, before
/// there is a referral and where there will be none. A referral written after the call takes it
/// over, and it becomes a line of its timeline.
public final class Calls {

    // 24 h: what colleagues should know before they call again.
    private static final Duration RECENT = Duration.ofHours(24);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Listings listings;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final CallTable table = new CallTable();

    Calls(
            Database database,
            Access access,
            Audit audit,
            Listings listings,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.listings = listings;
        this.clock = clock;
        this.ids = ids;
    }

    /// Records a call; empty when there is no such listing to be seen.
    public Optional<FirstCall> record(Acting acting, ListingId listing, Call.Result result) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (listings.find(acting, listing).isEmpty()) {
            return Optional.empty();
        }
        var call =
                new FirstCall(
                        new CallId(ids.get()),
                        acting.organization(),
                        listing,
                        acting.account(),
                        clock.instant(),
                        result);
        database.run(
                tx -> {
                    table.add(tx, call);
                    audit.record(tx, acting, "listing-called", listing.toString());
                });
        return Optional.of(call);
    }

    /// The organisation's calls about a listing in the last 24 hours that no referral took over,
    /// newest first.
    public List<FirstCall> recent(Acting acting, ListingId listing) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> recent(tx, acting, listing));
    }

    private List<FirstCall> recent(Transaction tx, Acting acting, ListingId listing) {
        return table.list(tx, acting.organization(), listing, clock.instant().minus(RECENT));
    }

    /// Hands the recent ones among these over to a referral, oldest first: they end here.
    List<FirstCall> handOver(
            Transaction tx, Acting acting, ListingId listing, Collection<CallId> wanted) {
        return recent(tx, acting, listing).reversed().stream()
                .filter(call -> wanted.contains(call.id()))
                .filter(call -> table.remove(tx, call.id()))
                .toList();
    }
}
