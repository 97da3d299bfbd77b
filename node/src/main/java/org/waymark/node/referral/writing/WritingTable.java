// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.writing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `receiver_set`, `reason_template` and `column_order`. Lists are one text with blanks.
final class WritingTable {

    void add(Transaction tx, OrganizationId organization, ReceiverSet set) {
        tx.update(
                "INSERT INTO receiver_set (id, organization, name, listings) VALUES (?, ?, ?, ?)",
                set.id(),
                organization.value(),
                set.name(),
                set.listings().stream().map(ListingId::toString).collect(Collectors.joining(" ")));
    }

    List<ReceiverSet> sets(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT id, name, listings FROM receiver_set WHERE organization = ?"
                        + " ORDER BY name, id",
                row ->
                        new ReceiverSet(
                                row.uuid("id"),
                                row.text("name"),
                                Arrays.stream(row.text("listings").split(" "))
                                        .map(it -> new ListingId(UUID.fromString(it)))
                                        .toList()),
                organization.value());
    }

    int removeSet(Transaction tx, OrganizationId organization, UUID id) {
        return tx.update(
                "DELETE FROM receiver_set WHERE id = ? AND organization = ?",
                id,
                organization.value());
    }

    void add(Transaction tx, OrganizationId organization, ReasonTemplate template) {
        tx.update(
                "INSERT INTO reason_template (id, organization, words) VALUES (?, ?, ?)",
                template.id(),
                organization.value(),
                template.words());
    }

    List<ReasonTemplate> templates(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT id, words FROM reason_template WHERE organization = ? ORDER BY words, id",
                row -> new ReasonTemplate(row.uuid("id"), row.text("words")),
                organization.value());
    }

    int removeTemplate(Transaction tx, OrganizationId organization, UUID id) {
        return tx.update(
                "DELETE FROM reason_template WHERE id = ? AND organization = ?",
                id,
                organization.value());
    }

    void putOrder(
            Transaction tx, OrganizationId organization, AccountId account, List<String> order) {
        tx.update(
                "DELETE FROM column_order WHERE organization = ? AND account = ?",
                organization.value(),
                account.value());
        tx.update(
                "INSERT INTO column_order (organization, account, names) VALUES (?, ?, ?)",
                organization.value(),
                account.value(),
                String.join(" ", order));
    }

    Optional<List<String>> order(Transaction tx, OrganizationId organization, AccountId account) {
        return tx.find(
                "SELECT names FROM column_order WHERE organization = ? AND account = ?",
                row -> Arrays.asList(row.text("names").split(" ")),
                organization.value(),
                account.value());
    }
}
