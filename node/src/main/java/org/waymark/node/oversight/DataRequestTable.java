// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.oversight.DataRequest.Kind;
import org.waymark.node.oversight.DataRequest.Outcome;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.ReferralId;

final class DataRequestTable {

    private static final String COLUMNS =
            "id, referral, kind, asked_at, due_at, is_extended, outcome, settled_at";

    private DataRequestTable() {}

    static void add(Transaction tx, OrganizationId organization, DataRequest request) {
        tx.update(
                "INSERT INTO data_request (organization, "
                        + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                organization.value(),
                request.id(),
                request.referral().map(ReferralId::value),
                request.kind(),
                request.askedAt(),
                request.dueAt(),
                request.isExtended(),
                request.outcome(),
                request.settledAt());
    }

    static List<DataRequest> list(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM data_request WHERE organization = ? ORDER BY due_at, id",
                DataRequestTable::request,
                organization.value());
    }

    static List<DataRequest> listOpen(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM data_request WHERE organization = ? AND settled_at IS NULL"
                        + " ORDER BY due_at, id",
                DataRequestTable::request,
                organization.value());
    }

    static Optional<DataRequest> find(Transaction tx, OrganizationId organization, UUID id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM data_request WHERE organization = ? AND id = ?",
                DataRequestTable::request,
                organization.value(),
                id);
    }

    static int extend(
            Transaction tx, OrganizationId organization, UUID id, Instant due, Instant now) {
        return tx.update(
                "UPDATE data_request SET due_at = ?, is_extended = ? WHERE organization = ?"
                        + " AND id = ? AND is_extended = ? AND settled_at IS NULL AND due_at >= ?",
                due,
                true,
                organization.value(),
                id,
                false,
                now);
    }

    static int settle(
            Transaction tx, OrganizationId organization, UUID id, Outcome outcome, Instant at) {
        return tx.update(
                "UPDATE data_request SET outcome = ?, settled_at = ? WHERE organization = ?"
                        + " AND id = ? AND settled_at IS NULL",
                outcome,
                at,
                organization.value(),
                id);
    }

    /// What they asked to be erased is erased only when the request that follows is stopped, too.
    static void hand(Transaction tx, ReferralId from, ReferralId to) {
        tx.update(
                "UPDATE data_request SET referral = ? WHERE referral = ? AND kind = ?"
                        + " AND settled_at IS NULL",
                to.value(),
                from.value(),
                Kind.ERASURE);
    }

    /// The case is erased: what was asked stays counted, about whom does not.
    static void forget(Transaction tx, ReferralId referral) {
        tx.update("UPDATE data_request SET referral = NULL WHERE referral = ?", referral.value());
    }

    private static DataRequest request(Row row) {
        return new DataRequest(
                row.uuid("id"),
                row.optionalUuid("referral").map(ReferralId::new),
                row.enumOf("kind", Kind.class),
                row.instant("asked_at"),
                row.instant("due_at"),
                row.bool("is_extended"),
                row.optionalEnumOf("outcome", Outcome.class),
                row.optionalInstant("settled_at"));
    }
}
