// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Instant;
import org.waymark.node.database.Transaction;

/// Rows of `seen_signature`.
final class SeenSignatureTable {

    private SeenSignatureTable() {}

    static boolean holds(Transaction tx, String digest) {
        return tx.find(
                        "SELECT digest FROM seen_signature WHERE digest = ?",
                        row -> row.text("digest"),
                        digest)
                .isPresent();
    }

    static void add(Transaction tx, String digest, Instant forgetAt) {
        tx.update("INSERT INTO seen_signature (digest, forget_at) VALUES (?, ?)", digest, forgetAt);
    }

    static int removeOlder(Transaction tx, Instant now) {
        return tx.update("DELETE FROM seen_signature WHERE forget_at < ?", now);
    }
}
