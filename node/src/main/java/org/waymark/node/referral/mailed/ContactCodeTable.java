// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.mailed;

import java.time.Instant;
import java.util.Optional;
import org.waymark.node.database.Transaction;
import org.waymark.node.referral.ReferralId;

/// Rows of `contact_code`; the code is encrypted under the case's key.
final class ContactCodeTable {

    static final String NAME = "contact_code";

    record Stored(byte[] code, Instant expiresAt, int tries) {}

    private ContactCodeTable() {}

    static void put(Transaction tx, ReferralId referral, byte[] code, Instant now, Instant until) {
        remove(tx, referral);
        tx.update(
                "INSERT INTO contact_code (referral, code, made_at, expires_at, tries)"
                        + " VALUES (?, ?, ?, ?, 0)",
                referral.value(),
                code,
                now,
                until);
    }

    static Optional<Stored> find(Transaction tx, ReferralId referral) {
        return tx.find(
                "SELECT code, expires_at, tries FROM contact_code WHERE referral = ?",
                row ->
                        new Stored(
                                row.bytes("code"), row.instant("expires_at"), row.integer("tries")),
                referral.value());
    }

    /// Takes one of the tries that are left, before anything is compared: two at once are two.
    ///
    /// @return false when none is left, or the time is over
    static boolean take(Transaction tx, ReferralId referral, int most, Instant now) {
        return tx.update(
                        "UPDATE contact_code SET tries = tries + 1"
                                + " WHERE referral = ? AND tries < ? AND expires_at > ?",
                        referral.value(),
                        most,
                        now)
                == 1;
    }

    static void remove(Transaction tx, ReferralId referral) {
        tx.update("DELETE FROM contact_code WHERE referral = ?", referral.value());
    }
}
