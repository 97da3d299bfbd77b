// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.peer.Follower.State;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `follower`.
final class FollowerTable {

    private static final String COLUMNS =
            "organization, actor, handle, follow, state, asked_at, changed_at";

    // The character that comes next after the slash, in the order of code points.
    private static final String AFTER_SLASH = "0";

    private FollowerTable() {}

    static void put(Transaction tx, Follower follower, String host) {
        remove(tx, follower.organization(), follower.actor());
        tx.update(
                "INSERT INTO follower (" + COLUMNS + ", host) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                follower.organization().value(),
                follower.actor(),
                follower.handle(),
                follower.follow(),
                follower.state(),
                follower.askedAt(),
                follower.changedAt(),
                host);
    }

    static boolean remove(Transaction tx, OrganizationId organization, URI actor) {
        return tx.update(
                        "DELETE FROM follower WHERE organization = ? AND actor = ?",
                        organization.value(),
                        actor)
                == 1;
    }

    static void removeActor(Transaction tx, URI actor) {
        tx.update("DELETE FROM follower WHERE actor = ?", actor);
    }

    static void removeHost(Transaction tx, String host) {
        tx.update("DELETE FROM follower WHERE host = ?", host);
    }

    static Optional<Follower> find(Transaction tx, OrganizationId organization, URI actor) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM follower WHERE organization = ? AND actor = ?",
                FollowerTable::read,
                organization.value(),
                actor);
    }

    static List<Follower> list(Transaction tx, OrganizationId organization, State state) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM follower WHERE organization = ? AND state = ?"
                        + " ORDER BY asked_at, actor",
                FollowerTable::read,
                organization.value(),
                state);
    }

    /// Those whose ids lie below the base URL of a server, by which they are told apart quickly.
    static List<Follower> listBelow(
            Transaction tx, OrganizationId organization, State state, URI baseUrl) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM follower WHERE organization = ? AND actor > ? AND actor < ?"
                        + " AND state = ? ORDER BY actor",
                FollowerTable::read,
                organization.value(),
                baseUrl + "/",
                baseUrl + AFTER_SLASH,
                state);
    }

    static List<Follower> listOf(Transaction tx, URI actor) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM follower WHERE actor = ?", FollowerTable::read, actor);
    }

    static int count(Transaction tx, OrganizationId organization, State state) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM follower"
                                + " WHERE organization = ? AND state = ?",
                        row -> row.integer("many"),
                        organization.value(),
                        state)
                .orElse(0);
    }

    static int countWaiting(Transaction tx, OrganizationId organization, String host) {
        return tx.find(
                        "SELECT COUNT(*) AS many FROM follower"
                                + " WHERE organization = ? AND host = ? AND state = ?",
                        row -> row.integer("many"),
                        organization.value(),
                        host,
                        State.WAITING)
                .orElse(0);
    }

    static boolean knows(Transaction tx, URI actor) {
        return !tx.list(
                        "SELECT actor FROM follower WHERE actor = ? FETCH FIRST 1 ROWS ONLY",
                        row -> row.uri("actor"),
                        actor)
                .isEmpty();
    }

    static boolean someoneFollowsFrom(Transaction tx, String host) {
        return !tx.list(
                        "SELECT host FROM follower WHERE host = ? AND state = ?"
                                + " FETCH FIRST 1 ROWS ONLY",
                        row -> row.text("host"),
                        host,
                        State.FOLLOWING)
                .isEmpty();
    }

    private static Follower read(Row row) {
        return new Follower(
                new OrganizationId(row.uuid("organization")),
                row.uri("actor"),
                row.text("handle"),
                row.uri("follow"),
                row.enumOf("state", State.class),
                row.instant("asked_at"),
                row.instant("changed_at"));
    }
}
