// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `organization_rhythm`, `listing_care` and `listing_failed_call`.
final class FreshnessTable {

    /// @param months empty for that of the settings
    /// @param applied what the listings say now
    record Rhythm(Optional<Integer> months, int applied) {}

    private FreshnessTable() {}

    static Optional<Rhythm> findRhythm(Transaction tx, OrganizationId organization) {
        return tx.find(
                "SELECT months, applied FROM organization_rhythm WHERE organization = ?",
                row ->
                        new Rhythm(
                                row.optionalNumber("months").map(Long::intValue),
                                row.integer("applied")),
                organization.value());
    }

    static void putRhythm(Transaction tx, OrganizationId organization, Rhythm rhythm) {
        tx.update("DELETE FROM organization_rhythm WHERE organization = ?", organization.value());
        tx.update(
                "INSERT INTO organization_rhythm (organization, months, applied) VALUES (?, ?, ?)",
                organization.value(),
                rhythm.months(),
                rhythm.applied());
    }

    static Optional<Care> findCare(Transaction tx, ListingId listing) {
        return tx.find(
                "SELECT months, ask_mail FROM listing_care WHERE listing_id = ?",
                row ->
                        new Care(
                                row.optionalNumber("months").map(Long::intValue),
                                row.optionalText("ask_mail")),
                listing.value());
    }

    static void putCare(Transaction tx, OrganizationId organization, ListingId listing, Care care) {
        tx.update("DELETE FROM listing_care WHERE listing_id = ?", listing.value());
        tx.update(
                "INSERT INTO listing_care (listing_id, organization, months, ask_mail)"
                        + " VALUES (?, ?, ?, ?)",
                listing.value(),
                organization.value(),
                care.months(),
                care.askMail());
    }

    /// By listing.
    static List<Freshness.Asked> listAsked(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT listing_id, ask_mail FROM listing_care"
                        + " WHERE organization = ? AND ask_mail IS NOT NULL ORDER BY listing_id",
                row ->
                        new Freshness.Asked(
                                new ListingId(row.uuid("listing_id")), row.text("ask_mail")),
                organization.value());
    }

    static void addFailedCall(
            Transaction tx, UUID id, ListingId listing, AccountId by, Instant at) {
        tx.update(
                "INSERT INTO listing_failed_call (id, listing_id, account, called_at)"
                        + " VALUES (?, ?, ?, ?)",
                id,
                listing.value(),
                by.value(),
                at);
    }

    /// The oldest first.
    static List<Instant> listFailedCalls(Transaction tx, ListingId listing) {
        return tx.list(
                "SELECT called_at FROM listing_failed_call WHERE listing_id = ? ORDER BY called_at",
                row -> row.instant("called_at"),
                listing.value());
    }

    static void forgetCalls(Transaction tx, ListingId listing) {
        tx.update("DELETE FROM listing_failed_call WHERE listing_id = ?", listing.value());
    }
}
