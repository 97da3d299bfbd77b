// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.mailed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.ReferralId;

/// Rows of `request_link`. The secrets themselves are kept nowhere.
final class RequestLinkTable {

    private static final String COLUMNS =
            "secret_hash, referral, organization, language, made_at, expires_at, revoked_at";

    record Link(
            String secretHash,
            ReferralId referral,
            OrganizationId organization,
            String language,
            Instant madeAt,
            Instant expiresAt,
            Optional<Instant> revokedAt) {

        boolean holds(Instant now) {
            return revokedAt.isEmpty() && now.isBefore(expiresAt);
        }
    }

    private RequestLinkTable() {}

    static void add(Transaction tx, Link link) {
        tx.update(
                "INSERT INTO request_link (secret_hash, referral, organization, language, made_at,"
                        + " expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                link.secretHash(),
                link.referral().value(),
                link.organization().value(),
                link.language(),
                link.madeAt(),
                link.expiresAt());
    }

    static Optional<Link> find(Transaction tx, String secretHash) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM request_link WHERE secret_hash = ?",
                RequestLinkTable::read,
                secretHash);
    }

    /// The newest first.
    static List<Link> list(Transaction tx, ReferralId referral) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM request_link WHERE referral = ? ORDER BY made_at DESC, secret_hash",
                RequestLinkTable::read,
                referral.value());
    }

    static void revoke(Transaction tx, ReferralId referral, Instant now) {
        tx.update(
                "UPDATE request_link SET revoked_at = ? WHERE referral = ? AND revoked_at IS NULL",
                now,
                referral.value());
    }

    static void removeExpired(Transaction tx, Instant before) {
        tx.update("DELETE FROM request_link WHERE expires_at < ?", before);
    }

    private static Link read(Row row) {
        return new Link(
                row.text("secret_hash"),
                new ReferralId(row.uuid("referral")),
                new OrganizationId(row.uuid("organization")),
                row.text("language"),
                row.instant("made_at"),
                row.instant("expires_at"),
                row.optionalInstant("revoked_at"));
    }
}
