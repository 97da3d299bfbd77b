// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Side;

/// Counts by month, encrypted. What happens today is added as a row of its own, so that acts do not
/// wait for each other at one row; every night these become one row of their month, and then
/// nothing tells their order.
final class EvidenceTable {

    static final String NAME = "evidence_sealed";

    /// @param content encrypted counts
    /// @param isSum whether it holds the whole month up to some night
    record Sealed(
            UUID id,
            OrganizationId organization,
            CaseId caseId,
            YearMonth month,
            boolean isSum,
            byte[] content) {}

    /// A month of an organisation with something that is not summed up.
    record Open(OrganizationId organization, YearMonth month) {}

    /// Counted in clear, by versions before this.
    record Clear(String table, UUID id, OrganizationId organization, Count count) {}

    private static final String COLUMNS =
            "id, organization, case_id, counted_month, is_sum, content";
    static final List<String> CLEAR = List.of("evidence_fresh", "evidence_count");

    private EvidenceTable() {}

    static void add(Transaction tx, Sealed row) {
        tx.update(
                "INSERT INTO evidence_sealed (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)",
                row.id(),
                row.organization().value(),
                row.caseId().value(),
                row.month().toString(),
                row.isSum(),
                row.content());
    }

    static List<Sealed> list(
            Transaction tx, OrganizationId organization, YearMonth first, YearMonth last) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM evidence_sealed WHERE organization = ?"
                        + " AND counted_month BETWEEN ? AND ?",
                EvidenceTable::sealed,
                organization.value(),
                first.toString(),
                last.toString());
    }

    static List<Open> listOpen(Transaction tx) {
        return tx.list(
                "SELECT DISTINCT organization, counted_month FROM evidence_sealed"
                        + " WHERE is_sum = ? ORDER BY organization, counted_month",
                row ->
                        new Open(
                                new OrganizationId(row.uuid("organization")),
                                YearMonth.parse(row.text("counted_month"))),
                false);
    }

    /// Those of a month that are not summed up, and its sum, which comes first.
    static List<Sealed> listToSum(Transaction tx, Open month) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM evidence_sealed WHERE organization = ? AND counted_month = ?"
                        + " ORDER BY is_sum DESC, id",
                EvidenceTable::sealed,
                month.organization().value(),
                month.month().toString());
    }

    /// @return false when somebody else has taken it
    static boolean take(Transaction tx, UUID id) {
        return tx.update("DELETE FROM evidence_sealed WHERE id = ?", id) == 1;
    }

    static boolean holds(Transaction tx, CaseId caseId) {
        return tx.find(
                        "SELECT id FROM evidence_sealed WHERE case_id = ? FETCH FIRST 1 ROWS ONLY",
                        row -> row.uuid("id"),
                        caseId.value())
                .isPresent();
    }

    /// What others were given of a half-year.
    record Given(String published, String activities) {}

    static Optional<Given> findGiven(Transaction tx, OrganizationId organization, Period period) {
        return tx.find(
                "SELECT published, activities FROM evidence_given WHERE organization = ?"
                        + " AND first_month = ?",
                row -> new Given(row.text("published"), row.text("activities")),
                organization.value(),
                period.first().toString());
    }

    static void addGiven(Transaction tx, OrganizationId organization, Period period, Given given) {
        tx.update(
                "INSERT INTO evidence_given (organization, first_month, published, activities)"
                        + " VALUES (?, ?, ?, ?)",
                organization.value(),
                period.first().toString(),
                given.published(),
                given.activities());
    }

    static List<Clear> listClear(Transaction tx, String table, int atMost) {
        return tx.list(
                "SELECT id, organization, counted_month, side, measure, listing, partner, topic,"
                        + " detail, language, hours, in_time, is_protected, times FROM "
                        + table
                        + " ORDER BY id FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                row ->
                        new Clear(
                                table,
                                row.uuid("id"),
                                new OrganizationId(row.uuid("organization")),
                                count(row)));
    }

    static void dropClear(Transaction tx, Clear row) {
        tx.update("DELETE FROM " + row.table() + " WHERE id = ?", row.id());
    }

    private static Sealed sealed(Row row) {
        return new Sealed(
                row.uuid("id"),
                new OrganizationId(row.uuid("organization")),
                new CaseId(row.uuid("case_id")),
                YearMonth.parse(row.text("counted_month")),
                row.bool("is_sum"),
                row.bytes("content"));
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
