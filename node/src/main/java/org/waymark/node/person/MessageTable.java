// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.person.PersonMessage.Kind;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.ReferralId;

/// Rows of `person_message`; contents pass through encrypted.
final class MessageTable {

    static final String NAME = "person_message";

    record Stored(
            UUID id,
            ReferralId referral,
            CaseId caseId,
            OrganizationId organization,
            Kind kind,
            byte[] content,
            Instant at,
            Optional<Instant> settledAt) {}

    private static final String ALL =
            "SELECT id, referral, case_id, organization, kind, content, written_at, settled_at"
                    + " FROM person_message";

    private MessageTable() {}

    static void add(Transaction tx, Stored message) {
        tx.update(
                "INSERT INTO person_message (id, referral, case_id, organization, kind, content,"
                        + " written_at, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                message.id(),
                message.referral().value(),
                message.caseId().value(),
                message.organization().value(),
                message.kind(),
                message.content(),
                message.at(),
                message.settledAt());
    }

    static List<Stored> list(Transaction tx, ReferralId referral) {
        return tx.list(
                ALL + " WHERE referral = ? ORDER BY written_at DESC, id",
                MessageTable::stored,
                referral.value());
    }

    static List<Stored> listOf(Transaction tx, CaseId caseId) {
        return tx.list(
                ALL + " WHERE case_id = ? ORDER BY written_at DESC, id",
                MessageTable::stored,
                caseId.value());
    }

    /// What waits for staff, the longest waiting first.
    static List<Stored> listWaiting(Transaction tx, OrganizationId organization) {
        return tx.list(
                ALL
                        + " WHERE organization = ? AND settled_at IS NULL"
                        + " ORDER BY written_at, id FETCH FIRST 200 ROWS ONLY",
                MessageTable::stored,
                organization.value());
    }

    static long countSince(Transaction tx, ReferralId referral, Instant since) {
        return tx.find(
                        "SELECT COUNT(*) AS written FROM person_message"
                                + " WHERE referral = ? AND written_at >= ?",
                        row -> row.number("written"),
                        referral.value(),
                        since)
                .orElse(0L);
    }

    static int settle(Transaction tx, UUID id, Instant now) {
        return tx.update(
                "UPDATE person_message SET settled_at = ? WHERE id = ? AND settled_at IS NULL",
                now,
                id);
    }

    /// They go with the person; what they are written under stays.
    static void hand(Transaction tx, ReferralId from, ReferralId to) {
        tx.update(
                "UPDATE person_message SET referral = ? WHERE referral = ?",
                to.value(),
                from.value());
    }

    /// Every request that has messages, with its case.
    static List<CaseId> listCases(Transaction tx) {
        return tx.list(
                "SELECT DISTINCT case_id FROM person_message",
                row -> new CaseId(row.uuid("case_id")));
    }

    static void removeOf(Transaction tx, CaseId caseId) {
        tx.update("DELETE FROM person_message WHERE case_id = ?", caseId.value());
    }

    static void removeOf(Transaction tx, ReferralId referral) {
        tx.update("DELETE FROM person_message WHERE referral = ?", referral.value());
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.uuid("id"),
                new ReferralId(row.uuid("referral")),
                new CaseId(row.uuid("case_id")),
                new OrganizationId(row.uuid("organization")),
                row.enumOf("kind", Kind.class),
                row.bytes("content"),
                row.instant("written_at"),
                row.optionalInstant("settled_at"));
    }
}
