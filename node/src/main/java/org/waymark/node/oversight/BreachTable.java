// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.oversight.Breach.Risk;
import org.waymark.node.oversight.Breach.Whom;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;

final class BreachTable {

    static final String NAME = "breach";

    /// @param content encrypted
    /// @param why encrypted, too
    record Stored(Breach breach, CaseId caseId, byte[] content, Optional<byte[]> why) {}

    private static final String COLUMNS =
            "id, case_id, content, why, risk, people, known_at, recorded_at, authority_told_at,"
                    + " partners_told_at, people_told_at, closed_at";

    private BreachTable() {}

    static void add(Transaction tx, OrganizationId organization, Stored stored) {
        var breach = stored.breach();
        tx.update(
                "INSERT INTO breach (organization, "
                        + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                organization.value(),
                breach.id(),
                stored.caseId().value(),
                stored.content(),
                stored.why(),
                breach.risk(),
                breach.people(),
                breach.knownAt(),
                breach.recordedAt(),
                breach.authorityToldAt(),
                breach.partnersToldAt(),
                breach.peopleToldAt(),
                breach.closedAt());
    }

    /// The newest first.
    static List<Stored> list(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM breach WHERE organization = ? ORDER BY known_at DESC, id",
                BreachTable::stored,
                organization.value());
    }

    /// Those that are not closed, without their words.
    static List<Breach> listOpen(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM breach WHERE organization = ? AND closed_at IS NULL"
                        + " ORDER BY known_at DESC, id",
                row -> stored(row).breach(),
                organization.value());
    }

    static Optional<Stored> find(Transaction tx, OrganizationId organization, UUID id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM breach WHERE organization = ? AND id = ?",
                BreachTable::stored,
                organization.value(),
                id);
    }

    static boolean holds(Transaction tx, CaseId caseId) {
        return !tx.list(
                        "SELECT id FROM breach WHERE case_id = ?",
                        row -> row.uuid("id"),
                        caseId.value())
                .isEmpty();
    }

    static void explain(Transaction tx, UUID id, byte[] why) {
        tx.update("UPDATE breach SET why = ? WHERE id = ?", why, id);
    }

    static int rate(Transaction tx, OrganizationId organization, UUID id, Risk risk, int people) {
        return tx.update(
                "UPDATE breach SET risk = ?, people = ? WHERE organization = ? AND id = ?"
                        + " AND closed_at IS NULL",
                risk,
                people,
                organization.value(),
                id);
    }

    /// The first time counts.
    static int told(Transaction tx, OrganizationId organization, UUID id, Whom whom, Instant at) {
        var column =
                switch (whom) {
                    case AUTHORITY -> "authority_told_at";
                    case PARTNERS -> "partners_told_at";
                    case PEOPLE -> "people_told_at";
                };
        return tx.update(
                "UPDATE breach SET "
                        + column
                        + " = ? WHERE organization = ? AND id = ? AND "
                        + column
                        + " IS NULL",
                at,
                organization.value(),
                id);
    }

    static int close(Transaction tx, OrganizationId organization, UUID id, Instant at) {
        return tx.update(
                "UPDATE breach SET closed_at = ? WHERE organization = ? AND id = ?"
                        + " AND closed_at IS NULL",
                at,
                organization.value(),
                id);
    }

    private static Stored stored(Row row) {
        return new Stored(
                new Breach(
                        row.uuid("id"),
                        "",
                        "",
                        row.enumOf("risk", Risk.class),
                        row.integer("people"),
                        row.instant("known_at"),
                        row.instant("recorded_at"),
                        row.optionalInstant("authority_told_at"),
                        row.optionalInstant("partners_told_at"),
                        row.optionalInstant("people_told_at"),
                        row.optionalInstant("closed_at")),
                new CaseId(row.uuid("case_id")),
                row.bytes("content"),
                row.optionalBytes("why"));
    }
}
