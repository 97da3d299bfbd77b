// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;

final class AuditTable {

    /// The end of the chain.
    record Head(long number, String seal) {}

    /// Up to where old entries were erased, and the seal over saying so.
    record Checkpoint(Head end, Instant prunedAt, String seal) {}

    /// Entries that were lost before the chain went on, and the seal over saying so.
    record Gap(long first, Head last, String seal) {}

    record Sealed(long number, String seal, AuditEntry entry) {}

    private static final String COLUMNS =
            "id, recorded_at, account, organization, purpose, action, record";

    void add(Transaction tx, AuditEntry entry) {
        tx.update(
                "INSERT INTO audit_entry (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)",
                entry.id(),
                entry.recordedAt(),
                entry.acting().account().value(),
                entry.acting().organization().value(),
                entry.acting().purpose(),
                entry.action(),
                entry.record());
    }

    List<AuditEntry> listFor(Transaction tx, String record) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM audit_entry WHERE record = ?"
                        + " ORDER BY recorded_at, id",
                AuditTable::entry,
                record);
    }

    List<AuditEntry> listUnsealed(Transaction tx, int atMost) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM audit_entry WHERE chain_number IS NULL"
                        + " ORDER BY recorded_at, id FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                AuditTable::entry);
    }

    void seal(Transaction tx, AuditEntry entry, Head link) {
        tx.update(
                "UPDATE audit_entry SET chain_number = ?, seal = ? WHERE id = ?",
                link.number(),
                link.seal(),
                entry.id());
    }

    List<Sealed> listSealed(Transaction tx, long after, int atMost) {
        return tx.list(
                "SELECT chain_number, seal, "
                        + COLUMNS
                        + " FROM audit_entry"
                        + " WHERE chain_number > ? ORDER BY chain_number"
                        + " FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                row -> new Sealed(row.number("chain_number"), row.text("seal"), entry(row)),
                after);
    }

    List<AuditEntry> listNewest(Transaction tx, OrganizationId organization, int atMost) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM audit_entry WHERE organization = ?"
                        + " ORDER BY recorded_at DESC, id FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                AuditTable::entry,
                organization.value());
    }

    Optional<Checkpoint> checkpoint(Transaction tx) {
        return tx.find(
                "SELECT chain_number, chain_seal, pruned_at, seal FROM audit_checkpoint",
                row ->
                        new Checkpoint(
                                new Head(row.number("chain_number"), row.text("chain_seal")),
                                row.instant("pruned_at"),
                                row.text("seal")));
    }

    void moveCheckpoint(Transaction tx, Optional<Checkpoint> from, Checkpoint to) {
        from.ifPresent(
                it ->
                        tx.update(
                                "DELETE FROM audit_checkpoint WHERE chain_number = ?",
                                it.end().number()));
        tx.update(
                "INSERT INTO audit_checkpoint (chain_number, chain_seal, pruned_at, seal)"
                        + " VALUES (?, ?, ?, ?)",
                to.end().number(),
                to.end().seal(),
                to.prunedAt(),
                to.seal());
    }

    void addGap(Transaction tx, Gap gap) {
        tx.update(
                "INSERT INTO audit_gap (first_number, last_number, last_seal, seal)"
                        + " VALUES (?, ?, ?, ?)",
                gap.first(),
                gap.last().number(),
                gap.last().seal(),
                gap.seal());
    }

    List<Gap> listGaps(Transaction tx) {
        return tx.list(
                "SELECT first_number, last_number, last_seal, seal FROM audit_gap",
                row ->
                        new Gap(
                                row.number("first_number"),
                                new Head(row.number("last_number"), row.text("last_seal")),
                                row.text("seal")));
    }

    void eraseGapsTo(Transaction tx, long number) {
        tx.update("DELETE FROM audit_gap WHERE last_number <= ?", number);
    }

    /// When the oldest sealed entry that is still here was written.
    Optional<Instant> oldest(Transaction tx) {
        return tx.find(
                "SELECT recorded_at FROM audit_entry WHERE chain_number IS NOT NULL"
                        + " ORDER BY chain_number FETCH FIRST 1 ROWS ONLY",
                row -> row.instant("recorded_at"));
    }

    int eraseTo(Transaction tx, long number) {
        return tx.update("DELETE FROM audit_entry WHERE chain_number <= ?", number);
    }

    Head head(Transaction tx) {
        return tx.find(
                        "SELECT chain_number, seal FROM audit_head",
                        row ->
                                new Head(
                                        row.number("chain_number"),
                                        row.optionalText("seal").orElse("")))
                .orElseThrow();
    }

    /// @return false when somebody else has moved the head since it was read
    boolean moveHead(Transaction tx, Head from, Head to) {
        return tx.update(
                        "UPDATE audit_head SET chain_number = ?, seal = ? WHERE chain_number = ?",
                        to.number(),
                        to.seal(),
                        from.number())
                == 1;
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.uuid("id"),
                row.instant("recorded_at"),
                new Acting(
                        new AccountId(row.uuid("account")),
                        new OrganizationId(row.uuid("organization")),
                        row.enumOf("purpose", Purpose.class)),
                row.text("action"),
                row.text("record"));
    }
}
