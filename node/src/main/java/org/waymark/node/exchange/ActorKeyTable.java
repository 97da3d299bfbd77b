// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    static void remove(Transaction tx, URI actor) {
        tx.update("DELETE FROM actor_key WHERE actor = ?", actor);
    }

    static void announce(Transaction tx, URI actor, String announcement) {
        tx.update("UPDATE actor_key SET announcement = ? WHERE actor = ?", announcement, actor);
    }

    static Optional<String> findAnnouncement(Transaction tx, URI actor, String algorithm) {
        return tx.find(
                        "SELECT announcement FROM actor_key WHERE actor = ? AND algorithm = ?",
                        row -> row.optionalText("announcement"),
                        actor,
                        algorithm)
                .flatMap(it -> it);
    }

    static void setRecovery(Transaction tx, byte[] publicHalf, Instant now) {
        tx.update("DELETE FROM recovery_key");
        tx.update(
                "INSERT INTO recovery_key (public_half, created_at) VALUES (?, ?)",
                publicHalf,
                now);
    }

    static Optional<byte[]> findRecovery(Transaction tx) {
        return tx.find("SELECT public_half FROM recovery_key", row -> row.bytes("public_half"));
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
