// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `hosted_organization`, and the slugs they once had.
final class HostedOrganizationTable {

    private static final String COLUMNS = "id, slug, name, phone, languages";

    private HostedOrganizationTable() {}

    static void add(Transaction tx, HostedOrganization organization) {
        tx.update(
                "INSERT INTO hosted_organization (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?)",
                organization.id().value(),
                organization.slug(),
                organization.name(),
                organization.phone(),
                String.join(",", organization.languages()));
    }

    static void replace(Transaction tx, HostedOrganization organization) {
        tx.update(
                "UPDATE hosted_organization SET slug = ?, name = ?, phone = ?, languages = ?"
                        + " WHERE id = ?",
                organization.slug(),
                organization.name(),
                organization.phone(),
                String.join(",", organization.languages()),
                organization.id().value());
    }

    /// Keeps others from changing it, and from locking it, until the transaction ends.
    static void lock(Transaction tx, OrganizationId id) {
        tx.update("UPDATE hosted_organization SET name = name WHERE id = ?", id.value());
    }

    /// The same by the one row that everybody takes, for what organisations share.
    static void lockFirst(Transaction tx) {
        tx.update(
                "UPDATE hosted_organization SET name = name"
                        + " WHERE id = (SELECT MIN(id) FROM hosted_organization)");
    }

    static void keepFormerSlug(Transaction tx, String slug, OrganizationId organization) {
        tx.update("DELETE FROM former_slug WHERE slug = ?", slug);
        tx.update(
                "INSERT INTO former_slug (slug, organization_id) VALUES (?, ?)",
                slug,
                organization.value());
    }

    static void forgetFormerSlug(Transaction tx, String slug) {
        tx.update("DELETE FROM former_slug WHERE slug = ?", slug);
    }

    static List<HostedOrganization> list(Transaction tx) {
        return tx.list(
                "SELECT " + COLUMNS + " FROM hosted_organization ORDER BY slug",
                HostedOrganizationTable::read);
    }

    static Optional<HostedOrganization> find(Transaction tx, OrganizationId id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM hosted_organization WHERE id = ?",
                HostedOrganizationTable::read,
                id.value());
    }

    static Optional<HostedOrganization> findBySlug(Transaction tx, String slug) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM hosted_organization WHERE slug = ?",
                HostedOrganizationTable::read,
                slug);
    }

    static Optional<OrganizationId> findByFormerSlug(Transaction tx, String slug) {
        Optional<UUID> id =
                tx.find(
                        "SELECT organization_id FROM former_slug WHERE slug = ?",
                        row -> row.uuid("organization_id"),
                        slug);
        return id.map(OrganizationId::new);
    }

    private static HostedOrganization read(Row row) {
        var languages = row.optionalText("languages").orElse("");
        return new HostedOrganization(
                new OrganizationId(row.uuid("id")),
                row.text("slug"),
                row.text("name"),
                row.optionalText("phone"),
                languages.isEmpty() ? List.of() : List.of(languages.split(",")));
    }
}
