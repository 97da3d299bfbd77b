// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.LimitLedger;

/// Remembers, outside the database, each time when a listing may be seen less widely than before,
/// and tells what an older copy of the database does not know of that.
final class Limits {

    private final LimitLedger ledger;

    Limits(LimitLedger ledger) {
        this.ledger = ledger;
    }

    /// What is known of listings before they are replaced. Those that will be seen by everyone are
    /// not looked up: nothing is wider.
    static Map<UUID, Limit> before(Transaction tx, Collection<ListingRow> replacing) {
        var perhaps =
                replacing.stream()
                        .filter(row -> !Limit.of(row).isWidest())
                        .map(row -> row.id().value())
                        .toList();
        return perhaps.isEmpty() ? Map.of() : ListingTable.limits(tx, perhaps);
    }

    /// Writes down those that are below what they were, as the last thing before the commit.
    ///
    /// @param lessSaid those that say less of where they are
    void remember(
            Transaction tx,
            Map<UUID, Limit> before,
            Collection<ListingRow> replaced,
            Collection<UUID> lessSaid) {
        var below = new ArrayList<ListingRow>();
        for (var row : replaced) {
            var old = Optional.ofNullable(before.get(row.id().value()));
            if (lessSaid.contains(row.id().value())
                    || old.filter(it -> Limit.of(row).isBelow(it)).isPresent()) {
                below.add(row);
            }
        }
        if (!below.isEmpty()) {
            tx.stampChange(
                    number ->
                            ledger.add(
                                    below.stream()
                                            .map(row -> entry(number, row, lessSaid))
                                            .toList()));
        }
    }

    private static LimitLedger.Entry entry(long number, ListingRow row, Collection<UUID> lessSaid) {
        var limit = Limit.of(row);
        var kept = lessSaid.contains(row.id().value()) ? limit.phoneOnly() : limit;
        return new LimitLedger.Entry(number, row.id().value(), kept.text());
    }

    /// The limit of a listing that the database has never seen, though this node has.
    Optional<Limit> find(UUID listing) {
        return ledger.find(listing).map(Limit::parse);
    }

    /// The limits that came after the last change that the database knows.
    List<LimitLedger.Entry> lost(Transaction tx) {
        return ledger.listAfter(tx.lastChange());
    }
}
