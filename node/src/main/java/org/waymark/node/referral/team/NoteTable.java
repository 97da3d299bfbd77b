// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Side;

/// Rows of `referral_note`. What they say passes through here encrypted only.
final class NoteTable {

    static final String NAME = "referral_note";

    /// @param content encrypted
    record Stored(UUID id, CaseId caseId, AccountId account, Instant at, byte[] content) {}

    void add(Transaction tx, ReferralId referral, OrganizationId organization, Stored note) {
        tx.update(
                "INSERT INTO referral_note (id, referral, organization, case_id, account,"
                        + " written_at, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
                note.id(),
                referral.value(),
                organization.value(),
                note.caseId().value(),
                note.account().value(),
                note.at(),
                note.content());
    }

    /// The newest first.
    List<Stored> list(Transaction tx, ReferralId referral, OrganizationId organization) {
        return tx.list(
                "SELECT id, case_id, account, written_at, content FROM referral_note"
                        + " WHERE referral = ? AND organization = ?"
                        + " ORDER BY written_at DESC, id",
                row ->
                        new Stored(
                                row.uuid("id"),
                                new CaseId(row.uuid("case_id")),
                                new AccountId(row.uuid("account")),
                                row.instant("written_at"),
                                row.bytes("content")),
                referral.value(),
                organization.value());
    }

    /// Whether the person stopped it, and it waits here to be erased: nobody contacts them then.
    boolean isFrozen(Transaction tx, ReferralId referral) {
        return tx.find(
                        "SELECT id FROM referral WHERE id = ? AND side = ? AND state = ?",
                        row -> row.uuid("id"),
                        referral.value(),
                        Side.RECEIVER,
                        State.WITHDRAWN)
                .isPresent();
    }

    void removeAll(Transaction tx, ReferralId referral) {
        tx.update("DELETE FROM referral_note WHERE referral = ?", referral.value());
    }
}
