// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ClosingDuties.Decision;
import org.waymark.node.listing.ClosingDuties.Duty;
import org.waymark.node.privacy.Acting;

/// Closes a service for good, once a person has decided about everybody who waits there or is being
/// helped.
public final class Closings {

    /// What came of it.
    public sealed interface Closing {
        record Closed() implements Closing {}

        /// Some are not decided, or could not be done.
        record Undecided(List<Duty> duties) implements Closing {}

        /// Somebody who works on requests has to do it.
        record OthersMustDecide(int count) implements Closing {}

        record NotFound() implements Closing {}
    }

    private final Database database;
    private final Listings listings;
    private final ClosingDuties duties;

    public Closings(Database database, Listings listings, ClosingDuties duties) {
        this.database = database;
        this.listings = listings;
        this.duties = duties;
    }

    /// How many people wait there or are being helped.
    public int count(Acting acting, ListingId listing) {
        return duties.count(acting, listing);
    }

    /// What has to be decided; empty for who may not see it.
    public List<Duty> duties(Acting acting, ListingId listing) {
        return duties.mayDecide(acting) ? duties.list(acting, listing) : List.of();
    }

    /// @param decisions one for each duty
    public Closing close(Acting acting, ListingId listing, Map<UUID, Decision> decisions) {
        return close(acting, listing, decisions, _ -> {});
    }

    /// @param before what happens in the transaction that closes it, before it is closed
    Closing close(
            Acting acting,
            ListingId listing,
            Map<UUID, Decision> decisions,
            Consumer<Transaction> before) {
        if (listings.edit(acting, listing).isEmpty()) {
            return new Closing.NotFound();
        }
        var count = duties.count(acting, listing);
        if (count > 0 && !duties.mayDecide(acting)) {
            return new Closing.OthersMustDecide(count);
        }
        var open = count == 0 ? List.<Duty>of() : duties.list(acting, listing);
        if (!open.stream().allMatch(duty -> isDecided(duty, decisions))) {
            return new Closing.Undecided(open);
        }
        // First they, then the service: stopped halfway, the rest stands here again.
        for (var duty : open) {
            var decision = decisions.get(duty.id());
            if (decision == null || !duties.decide(acting, duty.id(), decision)) {
                return new Closing.Undecided(duties.list(acting, listing));
            }
        }
        if (closeUnlessMoreWait(acting, listing, decisions, before)) {
            return new Closing.Closed();
        }
        return duties.mayDecide(acting)
                ? new Closing.Undecided(duties.list(acting, listing))
                : new Closing.OthersMustDecide(duties.count(acting, listing));
    }

    /// Somebody may have asked while the others were decided.
    private boolean closeUnlessMoreWait(
            Acting acting,
            ListingId listing,
            Map<UUID, Decision> decisions,
            Consumer<Transaction> before) {
        return database.write(
                tx -> {
                    var more = new HashSet<>(duties.open(acting, tx, listing));
                    more.removeIf(it -> decisions.get(it) == Decision.FINISH);
                    if (more.isEmpty()) {
                        before.accept(tx);
                        listings.close(acting, tx, listing);
                    }
                    return more.isEmpty();
                });
    }

    private static boolean isDecided(Duty duty, Map<UUID, Decision> decisions) {
        return duty.choices().stream().anyMatch(it -> it.equals(decisions.get(duty.id())));
    }
}
