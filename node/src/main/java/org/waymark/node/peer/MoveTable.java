// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `organization_alias`, `organization_move`, `organization_moving_wish` and
/// `partner_move`.
final class MoveTable {

    private static final String COLUMNS = "former, target, name, seen_at, followed_at";

    private MoveTable() {}

    static boolean addAlias(Transaction tx, OrganizationId organization, URI former) {
        return tx.insertIfAbsent(
                "INSERT INTO organization_alias (organization, former) VALUES (?, ?)",
                organization.value(),
                former);
    }

    static List<URI> listAliases(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT former FROM organization_alias WHERE organization = ? ORDER BY former",
                row -> row.uri("former"),
                organization.value());
    }

    static Optional<URI> findTarget(Transaction tx, OrganizationId organization) {
        return tx.find(
                "SELECT target FROM organization_move WHERE organization = ?",
                row -> row.uri("target"),
                organization.value());
    }

    static void setTarget(Transaction tx, OrganizationId organization, URI target, Instant now) {
        tx.update("DELETE FROM organization_move WHERE organization = ?", organization.value());
        tx.update(
                "INSERT INTO organization_move (organization, target, moved_at) VALUES (?, ?, ?)",
                organization.value(),
                target,
                now);
    }

    record Wish(URI target, AccountId account, Instant wishedAt) {}

    static Optional<Wish> findWish(Transaction tx, OrganizationId organization) {
        return tx.find(
                "SELECT target, account, wished_at FROM organization_moving_wish"
                        + " WHERE organization = ?",
                row ->
                        new Wish(
                                row.uri("target"),
                                new AccountId(row.uuid("account")),
                                row.instant("wished_at")),
                organization.value());
    }

    static void putWish(Transaction tx, OrganizationId organization, Wish wish) {
        removeWish(tx, organization);
        tx.update(
                "INSERT INTO organization_moving_wish (organization, target, account, wished_at)"
                        + " VALUES (?, ?, ?, ?)",
                organization.value(),
                wish.target(),
                wish.account().value(),
                wish.wishedAt());
    }

    /// @return whether there was one
    static boolean removeWish(Transaction tx, OrganizationId organization) {
        return tx.update(
                        "DELETE FROM organization_moving_wish WHERE organization = ?",
                        organization.value())
                == 1;
    }

    static void put(Transaction tx, PartnerMove move) {
        tx.update("DELETE FROM partner_move WHERE former = ?", move.former());
        tx.update(
                "INSERT INTO partner_move (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?)",
                move.former(),
                move.target(),
                move.name(),
                move.seenAt(),
                move.followedAt());
    }

    static Optional<PartnerMove> find(Transaction tx, URI former) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM partner_move WHERE former = ?",
                MoveTable::read,
                former);
    }

    static List<PartnerMove> list(Transaction tx) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM partner_move ORDER BY seen_at, former",
                MoveTable::read);
    }

    private static PartnerMove read(Row row) {
        return new PartnerMove(
                row.uri("former"),
                row.uri("target"),
                row.text("name"),
                row.instant("seen_at"),
                row.optionalInstant("followed_at"));
    }
}
