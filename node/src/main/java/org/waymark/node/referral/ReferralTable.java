// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.LifeCycle.State;

/// Rows of referrals. What is about a person passes through here encrypted only.
final class ReferralTable {

    /// A protected column.
    enum Column {
        FIRST_STEP("first_step"),
        CONTACT("contact"),
        NOTES("notes"),
        CONSENT("consent"),
        PLAN("plan");

        final String name;

        Column(String name) {
            this.name = name;
        }
    }

    static final String NAME = "referral";
    private static final String CLEAR =
            "id, uri, side, organization, partner, partner_name, case_id, listing, state,"
                    + " told_state, urgency, respond_by, offer, case_uri, own_version,"
                    + " seen_version, created_at, sent_at, changed_at, contact_sent_at";

    // Agreements and calls are lines of the timeline, and change nothing in the row.
    private static final String UNTOUCHED_SINCE =
            " AND NOT EXISTS (SELECT 1 FROM referral_event e WHERE e.referral = referral.id"
                    + " AND e.happened_at >= ?)";

    // Drafted by the node, which writes no account.
    private static final String ASKED_ONLINE =
            " AND EXISTS (SELECT 1 FROM referral_event e WHERE e.referral = r.id"
                    + " AND e.kind = 'DRAFT' AND e.account IS NULL";

    // 300: a warning that needs more openings than that would cost more than it helps.
    private static final int MOST_COMPARED = 300;
    private static final String OPEN =
            Arrays.stream(State.values())
                    .filter(State::isOpen)
                    .map(state -> "'" + state.name() + "'")
                    .collect(Collectors.joining(", "));

    void add(Transaction tx, Referral referral) {
        tx.update(
                "INSERT INTO referral ("
                        + CLEAR
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                referral.id().value(),
                referral.uri(),
                referral.side(),
                referral.organization().value(),
                referral.partner(),
                referral.partnerName(),
                referral.caseId().value(),
                referral.listing().map(ListingId::value),
                referral.state(),
                referral.told(),
                referral.urgency(),
                referral.respondBy(),
                referral.offer(),
                referral.caseUri(),
                referral.ownVersion(),
                referral.seenVersion(),
                referral.createdAt(),
                referral.sentAt(),
                referral.changedAt(),
                referral.contactSentAt());
    }

    /// Holds the referral, on both sides where both are here, until the transaction ends. Take it
    /// before reading what decides.
    void lock(Transaction tx, URI uri) {
        tx.update("UPDATE referral SET changed_at = changed_at WHERE uri = ?", uri);
    }

    /// The same by the id of one side.
    void lock(Transaction tx, ReferralId id) {
        find(tx, id).ifPresent(it -> lock(tx, it.uri()));
    }

    void replace(Transaction tx, Referral referral) {
        tx.update(
                "UPDATE referral SET state = ?, told_state = ?, respond_by = ?, offer = ?,"
                        + " case_uri = ?, own_version = ?, seen_version = ?, sent_at = ?,"
                        + " changed_at = ?, contact_sent_at = ? WHERE id = ?",
                referral.state(),
                referral.told(),
                referral.respondBy(),
                referral.offer(),
                referral.caseUri(),
                referral.ownVersion(),
                referral.seenVersion(),
                referral.sentAt(),
                referral.changedAt(),
                referral.contactSentAt(),
                referral.id().value());
    }

    void protect(Transaction tx, ReferralId id, Column column, byte[] ciphertext) {
        tx.update(
                "UPDATE referral SET " + column.name + " = ? WHERE id = ?", ciphertext, id.value());
    }

    Optional<byte[]> findProtected(Transaction tx, ReferralId id, Column column) {
        return tx.find(
                        "SELECT " + column.name + " AS content FROM referral WHERE id = ?",
                        row -> row.optionalBytes("content"),
                        id.value())
                .flatMap(content -> content);
    }

    Optional<Referral> find(Transaction tx, ReferralId id) {
        return tx.find(
                "SELECT " + CLEAR + " FROM referral WHERE id = ?",
                ReferralTable::referral,
                id.value());
    }

    Optional<Referral> find(Transaction tx, URI uri, Side side) {
        return tx.find(
                "SELECT " + CLEAR + " FROM referral WHERE uri = ? AND side = ?",
                ReferralTable::referral,
                uri,
                side);
    }

    /// How many of an organisation's are open, on either side.
    long countOpen(Transaction tx, OrganizationId organization) {
        return tx.find(
                        "SELECT COUNT(*) AS open_ones FROM referral WHERE organization = ?"
                                + " AND state IN ("
                                + OPEN
                                + ")",
                        row -> row.number("open_ones"),
                        organization.value())
                .orElse(0L);
    }

    /// Whether a request that a person made online waits longer for its answer than was asked for.
    boolean hasLateAskedOnline(Transaction tx, OrganizationId organization, Instant now) {
        return tx.find(
                        "SELECT COUNT(*) AS late FROM referral r WHERE r.organization = ?"
                                + " AND r.side = 'SENDER' AND r.state IN ('SENT', 'RECEIVED')"
                                + " AND r.told_state IS NULL AND r.respond_by < ?"
                                + ASKED_ONLINE
                                + ")",
                        row -> row.number("late"),
                        organization.value(),
                        now)
                .filter(it -> it > 0)
                .isPresent();
    }

    /// How many people asked online since a moment.
    long countAskedOnline(Transaction tx, OrganizationId organization, Instant since) {
        return tx.find(
                        "SELECT COUNT(*) AS asked FROM referral r WHERE r.organization = ?"
                                + " AND r.side = 'SENDER'"
                                + ASKED_ONLINE
                                + " AND e.happened_at >= ?)",
                        row -> row.number("asked"),
                        organization.value(),
                        since)
                .orElse(0L);
    }

    /// The open ones to one listing, the longest waiting first.
    List<Referral> listOpenOf(
            Transaction tx, OrganizationId organization, ListingId listing, Side side) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE organization = ? AND listing = ? AND side = ?"
                        + " AND state IN ("
                        + OPEN
                        + ") ORDER BY created_at, id",
                ReferralTable::referral,
                organization.value(),
                listing.value(),
                side);
    }

    /// The same, the newest first and no more than are compared with one another.
    List<Referral> listNewestOf(
            Transaction tx, OrganizationId organization, ListingId listing, Side side) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE organization = ? AND listing = ? AND side = ?"
                        + " AND state IN ("
                        + OPEN
                        + ") ORDER BY created_at DESC, id FETCH FIRST "
                        + MOST_COMPARED
                        + " ROWS ONLY",
                ReferralTable::referral,
                organization.value(),
                listing.value(),
                side);
    }

    /// The newest open ones whose contact data is here.
    List<Referral> listNewestWithContact(Transaction tx, OrganizationId organization, Side side) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE organization = ? AND side = ?"
                        + " AND contact IS NOT NULL AND state IN ("
                        + OPEN
                        + ") ORDER BY created_at DESC, id FETCH FIRST "
                        + MOST_COMPARED
                        + " ROWS ONLY",
                ReferralTable::referral,
                organization.value(),
                side);
    }

    /// What an organisation has asked for others and is not over.
    List<Referral> listOpen(Transaction tx, OrganizationId organization, Side side) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE organization = ? AND side = ? AND state IN ("
                        + OPEN
                        + ") ORDER BY created_at, id",
                ReferralTable::referral,
                organization.value(),
                side);
    }

    /// Both sides' rows, where both are here.
    List<Referral> list(Transaction tx, URI uri) {
        return tx.list(
                "SELECT " + CLEAR + " FROM referral WHERE uri = ? ORDER BY side",
                ReferralTable::referral,
                uri);
    }

    Optional<Referral> findByCase(Transaction tx, URI caseUri, Side side) {
        return tx.find(
                "SELECT " + CLEAR + " FROM referral WHERE case_uri = ? AND side = ?",
                ReferralTable::referral,
                caseUri,
                side);
    }

    /// All that an organisation has asked for others, however long ago, the newest change first.
    List<Referral> listAsked(Transaction tx, OrganizationId organization) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE organization = ? AND side = ?"
                        + " ORDER BY changed_at DESC, id",
                ReferralTable::referral,
                organization.value(),
                Side.SENDER);
    }

    /// Newest change first.
    List<Referral> list(Transaction tx, OrganizationId organization, int atMost) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE organization = ? AND state <> ?"
                        + " ORDER BY changed_at DESC, id FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                ReferralTable::referral,
                organization.value(),
                State.ENTERED_IN_ERROR);
    }

    /// Takes drafts that nobody has touched since a moment out of the lists, while they are drafts.
    int discardDrafts(Transaction tx, Instant before) {
        return tx.update(
                "UPDATE referral SET state = ? WHERE state = ? AND changed_at < ?"
                        + UNTOUCHED_SINCE,
                State.ENTERED_IN_ERROR,
                State.DRAFT,
                before,
                before);
    }

    /// Thrown away as drafts, untouched since a moment, and not erased yet.
    List<Referral> listDiscarded(Transaction tx, Part part, Instant before, int atMost) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE state = ? AND side = ? AND own_version = 0"
                        + " AND changed_at < ?"
                        + UNTOUCHED_SINCE
                        + " AND "
                        + erasedColumn(part)
                        + " IS NULL ORDER BY changed_at, id FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                ReferralTable::referral,
                State.ENTERED_IN_ERROR,
                Side.SENDER,
                before,
                before);
    }

    /// Closed before a moment, and not erased yet. What the sender was told by phone closes its own
    /// side, confirmed or not; the receiver may still be helping.
    List<Referral> listClosed(Transaction tx, Part part, Instant before, int atMost) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE (state IN (?, ?, ?, ?, ?, ?)"
                        + " OR (side = ? AND told_state IN (?, ?))) AND changed_at < ? AND "
                        + erasedColumn(part)
                        + " IS NULL ORDER BY changed_at, id FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                ReferralTable::referral,
                State.DECLINED,
                State.COMPLETED,
                State.UNSUCCESSFUL,
                State.CANCELLED,
                State.WITHDRAWN,
                State.ENTERED_IN_ERROR,
                Side.SENDER,
                State.DECLINED,
                State.COMPLETED,
                before);
    }

    /// Those a person stopped, at the side that was to help.
    List<Referral> listStopped(Transaction tx, Part part, Instant before, int atMost) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE state = ? AND side = ? AND changed_at < ? AND "
                        + erasedColumn(part)
                        + " IS NULL ORDER BY changed_at, id FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                ReferralTable::referral,
                State.WITHDRAWN,
                Side.RECEIVER,
                before);
    }

    /// Those that still have a part, as far as the rows know, by id.
    ///
    /// @param after the last of the page before
    List<Referral> listUnerased(Transaction tx, Part part, Optional<ReferralId> after, int atMost) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE id > ? AND "
                        + erasedColumn(part)
                        + " IS NULL ORDER BY id FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                ReferralTable::referral,
                after.map(it -> it.value().toString()).orElse(""));
    }

    /// Notes that a part's key is gone, and drops what can no longer be read.
    void markErased(Transaction tx, ReferralId id, Part part, Instant now) {
        var unreadable =
                switch (part) {
                    case CONTACT -> "contact = NULL";
                    case CASE -> "first_step = NULL, notes = NULL, consent = NULL, plan = NULL";
                };
        tx.update(
                "UPDATE referral SET "
                        + unreadable
                        + ", "
                        + erasedColumn(part)
                        + " = ? WHERE id = ?",
                now,
                id.value());
    }

    /// Drops what was said about the person; that they had agreed stays.
    void forget(Transaction tx, ReferralId id) {
        tx.update(
                "UPDATE referral SET first_step = NULL, notes = NULL, plan = NULL WHERE id = ?",
                id.value());
    }

    /// Drops the consent, which was for something else.
    void dropConsent(Transaction tx, ReferralId id) {
        tx.update("UPDATE referral SET consent = NULL WHERE id = ?", id.value());
    }

    private static String erasedColumn(Part part) {
        return switch (part) {
            case CONTACT -> "contact_erased_at";
            case CASE -> "case_erased_at";
        };
    }

    /// What is open with a partner or was until lately, by address. What was never sent is nobody
    /// else's business, also after it was thrown away.
    List<Referral> listWith(
            Transaction tx,
            OrganizationId organization,
            URI partner,
            Instant changedSince,
            String after,
            int atMost) {
        return tx.list(
                "SELECT "
                        + CLEAR
                        + " FROM referral WHERE organization = ? AND partner = ? AND state <> ?"
                        + " AND (side = ? OR own_version > 0) AND uri > ? AND (changed_at >= ? OR state IN ("
                        + OPEN
                        + ")) ORDER BY uri FETCH FIRST "
                        + atMost
                        + " ROWS ONLY",
                ReferralTable::referral,
                organization.value(),
                partner,
                State.DRAFT,
                Side.RECEIVER,
                after,
                changedSince);
    }

    boolean holds(Transaction tx, CaseId caseId) {
        return !tx.list(
                        "SELECT id FROM referral WHERE case_id = ?",
                        row -> row.uuid("id"),
                        caseId.value())
                .isEmpty();
    }

    private static Referral referral(Row row) {
        return new Referral(
                new ReferralId(row.uuid("id")),
                row.uri("uri"),
                row.enumOf("side", Side.class),
                new OrganizationId(row.uuid("organization")),
                row.uri("partner"),
                row.text("partner_name"),
                new CaseId(row.uuid("case_id")),
                row.optionalUuid("listing").map(ListingId::new),
                row.enumOf("state", State.class),
                row.optionalEnumOf("told_state", State.class),
                row.enumOf("urgency", Urgency.class),
                row.optionalInstant("respond_by"),
                row.optionalUri("offer"),
                row.optionalUri("case_uri"),
                row.number("own_version"),
                row.number("seen_version"),
                row.instant("created_at"),
                row.optionalInstant("sent_at"),
                row.instant("changed_at"),
                row.optionalInstant("contact_sent_at"));
    }
}
