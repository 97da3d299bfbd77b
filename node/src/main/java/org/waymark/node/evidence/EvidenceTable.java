// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Side;

/// Counts by month. What happens today is added as a row of its own, so that acts do not wait for
/// each other at one row; every night these are summed up, and then nothing tells their order.
final class EvidenceTable {

    record Fresh(UUID id, OrganizationId organization, Count count) {}

    private static final String COLUMNS =
            "organization, counted_month, side, measure, listing, partner, topic, detail,"
                    + " language, hours, in_time, is_protected";

    private EvidenceTable() {}

    static void add(Transaction tx, UUID id, OrganizationId organization, Count count) {
        insert(tx, "evidence_fresh", id, organization, count);
    }

    static List<Count> list(
            Transaction tx, OrganizationId organization, YearMonth first, YearMonth last) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + ", times FROM evidence_fresh WHERE organization = ?"
                        + " AND counted_month BETWEEN ? AND ? UNION ALL SELECT "
                        + COLUMNS
                        + ", times FROM evidence_count WHERE organization = ?"
                        + " AND counted_month BETWEEN ? AND ?",
                EvidenceTable::count,
                organization.value(),
                first.toString(),
                last.toString(),
                organization.value(),
                first.toString(),
                last.toString());
    }

    static List<Fresh> listFresh(Transaction tx, int atMost) {
        return tx.list(
                "SELECT id, "
                        + COLUMNS
                        + ", times FROM evidence_fresh ORDER BY id FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                row ->
                        new Fresh(
                                row.uuid("id"),
                                new OrganizationId(row.uuid("organization")),
                                count(row)));
    }

    /// @return false when somebody else has summed it up already
    static boolean take(Transaction tx, UUID id) {
        return tx.update("DELETE FROM evidence_fresh WHERE id = ?", id) == 1;
    }

    static void sum(Transaction tx, UUID id, OrganizationId organization, Count count) {
        var added =
                tx.update(
                        "UPDATE evidence_count SET times = times + ? WHERE organization = ?"
                                + " AND counted_month = ? AND side = ? AND measure = ?"
                                + " AND listing = ? AND partner = ? AND topic = ? AND detail = ?"
                                + " AND language = ? AND hours = ? AND in_time = ?"
                                + " AND is_protected = ?",
                        count.times(),
                        organization.value(),
                        count.month().toString(),
                        count.side(),
                        count.measure(),
                        listing(count),
                        count.partner(),
                        count.topic(),
                        count.detail(),
                        count.language(),
                        count.hours(),
                        count.inTime(),
                        count.isProtected());
        if (added == 0) {
            insert(tx, "evidence_count", id, organization, count);
        }
    }

    private static void insert(
            Transaction tx, String table, UUID id, OrganizationId organization, Count count) {
        tx.update(
                "INSERT INTO "
                        + table
                        + " (id, "
                        + COLUMNS
                        + ", times) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                organization.value(),
                count.month().toString(),
                count.side(),
                count.measure(),
                listing(count),
                count.partner(),
                count.topic(),
                count.detail(),
                count.language(),
                count.hours(),
                count.inTime(),
                count.isProtected(),
                count.times());
    }

    private static String listing(Count count) {
        return count.listing().map(ListingId::toString).orElse("");
    }

    private static Count count(Row row) {
        return new Count(
                YearMonth.parse(row.text("counted_month")),
                row.enumOf("side", Side.class),
                row.enumOf("measure", Measure.class),
                row.optionalText("listing")
                        .filter(it -> !it.isEmpty())
                        .map(it -> new ListingId(UUID.fromString(it))),
                row.text("partner"),
                row.text("topic"),
                row.text("detail"),
                row.text("language"),
                row.integer("hours"),
                row.bool("in_time"),
                row.bool("is_protected"),
                row.number("times"));
    }
}
