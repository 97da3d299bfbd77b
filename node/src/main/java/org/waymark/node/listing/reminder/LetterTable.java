// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.reminder;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_letter`, `listing_letter_item` and `listing_reader`.
final class LetterTable {

    private static final String COLUMNS =
            "id, organization, campaign, recipient, made_at, sent_at, failed_code";

    private LetterTable() {}

    static void add(Transaction tx, SentLetter letter) {
        tx.update(
                "INSERT INTO listing_letter (id, organization, campaign, recipient, made_at)"
                        + " VALUES (?, ?, ?, ?, ?)",
                letter.id(),
                letter.organization().value(),
                letter.campaign(),
                letter.to().text(),
                letter.madeAt());
        tx.batch(
                "INSERT INTO listing_letter_item (letter, listing_id) VALUES (?, ?)",
                letter.listings().stream()
                        .map(it -> new Object[] {letter.id(), it.value()})
                        .toList());
    }

    static Optional<SentLetter> find(Transaction tx, UUID id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM listing_letter WHERE id = ?",
                row -> read(row, items(tx, id)),
                id);
    }

    static List<SentLetter> listOf(Transaction tx, UUID campaign, int most) {
        var letters =
                tx.list(
                        "SELECT "
                                + COLUMNS
                                + " FROM listing_letter WHERE campaign = ?"
                                + " ORDER BY recipient, id FETCH FIRST "
                                + most
                                + " ROWS ONLY",
                        row -> read(row, List.of()),
                        campaign);
        return letters.stream().flatMap(it -> find(tx, it.id()).stream()).toList();
    }

    /// Those that no server has taken, and that were not given up.
    static List<UUID> listWaiting(Transaction tx, UUID campaign, int most) {
        return tx.list(
                "SELECT id FROM listing_letter WHERE campaign = ? AND sent_at IS NULL"
                        + " AND failed_code IS NULL ORDER BY id FETCH FIRST "
                        + most
                        + " ROWS ONLY",
                row -> row.uuid("id"),
                campaign);
    }

    /// Whether a letter of the campaign asks about the listing.
    static boolean holds(Transaction tx, UUID campaign, ListingId listing) {
        return tx.find(
                        "SELECT l.id AS id FROM listing_letter_item i"
                                + " JOIN listing_letter l ON l.id = i.letter"
                                + " WHERE i.listing_id = ? AND l.campaign = ?"
                                + " FETCH FIRST 1 ROWS ONLY",
                        row -> row.uuid("id"),
                        listing.value(),
                        campaign)
                .isPresent();
    }

    static Optional<Instant> lastTo(Transaction tx, OrganizationId organization, MailAddress to) {
        return tx.find(
                        "SELECT MAX(made_at) AS last_at FROM listing_letter"
                                + " WHERE organization = ? AND recipient = ?",
                        row -> row.optionalInstant("last_at"),
                        organization.value(),
                        to.text())
                .flatMap(it -> it);
    }

    /// When letters were written about a listing since a moment, of any kind, the newest first.
    static List<Instant> about(Transaction tx, ListingId listing, Instant since) {
        return tx.list(
                "SELECT l.made_at AS made_at FROM listing_letter_item i"
                        + " JOIN listing_letter l ON l.id = i.letter"
                        + " WHERE i.listing_id = ? AND l.made_at > ? ORDER BY l.made_at DESC",
                row -> row.instant("made_at"),
                listing.value(),
                since);
    }

    static void sent(Transaction tx, UUID id, Instant now) {
        tx.update(
                "UPDATE listing_letter SET sent_at = ?, failed_code = NULL WHERE id = ?", now, id);
    }

    static void failed(Transaction tx, UUID id, String code) {
        tx.update("UPDATE listing_letter SET failed_code = ? WHERE id = ?", code, id);
    }

    static void removeBefore(Transaction tx, Instant before, int most) {
        var old =
                tx.list(
                        "SELECT id FROM listing_letter WHERE made_at < ? FETCH FIRST "
                                + most
                                + " ROWS ONLY",
                        row -> row.uuid("id"),
                        before);
        for (var id : old) {
            tx.update("DELETE FROM listing_letter_item WHERE letter = ?", id);
            tx.update("DELETE FROM listing_letter WHERE id = ?", id);
        }
    }

    /// The token of a mailbox; it is made when there is none.
    static UUID reader(
            Transaction tx, OrganizationId organization, MailAddress mailbox, UUID fresh) {
        tx.insertIfAbsent(
                "INSERT INTO listing_reader (token, organization, recipient) VALUES (?, ?, ?)",
                fresh,
                organization.value(),
                mailbox.text());
        return tx.find(
                        "SELECT token FROM listing_reader WHERE organization = ? AND recipient = ?",
                        row -> row.uuid("token"),
                        organization.value(),
                        mailbox.text())
                .orElseThrow();
    }

    static boolean hasStopped(Transaction tx, OrganizationId organization, MailAddress mailbox) {
        return tx.find(
                        "SELECT token FROM listing_reader WHERE organization = ? AND recipient = ?"
                                + " AND stopped_at IS NOT NULL",
                        row -> row.uuid("token"),
                        organization.value(),
                        mailbox.text())
                .isPresent();
    }

    static Set<String> listStopped(Transaction tx, OrganizationId organization) {
        return Set.copyOf(
                tx.list(
                        "SELECT recipient FROM listing_reader"
                                + " WHERE organization = ? AND stopped_at IS NOT NULL",
                        row -> row.text("recipient"),
                        organization.value()));
    }

    /// @param stoppedAt empty: mails may come again
    static void putStop(Transaction tx, UUID token, Optional<Instant> stoppedAt) {
        tx.update("UPDATE listing_reader SET stopped_at = ? WHERE token = ?", stoppedAt, token);
    }

    record Reader(OrganizationId organization, boolean hasStopped) {}

    static Optional<Reader> findReader(Transaction tx, UUID token) {
        return tx.find(
                "SELECT organization, stopped_at FROM listing_reader WHERE token = ?",
                row ->
                        new Reader(
                                new OrganizationId(row.uuid("organization")),
                                row.optionalInstant("stopped_at").isPresent()),
                token);
    }

    static int countStopped(Transaction tx, OrganizationId organization) {
        return tx.find(
                        "SELECT COUNT(*) AS stopped FROM listing_reader"
                                + " WHERE organization = ? AND stopped_at IS NOT NULL",
                        row -> row.integer("stopped"),
                        organization.value())
                .orElse(0);
    }

    private static List<ListingId> items(Transaction tx, UUID letter) {
        return tx.list(
                "SELECT listing_id FROM listing_letter_item WHERE letter = ? ORDER BY listing_id",
                row -> new ListingId(row.uuid("listing_id")),
                letter);
    }

    private static SentLetter read(Row row, List<ListingId> listings) {
        return new SentLetter(
                row.uuid("id"),
                new OrganizationId(row.uuid("organization")),
                row.optionalUuid("campaign"),
                new MailAddress(row.text("recipient")),
                row.instant("made_at"),
                row.optionalInstant("sent_at"),
                row.optionalText("failed_code"),
                listings);
    }
}
