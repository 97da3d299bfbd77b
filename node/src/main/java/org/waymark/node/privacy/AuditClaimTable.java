// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Instant;
import java.util.List;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Audit.Claim;

/// Rows of `audit_claim`: heads of this chain that others say they keep.
final class AuditClaimTable {

    private AuditClaimTable() {}

    static void add(Transaction tx, Claim claim) {
        if (tx.find(
                        "SELECT digest FROM audit_claim WHERE digest = ?",
                        row -> row.text("digest"),
                        claim.digest())
                .isEmpty()) {
            tx.update(
                    "INSERT INTO audit_claim (digest, stated_at, keeper) VALUES (?, ?, ?)",
                    claim.digest(),
                    claim.at(),
                    claim.keeper());
        }
    }

    static List<Claim> list(Transaction tx) {
        return tx.list(
                "SELECT digest, stated_at, keeper FROM audit_claim ORDER BY stated_at, digest",
                row -> new Claim(row.text("digest"), row.instant("stated_at"), row.text("keeper")));
    }

    static void eraseTo(Transaction tx, Instant until) {
        tx.update("DELETE FROM audit_claim WHERE stated_at <= ?", until);
    }
}
