// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.reminder;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_campaign`.
final class CampaignTable {

    private static final String COLUMNS =
            "id, organization, occasion, topic, state, made_at, starts_at";

    private CampaignTable() {}

    static void add(Transaction tx, Campaign campaign, AccountId account) {
        tx.update(
                "INSERT INTO listing_campaign (id, organization, occasion, topic, state, account,"
                        + " made_at, starts_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                campaign.id(),
                campaign.organization().value(),
                campaign.occasion(),
                campaign.topic().map(Topic::name),
                campaign.state(),
                account.value(),
                campaign.madeAt(),
                campaign.startsAt());
    }

    static Optional<Campaign> find(Transaction tx, UUID id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM listing_campaign WHERE id = ?",
                CampaignTable::read,
                id);
    }

    /// The newest first.
    static List<Campaign> list(Transaction tx, OrganizationId organization, int most) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM listing_campaign WHERE organization = ?"
                        + " ORDER BY made_at DESC, id FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                CampaignTable::read,
                organization.value());
    }

    /// @return whether it was in the state before
    static boolean move(Transaction tx, UUID id, Campaign.State from, Campaign.State to) {
        return tx.update(
                        "UPDATE listing_campaign SET state = ? WHERE id = ? AND state = ?",
                        to,
                        id,
                        from)
                == 1;
    }

    private static Campaign read(Row row) {
        return new Campaign(
                row.uuid("id"),
                new OrganizationId(row.uuid("organization")),
                row.enumOf("occasion", Campaign.Occasion.class),
                row.optionalEnumOf("topic", Topic.class),
                row.enumOf("state", Campaign.State.class),
                row.instant("made_at"),
                row.instant("starts_at"));
    }
}
