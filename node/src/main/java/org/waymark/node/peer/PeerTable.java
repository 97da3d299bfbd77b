// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;

/// Rows of `peer` and of `peer_organization`.
final class PeerTable {

    private static final String COLUMNS =
            "id, base_url, actor, name, state, follow, wants_copies, created_at, changed_at";

    private PeerTable() {}

    static void add(Transaction tx, Peer peer) {
        tx.update(
                "INSERT INTO peer (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                peer.id().value(),
                peer.baseUrl(),
                peer.actor(),
                peer.name(),
                peer.state(),
                peer.follow(),
                peer.wantsCopies(),
                peer.createdAt(),
                peer.changedAt());
    }

    /// Moves a peer on. The caller locked it before it looked where it is.
    static void move(Transaction tx, Peer peer, PeerState to, Instant now) {
        var moved =
                tx.update(
                        "UPDATE peer SET state = ?, changed_at = ? WHERE id = ? AND state = ?",
                        to,
                        now,
                        peer.id().value(),
                        peer.state());
        if (moved != 1) {
            throw new IllegalStateException(peer.baseUrl() + " is no longer " + peer.state());
        }
    }

    /// Begins a new peering with a node known from an earlier one.
    static void ask(Transaction tx, Peer peer) {
        tx.update(
                "UPDATE peer SET name = ?, state = ?, follow = ?, wants_copies = ?, changed_at = ?"
                        + " WHERE id = ?",
                peer.name(),
                peer.state(),
                peer.follow(),
                peer.wantsCopies(),
                peer.changedAt(),
                peer.id().value());
    }

    static void setWantsCopies(Transaction tx, Peer peer, boolean wantsCopies) {
        tx.update("UPDATE peer SET wants_copies = ? WHERE id = ?", wantsCopies, peer.id().value());
    }

    static long count(Transaction tx, PeerState state) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM peer WHERE state = ?",
                        row -> row.number("many"),
                        state)
                .orElse(0L);
    }

    static List<Peer> list(Transaction tx) {
        return tx.list("SELECT " + COLUMNS + " FROM peer ORDER BY base_url", PeerTable::peer);
    }

    static Optional<Peer> find(Transaction tx, PeerId id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM peer WHERE id = ?", PeerTable::peer, id.value());
    }

    static Optional<Peer> findByBaseUrl(Transaction tx, URI baseUrl) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM peer WHERE base_url = ?", PeerTable::peer, baseUrl);
    }

    static List<PeerOrganization> listOrganizations(Transaction tx, PeerId peer) {
        return tx.list(
                "SELECT actor, peer_id, name FROM peer_organization WHERE peer_id = ?"
                        + " ORDER BY name, actor",
                PeerTable::organization,
                peer.value());
    }

    static Optional<PeerOrganization> findOrganization(Transaction tx, URI actor) {
        return tx.find(
                "SELECT actor, peer_id, name FROM peer_organization WHERE actor = ?",
                PeerTable::organization,
                actor);
    }

    /// Keeps others from it until the transaction ends, and waits for those who hold it.
    static void lock(Transaction tx, PeerId peer) {
        if (peer.isHere()) {
            // Neighbours have no row of a peer, but each writes the row of the other, too.
            tx.update(
                    "UPDATE agreement SET changed_at = changed_at WHERE peer_id = ?", peer.value());
            return;
        }
        tx.update("UPDATE peer SET changed_at = changed_at WHERE id = ?", peer.value());
    }

    /// The same by its base URL.
    static void lock(Transaction tx, URI baseUrl) {
        tx.update("UPDATE peer SET changed_at = changed_at WHERE base_url = ?", baseUrl);
    }

    /// Keeps others from locking the peer with this base URL until the transaction ends.
    static void hold(Transaction tx, URI baseUrl) {
        tx.hold("SELECT id FROM peer WHERE base_url = ?", baseUrl);
    }

    static void replaceOrganizations(
            Transaction tx, PeerId peer, List<PeerOrganization> organizations, Instant now) {
        // Staff accept while a worker reads the same list: whoever comes second waits here.
        lock(tx, peer);
        tx.update("DELETE FROM peer_organization WHERE peer_id = ?", peer.value());
        tx.batch(
                "INSERT INTO peer_organization (actor, peer_id, name, seen_at)"
                        + " VALUES (?, ?, ?, ?)",
                organizations.stream()
                        .map(it -> new Object[] {it.actor(), peer.value(), it.name(), now})
                        .toList());
    }

    private static Peer peer(Row row) {
        return new Peer(
                new PeerId(row.uuid("id")),
                row.uri("base_url"),
                row.uri("actor"),
                row.text("name"),
                row.enumOf("state", PeerState.class),
                row.optionalUri("follow"),
                row.bool("wants_copies"),
                row.instant("created_at"),
                row.instant("changed_at"));
    }

    private static PeerOrganization organization(Row row) {
        return new PeerOrganization(
                row.uri("actor"), new PeerId(row.uuid("peer_id")), row.text("name"));
    }
}
