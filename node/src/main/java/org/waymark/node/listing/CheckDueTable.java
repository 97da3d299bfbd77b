// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_due`: by when each own listing has to be checked again. What nobody ever
/// checked is due since always.
final class CheckDueTable {

    private static final String NEVER = "";
    private static final String WHERE =
            " FROM listing l LEFT JOIN listing_due d ON d.listing_id = l.id"
                    + " WHERE l.publisher_id = ? AND l.status <> ? AND l.review = ?"
                    + " AND COALESCE(d.due, '') < ?";

    private CheckDueTable() {}

    /// @param known those of the listings that were there before
    static void replace(Transaction tx, Map<UUID, ObjectNode> projections, Set<UUID> known) {
        tx.batch(
                "DELETE FROM listing_due WHERE listing_id = ?",
                projections.keySet().stream()
                        .filter(known::contains)
                        .map(id -> new Object[] {id})
                        .toList());
        tx.batch(
                "INSERT INTO listing_due (listing_id, due) VALUES (?, ?)",
                projections.entrySet().stream()
                        .map(
                                it ->
                                        new Object[] {
                                            it.getKey(),
                                            Profile.checked(it.getValue())
                                                    .due()
                                                    .map(LocalDate::toString)
                                                    .orElse(NEVER)
                                        })
                        .toList());
    }

    /// Those due before a day, the longest due first.
    static List<UUID> list(
            Transaction tx, OrganizationId publisher, LocalDate before, int skip, int limit) {
        return tx.list(
                "SELECT l.id AS id, COALESCE(d.due, '') AS due_day, l.folded_name AS folded_name"
                        + WHERE
                        + " ORDER BY due_day, folded_name, id OFFSET "
                        + skip
                        + " ROWS FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                row -> row.uuid("id"),
                publisher.value(),
                Status.DEFUNCT,
                Review.State.PUBLISHED,
                before.toString());
    }

    static int count(Transaction tx, OrganizationId publisher, LocalDate before) {
        return tx.find(
                        "SELECT COUNT(*) AS many" + WHERE,
                        row -> row.integer("many"),
                        publisher.value(),
                        Status.DEFUNCT,
                        Review.State.PUBLISHED,
                        before.toString())
                .orElse(0);
    }
}
