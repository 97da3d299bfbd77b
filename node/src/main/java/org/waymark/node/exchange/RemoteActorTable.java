// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;

/// Rows of `remote_actor`, and of `remote_key`, which remembers every key an actor ever listed.
final class RemoteActorTable {

    private RemoteActorTable() {}

    record Stored(URI id, String host, byte[] document, Instant fetchedAt) {}

    static Optional<Stored> find(Transaction tx, URI id) {
        return tx.find(
                "SELECT id, host, document, fetched_at FROM remote_actor WHERE id = ?",
                RemoteActorTable::stored,
                id);
    }

    static List<Stored> listOfHost(Transaction tx, String host, int most) {
        return tx.list(
                "SELECT id, host, document, fetched_at FROM remote_actor WHERE host = ?"
                        + " ORDER BY id FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                RemoteActorTable::stored,
                host);
    }

    static List<Stored> listNewest(Transaction tx, int most) {
        return tx.list(
                "SELECT id, host, document, fetched_at FROM remote_actor"
                        + " ORDER BY fetched_at DESC, id FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                RemoteActorTable::stored);
    }

    static List<Stored> listNewestAfter(Transaction tx, Instant fetchedAt, URI id, int most) {
        return tx.list(
                "SELECT id, host, document, fetched_at FROM remote_actor"
                        + " WHERE fetched_at < ? OR (fetched_at = ? AND id > ?)"
                        + " ORDER BY fetched_at DESC, id FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                RemoteActorTable::stored,
                fetchedAt,
                fetchedAt,
                id);
    }

    /// With the keys it was seen with.
    static void remove(Transaction tx, URI id) {
        tx.update("DELETE FROM remote_key WHERE actor = ?", id);
        tx.update("DELETE FROM remote_actor WHERE id = ?", id);
    }

    /// @return whether it was not there before
    static boolean keep(Transaction tx, Stored stored) {
        var changed =
                tx.update(
                        "UPDATE remote_actor SET document = ?, fetched_at = ? WHERE id = ?",
                        stored.document(),
                        stored.fetchedAt(),
                        stored.id());
        if (changed == 0) {
            tx.update(
                    "INSERT INTO remote_actor (id, host, document, fetched_at)"
                            + " VALUES (?, ?, ?, ?)",
                    stored.id(),
                    stored.host(),
                    stored.document(),
                    stored.fetchedAt());
        }
        return changed == 0;
    }

    static List<SeenKey> listKeys(Transaction tx, URI actor) {
        return tx.list(
                "SELECT actor, fingerprint, algorithm, first_seen, gone_since, proven"
                        + " FROM remote_key"
                        + " WHERE actor = ? ORDER BY first_seen, algorithm",
                row ->
                        new SeenKey(
                                row.text("algorithm"),
                                row.text("fingerprint"),
                                row.instant("first_seen"),
                                row.optionalInstant("gone_since"),
                                row.bool("proven")),
                actor);
    }

    static void addKey(Transaction tx, URI actor, SeenKey key) {
        tx.update(
                "INSERT INTO remote_key (actor, fingerprint, algorithm, first_seen, proven)"
                        + " VALUES (?, ?, ?, ?, ?)",
                actor,
                key.fingerprint(),
                key.algorithm(),
                key.firstSeen(),
                key.isProven());
    }

    /// Of its algorithm no other key is proven any more.
    static void proveOnly(Transaction tx, URI actor, String algorithm, String fingerprint) {
        tx.update(
                "UPDATE remote_key SET proven = FALSE WHERE actor = ? AND algorithm = ?",
                actor,
                algorithm);
        tx.update(
                "UPDATE remote_key SET proven = TRUE WHERE actor = ? AND fingerprint = ?",
                actor,
                fingerprint);
    }

    static void setGone(
            Transaction tx, URI actor, String fingerprint, Optional<Instant> goneSince) {
        tx.update(
                "UPDATE remote_key SET gone_since = ? WHERE actor = ? AND fingerprint = ?",
                goneSince,
                actor,
                fingerprint);
    }

    private static Stored stored(Row row) {
        return new Stored(
                row.uri("id"), row.text("host"), row.bytes("document"), row.instant("fetched_at"));
    }
}
