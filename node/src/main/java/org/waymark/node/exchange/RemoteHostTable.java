// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.time.Instant;
import java.util.Optional;
import org.waymark.federation.signature.Scheme;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;

/// Rows of `remote_host`.
final class RemoteHostTable {

    private static final String UNNEEDED =
            " AND NOT EXISTS (SELECT 1 FROM remote_actor a WHERE a.host = remote_host.host)"
                    + " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.host = remote_host.host"
                    + " AND d.state = ?)";

    private RemoteHostTable() {}

    static Optional<RemoteHost> find(Transaction tx, String host) {
        return tx.find(
                "SELECT host, heard_at, reached_at, failed_at, failures, failing_since,"
                        + " rest_until FROM remote_host WHERE host = ?",
                RemoteHostTable::remoteHost,
                host);
    }

    static void heard(Transaction tx, String host, Instant now) {
        change(tx, "UPDATE remote_host SET heard_at = ? WHERE host = ?", now, host);
    }

    static void reached(Transaction tx, String host, Instant now) {
        change(tx, "UPDATE remote_host SET reached_at = ? WHERE host = ?", now, host);
    }

    /// Forgets that attempts failed.
    static void recovered(Transaction tx, String host) {
        tx.update(
                "UPDATE remote_host SET failures = 0, failing_since = NULL, rest_until = NULL"
                        + " WHERE host = ?",
                host);
    }

    static void failed(
            Transaction tx,
            String host,
            Instant now,
            Instant failingSince,
            Optional<Instant> restUntil) {
        change(
                tx,
                "UPDATE remote_host SET failed_at = ?, failures = failures + 1,"
                        + " failing_since = ?, rest_until = ? WHERE host = ?",
                now,
                failingSince,
                restUntil,
                host);
    }

    static void stopResting(Transaction tx, String host, Instant now) {
        tx.update(
                "UPDATE remote_host SET rest_until = ? WHERE host = ? AND rest_until > ?",
                now,
                host,
                now);
    }

    /// How a server was last seen to read signatures.
    record Seen(Scheme scheme, Instant at) {}

    static Optional<Seen> findScheme(Transaction tx, String host) {
        return tx.find(
                "SELECT scheme, scheme_seen_at FROM remote_host"
                        + " WHERE host = ? AND scheme IS NOT NULL",
                row -> new Seen(row.enumOf("scheme", Scheme.class), row.instant("scheme_seen_at")),
                host);
    }

    static void setScheme(Transaction tx, String host, Seen seen) {
        change(
                tx,
                "UPDATE remote_host SET scheme = ?, scheme_seen_at = ? WHERE host = ?",
                seen.scheme(),
                seen.at(),
                host);
    }

    /// Unless another actor of it is known, or something waits for it.
    static void removeUnneeded(Transaction tx, String host) {
        tx.update("DELETE FROM remote_host WHERE host = ?" + UNNEEDED, host, DeliveryState.QUEUED);
    }

    /// The same for all that are silent, both ways, since a moment.
    static int removeUnneededBefore(Transaction tx, Instant before) {
        return tx.update(
                "DELETE FROM remote_host WHERE COALESCE(heard_at, 0) < ?"
                        + " AND COALESCE(reached_at, 0) < ? AND COALESCE(failed_at, 0) < ?"
                        + " AND COALESCE(scheme_seen_at, 0) < ?"
                        + UNNEEDED,
                before,
                before,
                before,
                before,
                DeliveryState.QUEUED);
    }

    /// @param parameters the last one is the host
    private static void change(Transaction tx, String update, Object... parameters) {
        if (tx.update(update, parameters) == 0) {
            var _ =
                    tx.insertIfAbsent(
                            "INSERT INTO remote_host (host, failures) VALUES (?, 0)",
                            parameters[parameters.length - 1]);
            tx.update(update, parameters);
        }
    }

    private static RemoteHost remoteHost(Row row) {
        return new RemoteHost(
                row.text("host"),
                row.optionalInstant("heard_at"),
                row.optionalInstant("reached_at"),
                row.optionalInstant("failed_at"),
                row.integer("failures"),
                row.optionalInstant("failing_since"),
                row.optionalInstant("rest_until"));
    }
}
