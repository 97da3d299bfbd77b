// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.mailed;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `mail_receiver`.
final class MailReceiverTable {

    private static final String COLUMNS =
            "id, organization, provider, name, mailbox, phone, language, agreed_until,"
                    + " confirmed_at, confirmed_with";

    private MailReceiverTable() {}

    static void put(Transaction tx, MailReceiver receiver) {
        tx.update("DELETE FROM mail_receiver WHERE id = ?", receiver.id());
        tx.update(
                "INSERT INTO mail_receiver (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                receiver.id(),
                receiver.organization().value(),
                receiver.provider(),
                receiver.name(),
                receiver.mailbox().text(),
                receiver.phone(),
                receiver.language(),
                receiver.agreedUntil(),
                receiver.confirmedAt(),
                receiver.confirmedWith());
    }

    static Optional<MailReceiver> find(Transaction tx, UUID id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM mail_receiver WHERE id = ?",
                MailReceiverTable::read,
                id);
    }

    static Optional<MailReceiver> findByProvider(
            Transaction tx, OrganizationId organization, UUID provider) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM mail_receiver WHERE organization = ? AND provider = ?",
                MailReceiverTable::read,
                organization.value(),
                provider);
    }

    static List<MailReceiver> list(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM mail_receiver WHERE organization = ? ORDER BY name, id",
                MailReceiverTable::read,
                organization.value());
    }

    private static MailReceiver read(Row row) {
        return new MailReceiver(
                row.uuid("id"),
                new OrganizationId(row.uuid("organization")),
                row.uuid("provider"),
                row.text("name"),
                new MailAddress(row.text("mailbox")),
                row.text("phone"),
                row.text("language"),
                row.optionalDate("agreed_until"),
                row.optionalInstant("confirmed_at"),
                row.text("confirmed_with"));
    }
}
