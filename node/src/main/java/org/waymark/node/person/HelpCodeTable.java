// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.referral.ReferralId;

/// Rows of `help_code`: one for each request.
final class HelpCodeTable {

    record Stored(
            String locator,
            ReferralId referral,
            CaseId caseId,
            String secretHash,
            Optional<String> wordHash,
            Instant givenAt) {}

    private static final String ALL =
            "SELECT locator, referral, case_id, secret_hash, word_hash, given_at FROM help_code";

    private HelpCodeTable() {}

    /// In the place of the one before, which is worth nothing from then on.
    static void replace(Transaction tx, Stored code) {
        removeOf(tx, code.referral());
        tx.update(
                "INSERT INTO help_code"
                        + " (locator, referral, case_id, secret_hash, word_hash, given_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                code.locator(),
                code.referral().value(),
                code.caseId().value(),
                code.secretHash(),
                code.wordHash(),
                code.givenAt());
    }

    static void removeOf(Transaction tx, ReferralId referral) {
        tx.update("DELETE FROM help_code WHERE referral = ?", referral.value());
    }

    static void hand(Transaction tx, ReferralId from, ReferralId to, CaseId caseId) {
        tx.update(
                "UPDATE help_code SET referral = ?, case_id = ? WHERE referral = ?",
                to.value(),
                caseId.value(),
                from.value());
    }

    static int setWord(Transaction tx, ReferralId referral, String wordHash) {
        return tx.update(
                "UPDATE help_code SET word_hash = ? WHERE referral = ?",
                wordHash,
                referral.value());
    }

    static Optional<Stored> find(Transaction tx, String locator) {
        return tx.find(ALL + " WHERE locator = ?", HelpCodeTable::stored, locator);
    }

    static Optional<Stored> findOf(Transaction tx, ReferralId referral) {
        return tx.find(ALL + " WHERE referral = ?", HelpCodeTable::stored, referral.value());
    }

    static List<Stored> list(Transaction tx) {
        return tx.list(ALL + " ORDER BY locator", HelpCodeTable::stored);
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.text("locator"),
                new ReferralId(row.uuid("referral")),
                new CaseId(row.uuid("case_id")),
                row.text("secret_hash"),
                row.optionalText("word_hash"),
                row.instant("given_at"));
    }
}
