// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `vouch`, of `received_vouch` and of `named_vouch`.
final class VouchTable {

    private static final String COLUMNS =
            "id, organization, about, given_at, ends_at, taken_back_at";

    private VouchTable() {}

    static void add(Transaction tx, Vouch vouch) {
        tx.update(
                "INSERT INTO vouch (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)",
                vouch.id(),
                vouch.organization().value(),
                vouch.about(),
                vouch.givenAt(),
                vouch.endsAt(),
                vouch.takenBackAt());
    }

    static Optional<Vouch> find(Transaction tx, UUID id) {
        return tx.find("SELECT " + COLUMNS + " FROM vouch WHERE id = ?", VouchTable::vouch, id);
    }

    /// What was not taken back, newest first.
    static List<Vouch> list(Transaction tx, OrganizationId organization, URI about) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM vouch WHERE organization = ? AND about = ?"
                        + " AND taken_back_at IS NULL ORDER BY given_at DESC",
                VouchTable::vouch,
                organization.value(),
                about);
    }

    static void takeBack(Transaction tx, OrganizationId organization, URI about, Instant now) {
        tx.update(
                "UPDATE vouch SET taken_back_at = ? WHERE organization = ? AND about = ?"
                        + " AND taken_back_at IS NULL",
                now,
                organization.value(),
                about);
    }

    /// A partner vouches for us: one for each pair, the newest.
    static void receive(Transaction tx, VouchDocument document, OrganizationId organization) {
        tx.update(
                "DELETE FROM received_vouch WHERE voucher = ? AND organization = ?",
                document.voucher(),
                organization.value());
        tx.update(
                "INSERT INTO received_vouch (uri, voucher, organization, ends_at)"
                        + " VALUES (?, ?, ?, ?)",
                document.id(),
                document.voucher(),
                organization.value(),
                document.endsAt());
    }

    /// Neither vouches for the other any more.
    static void end(Transaction tx, OrganizationId organization, URI partner, Instant now) {
        takeBack(tx, organization, partner, now);
        tx.update(
                "DELETE FROM received_vouch WHERE voucher = ? AND organization = ?",
                partner,
                organization.value());
    }

    static void forget(Transaction tx, URI uri, URI voucher) {
        tx.update("DELETE FROM received_vouch WHERE uri = ? AND voucher = ?", uri, voucher);
    }

    /// One that a partner gave.
    record Received(URI uri, URI voucher) {}

    /// What partners gave to one organisation here, what lasts longest first.
    static List<Received> listReceived(Transaction tx, OrganizationId organization, Instant now) {
        return tx.list(
                "SELECT uri, voucher FROM received_vouch WHERE organization = ? AND ends_at > ?"
                        + " ORDER BY ends_at DESC, uri",
                row -> new Received(row.uri("uri"), row.uri("voucher")),
                organization.value(),
                now);
    }

    static void replaceNamed(Transaction tx, PeerId peer, List<URI> vouches) {
        tx.update("DELETE FROM named_vouch WHERE peer_id = ?", peer.value());
        tx.batch(
                "INSERT INTO named_vouch (peer_id, uri) VALUES (?, ?)",
                vouches.stream().map(it -> new Object[] {peer.value(), it}).toList());
    }

    static List<URI> listNamed(Transaction tx, PeerId peer) {
        return tx.list(
                "SELECT uri FROM named_vouch WHERE peer_id = ? ORDER BY uri",
                row -> row.uri("uri"),
                peer.value());
    }

    static void seen(Transaction tx, PeerId peer, VouchDocument document, Instant now) {
        tx.update(
                "UPDATE named_vouch SET voucher = ?, about = ?, seen_at = ?"
                        + " WHERE peer_id = ? AND uri = ?",
                document.voucher(),
                document.about(),
                now,
                peer.value(),
                document.id());
    }

    static void unseen(Transaction tx, PeerId peer, URI uri) {
        tx.update(
                "UPDATE named_vouch SET voucher = NULL, about = NULL, seen_at = NULL"
                        + " WHERE peer_id = ? AND uri = ?",
                peer.value(),
                uri);
    }

    /// One that was read and stood.
    record Seen(URI voucher, URI about, Instant at) {}

    static List<Seen> listSeen(Transaction tx, PeerId peer, Instant since) {
        return tx.list(
                "SELECT voucher, about, seen_at FROM named_vouch WHERE peer_id = ?"
                        + " AND seen_at > ? ORDER BY voucher, about",
                row -> new Seen(row.uri("voucher"), row.uri("about"), row.instant("seen_at")),
                peer.value(),
                since);
    }

    private static Vouch vouch(Row row) {
        return new Vouch(
                row.uuid("id"),
                new OrganizationId(row.uuid("organization")),
                row.uri("about"),
                row.instant("given_at"),
                row.instant("ends_at"),
                row.optionalInstant("taken_back_at"));
    }
}
