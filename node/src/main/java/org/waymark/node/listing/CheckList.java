// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;

/// Which published listings of an organisation somebody has to check again, and which of them a
/// town cannot do without. It hides nothing.
public final class CheckList {

    private static final int AT_ONCE = 100;

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final Listings listings;
    private final Clock clock;
    private final ZoneId zone;

    public CheckList(
            Database database,
            org.waymark.node.account.Access access,
            Listings listings,
            Clock clock,
            ZoneId zone) {
        this.database = database;
        this.access = access;
        this.listings = listings;
        this.clock = clock;
        this.zone = zone;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /// What is due within so many days, the longest due first.
    public List<Listing> due(Acting acting, int days, int skip, int limit) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx -> {
                    var ids =
                            CheckDueTable.list(tx, acting.organization(), until(days), skip, limit);
                    var rows = ListingTable.listByIds(tx, ids);
                    return ids.stream()
                            .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                            .map(Profile::read)
                            .toList();
                });
    }

    public int countDue(Acting acting, int days) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(tx -> CheckDueTable.count(tx, acting.organization(), until(days)));
    }

    private LocalDate until(int days) {
        return today().plusDays(days + 1L);
    }

    /// Whether there would be nothing left in its town for one of its topics, if it were hidden
    /// (safety rule 6).
    public boolean isLastOfTown(Acting acting, ListingId id) {
        access.require(acting, Right.SEE_LISTINGS);
        var all = listings.overview().now();
        return database.read(
                tx ->
                        ListingTable.find(tx, id)
                                .filter(row -> isLastOfTown(tx, row, all))
                                .isPresent());
    }

    private static boolean isLastOfTown(
            Transaction tx, ListingRow row, List<ListingTable.Brief> all) {
        var listing = Profile.read(row);
        if (!Exposure.allows(Way.PAGE, listing)) {
            return false;
        }
        var needed = new HashSet<>(listing.topics());
        var towns = towns(tx, row);
        var others =
                all.stream()
                        .filter(it -> !it.id().equals(row.id().value()))
                        .filter(it -> it.leavesBy(Way.SEARCH))
                        .filter(it -> it.topics().stream().anyMatch(needed::contains))
                        .map(ListingTable.Brief::id)
                        .toList();
        for (int from = 0; from < others.size() && !needed.isEmpty(); from += AT_ONCE) {
            List<UUID> some = others.subList(from, Math.min(others.size(), from + AT_ONCE));
            ListingTable.listByIds(tx, some).values().stream()
                    .filter(other -> isInstead(tx, other, row, towns))
                    .forEach(other -> needed.removeAll(Profile.read(other).topics()));
        }
        return !needed.isEmpty();
    }

    /// What says no town helps for sure only those who know its publisher.
    private static boolean isInstead(
            Transaction tx, ListingRow other, ListingRow row, Set<String> towns) {
        return towns.isEmpty()
                ? other.origin().equals(row.origin())
                : !Collections.disjoint(towns, towns(tx, other));
    }

    /// Also those that no page shows: a protected service is known by its phone alone, and a town
    /// has it all the same.
    private static Set<String> towns(Transaction tx, ListingRow row) {
        var towns = new HashSet<String>();
        Profile.read(row).spots().forEach(spot -> towns.add(Directory.folded(spot.city())));
        if (row.origin() instanceof Origin.Own) {
            Snapshot.find(tx, row.id()).map(Snapshot::places).orElse(List.of()).stream()
                    .flatMap(place -> Document.objects(place.json(), "addresses").stream())
                    .flatMap(address -> Document.text(address, "city").stream())
                    .forEach(city -> towns.add(Directory.folded(city)));
        }
        towns.remove("");
        return towns;
    }
}
