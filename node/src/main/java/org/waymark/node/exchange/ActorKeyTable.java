// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Transaction;

/// Rows of `actor_key`, `former_key`, `signer_change`, `recovery_key` and `recovery_change`.
final class ActorKeyTable {

    private ActorKeyTable() {}

    record Stored(
            String algorithm, String fragment, byte[] publicHalf, byte[] wrappedPrivateHalf) {}

    record Replaced(String algorithm, String fragment, byte[] publicHalf, Instant listedUntil) {}

    record Change(byte[] publicHalf, String announcement) {}

    static void addFormer(Transaction tx, URI actor, Replaced key) {
        tx.update(
                "INSERT INTO former_key (actor, fragment, algorithm, public_half, listed_until)"
                        + " VALUES (?, ?, ?, ?, ?)",
                actor,
                key.fragment(),
                key.algorithm(),
                key.publicHalf(),
                key.listedUntil());
    }

    static List<Replaced> listFormer(Transaction tx, URI actor) {
        return tx.list(
                "SELECT algorithm, fragment, public_half, listed_until FROM former_key"
                        + " WHERE actor = ? ORDER BY listed_until DESC",
                row ->
                        new Replaced(
                                row.text("algorithm"),
                                row.text("fragment"),
                                row.bytes("public_half"),
                                row.instant("listed_until")),
                actor);
    }

    static void addChange(Transaction tx, URI actor, int number, Change change) {
        tx.update(
                "INSERT INTO signer_change (actor, number, public_half, announcement)"
                        + " VALUES (?, ?, ?, ?)",
                actor,
                number,
                change.publicHalf(),
                change.announcement());
    }

    static List<Change> listChanges(Transaction tx, URI actor) {
        return tx.list(
                "SELECT public_half, announcement FROM signer_change WHERE actor = ?"
                        + " ORDER BY number",
                row -> new Change(row.bytes("public_half"), row.text("announcement")),
                actor);
    }

    /// Keys that may be stolen are not listed any more, and vouch for nothing.
    static void forgetFormer(Transaction tx, URI actor) {
        tx.update("DELETE FROM former_key WHERE actor = ?", actor);
        tx.update("DELETE FROM signer_change WHERE actor = ?", actor);
    }

    static void add(Transaction tx, URI actor, Stored key, Instant now) {
        tx.update(
                "INSERT INTO actor_key (actor, algorithm, fragment, public_half,"
                        + " wrapped_private_half, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                actor,
                key.algorithm(),
                key.fragment(),
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

    record Sheet(byte[] formerHalf, byte[] publicHalf, String announcement) {}

    static List<Sheet> listSheets(Transaction tx) {
        return tx.list(
                "SELECT former_half, public_half, announcement FROM recovery_change"
                        + " ORDER BY number",
                row ->
                        new Sheet(
                                row.bytes("former_half"),
                                row.bytes("public_half"),
                                row.text("announcement")));
    }

    static void addSheet(Transaction tx, int number, Sheet sheet) {
        tx.update(
                "INSERT INTO recovery_change (number, former_half, public_half, announcement)"
                        + " VALUES (?, ?, ?, ?)",
                number,
                sheet.formerHalf(),
                sheet.publicHalf(),
                sheet.announcement());
    }

    /// A sheet that is lost says nothing of the next one.
    static void forgetSheets(Transaction tx) {
        tx.update("DELETE FROM recovery_change");
    }

    static List<Stored> list(Transaction tx, URI actor) {
        return tx.list(
                "SELECT algorithm, fragment, public_half, wrapped_private_half FROM actor_key"
                        + " WHERE actor = ?",
                row ->
                        new Stored(
                                row.text("algorithm"),
                                row.optionalText("fragment")
                                        .orElseGet(() -> firstFragment(row.text("algorithm"))),
                                row.bytes("public_half"),
                                row.bytes("wrapped_private_half")),
                actor);
    }

    /// What the first key of an actor is called.
    static String firstFragment(String algorithm) {
        return algorithm.equals("RSA") ? "main-key" : "ed25519-key";
    }
}
