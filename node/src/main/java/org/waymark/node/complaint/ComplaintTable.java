// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.complaint;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.CaseId;

/// Rows of `complaint` and `complaint_reader`; contents pass through encrypted.
final class ComplaintTable {

    static final String NAME = "complaint";

    record Stored(
            ComplaintId id,
            CaseId caseId,
            byte[] content,
            Optional<byte[]> answer,
            Instant filedAt,
            Optional<Instant> seenAt) {}

    private static final String COLUMNS =
            "c.id, c.case_id, c.content, c.answer, c.filed_at, c.seen_at";

    private ComplaintTable() {}

    static void add(Transaction tx, Stored complaint, String codeHash, List<AccountId> readers) {
        tx.update(
                "INSERT INTO complaint (id, case_id, code_hash, content, filed_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                complaint.id().value(),
                complaint.caseId().value(),
                codeHash,
                complaint.content(),
                complaint.filedAt());
        for (var reader : readers) {
            tx.update(
                    "INSERT INTO complaint_reader (complaint, account) VALUES (?, ?)",
                    complaint.id().value(),
                    reader.value());
        }
    }

    static long countSince(Transaction tx, Instant since) {
        return tx.find(
                        "SELECT COUNT(*) AS filed FROM complaint WHERE filed_at >= ?",
                        row -> row.number("filed"),
                        since)
                .orElse(0L);
    }

    static List<Stored> listFor(Transaction tx, AccountId reader) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM complaint c JOIN complaint_reader r ON r.complaint = c.id"
                        + " WHERE r.account = ? ORDER BY c.filed_at DESC, c.id",
                ComplaintTable::stored,
                reader.value());
    }

    static Optional<Stored> findFor(Transaction tx, AccountId reader, ComplaintId id) {
        return tx.find(
                "SELECT "
                        + COLUMNS
                        + " FROM complaint c JOIN complaint_reader r ON r.complaint = c.id"
                        + " WHERE r.account = ? AND c.id = ?",
                ComplaintTable::stored,
                reader.value(),
                id.value());
    }

    static Optional<Stored> findByCode(Transaction tx, String codeHash) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM complaint c WHERE c.code_hash = ?",
                ComplaintTable::stored,
                codeHash);
    }

    static void seen(Transaction tx, ComplaintId id, Instant now) {
        tx.update(
                "UPDATE complaint SET seen_at = ? WHERE id = ? AND seen_at IS NULL",
                now,
                id.value());
    }

    static void answer(Transaction tx, ComplaintId id, byte[] answer, Instant now) {
        tx.update(
                "UPDATE complaint SET answer = ?, answered_at = ? WHERE id = ?",
                answer,
                now,
                id.value());
    }

    static boolean holds(Transaction tx, CaseId caseId) {
        return tx.find(
                        "SELECT id FROM complaint WHERE case_id = ?",
                        row -> row.uuid("id"),
                        caseId.value())
                .isPresent();
    }

    /// Those answered before a moment, and those made before it that nobody ever answered.
    static List<Stored> listOver(Transaction tx, Instant limit) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM complaint c WHERE c.answered_at < ?"
                        + " OR (c.answered_at IS NULL AND c.filed_at < ?)",
                ComplaintTable::stored,
                limit,
                limit);
    }

    static void remove(Transaction tx, UUID id) {
        tx.update("DELETE FROM complaint_reader WHERE complaint = ?", id);
        tx.update("DELETE FROM complaint WHERE id = ?", id);
    }

    private static Stored stored(Row row) {
        return new Stored(
                new ComplaintId(row.uuid("id")),
                new CaseId(row.uuid("case_id")),
                row.bytes("content"),
                row.optionalBytes("answer"),
                row.instant("filed_at"),
                row.optionalInstant("seen_at"));
    }
}
