// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.waymark.node.database.Transaction;

/// Rows of `actor_key`.
final class ActorKeyTable {

    private ActorKeyTable() {}

    record Stored(String algorithm, byte[] publicHalf, byte[] wrappedPrivateHalf) {}

    static void add(Transaction tx, URI actor, Stored key, Instant now) {
        tx.update(
                "INSERT INTO actor_key (actor, algorithm, public_half, wrapped_private_half,"
                        + " created_at) VALUES (?, ?, ?, ?, ?)",
                actor,
                key.algorithm(),
                key.publicHalf(),
                key.wrappedPrivateHalf(),
                now);
    }

    static List<Stored> list(Transaction tx, URI actor) {
        return tx.list(
                "SELECT algorithm, public_half, wrapped_private_half FROM actor_key"
                        + " WHERE actor = ?",
                row ->
                        new Stored(
                                row.text("algorithm"),
                                row.bytes("public_half"),
                                row.bytes("wrapped_private_half")),
                actor);
    }
}
