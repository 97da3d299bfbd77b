// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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

    /// @throws IllegalStateException when a limit cannot be read
    Limits(LimitLedger ledger) {
        this.ledger = ledger;
        ledger.listAfter(0).forEach(Limits::check);
    }

    private static void check(LimitLedger.Entry entry) {
        try {
            Limit.parse(entry.limit());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalStateException(
                    "keys.directory: limit-ledger has a limit that cannot be read: " + entry, e);
        }
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
            // With the number, because that is the order of commits.
            tx.stampChange(_ -> remember(tx, below, lessSaid));
        }
    }

    private void remember(Transaction tx, List<ListingRow> below, Collection<UUID> lessSaid) {
        var limits = new LinkedHashMap<UUID, String>();
        for (var row : below) {
            var id = row.id().value();
            var limit = Limit.of(row);
            limits.put(id, (lessSaid.contains(id) ? limit.phoneOnly() : limit).text());
        }
        LimitTable.setKnown(tx, ledger.add(LimitTable.known(tx), limits));
    }

    /// The limit of a listing that the database has never seen, though this node has.
    Optional<Limit> find(UUID listing) {
        return ledger.find(listing).map(Limit::parse);
    }

    /// The limits that the database does not know, oldest first.
    List<LimitLedger.Entry> lost(Transaction tx) {
        return ledger.listAfter(LimitTable.known(tx));
    }

    /// The oldest of those that were lost are done again in this transaction. Call when they are.
    void recalled(Transaction tx, List<LimitLedger.Entry> lost, int done) {
        tx.stampChange(
                _ ->
                        LimitTable.setKnown(
                                tx,
                                done == lost.size()
                                        ? ledger.lastNumber()
                                        : lost.get(done - 1).number()));
    }
}
