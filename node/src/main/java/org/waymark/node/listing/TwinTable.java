// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_twin`: the smaller id stands first.
final class TwinTable {

    private static final String OPEN = "OPEN";

    private TwinTable() {}

    record Pair(UUID one, UUID other, Twins.Reason reason) {

        static Pair of(UUID some, UUID more, Twins.Reason reason) {
            return some.toString().compareTo(more.toString()) < 0
                    ? new Pair(some, more, reason)
                    : new Pair(more, some, reason);
        }

        String key() {
            return one + " " + other;
        }
    }

    static Set<String> keys(Transaction tx) {
        return new HashSet<>(
                tx.list(
                        "SELECT one_id, other_id FROM listing_twin",
                        row -> row.text("one_id") + " " + row.text("other_id")));
    }

    static void add(Transaction tx, List<Pair> pairs, Instant now) {
        tx.batch(
                "INSERT INTO listing_twin (one_id, other_id, reason, state, found_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                pairs.stream()
                        .map(it -> new Object[] {it.one(), it.other(), it.reason(), OPEN, now})
                        .toList());
    }

    /// The pairs that nobody decided on and in which a listing of the publisher stands.
    static List<Pair> listOpen(Transaction tx, OrganizationId publisher, int limit) {
        return tx.list(
                "SELECT one_id, other_id, reason FROM listing_twin WHERE state = ? AND EXISTS"
                        + " (SELECT 1 FROM listing WHERE listing.publisher_id = ? AND"
                        + " (listing.id = one_id OR listing.id = other_id))"
                        + " ORDER BY one_id, other_id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                row ->
                        new Pair(
                                row.uuid("one_id"),
                                row.uuid("other_id"),
                                row.enumOf("reason", Twins.Reason.class)),
                OPEN,
                publisher.value());
    }

    static boolean isOpen(Transaction tx, UUID some, UUID more) {
        var pair = Pair.of(some, more, Twins.Reason.PHONE);
        return tx.find(
                        "SELECT state FROM listing_twin WHERE one_id = ? AND other_id = ?"
                                + " AND state = ?",
                        row -> row.text("state"),
                        pair.one(),
                        pair.other(),
                        OPEN)
                .isPresent();
    }

    static int decide(Transaction tx, UUID one, UUID other, String state) {
        return tx.update(
                "UPDATE listing_twin SET state = ? WHERE one_id = ? AND other_id = ? AND state = ?",
                state,
                one,
                other,
                OPEN);
    }
}
