// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Row;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.WaitingDraft.State;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.OrganizationId;

/// Rows of `listing_draft`.
final class WaitingDraftTable {

    private static final String COLUMNS =
            "id, organization, listing_id, is_new, name, account, written_at, state, decided_by,"
                    + " answer";

    /// @param before what the listing was when it was written; empty for a new one
    /// @param after what it would be
    /// @param from how widely it was seen when it was written; empty for a new one
    record Words(String before, String after, Ruling.Wish wish, Optional<Ruling.Wish> from) {

        /// How widely the writer wants it to be seen: what they left alone is as it is now.
        Ruling.Wish wishOn(Optional<ListingRow> row) {
            return row.map(Ruling.Wish::of)
                    .map(now -> wish.on(now, from.orElse(wish)))
                    .orElse(wish);
        }
    }

    private WaitingDraftTable() {}

    static void add(Transaction tx, WaitingDraft draft, Words words) {
        tx.update(
                "INSERT INTO listing_draft ("
                        + COLUMNS
                        + ", before_document, after_document, kind, reach, place,"
                        + " from_kind, from_reach, from_place)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                draft.id(),
                draft.organization().value(),
                draft.listing().value(),
                draft.isNew(),
                draft.name(),
                draft.by().value(),
                draft.writtenAt(),
                draft.state(),
                draft.decidedBy().map(AccountId::value),
                draft.answer(),
                words.before(),
                words.after(),
                words.wish().kind(),
                words.wish().reach(),
                words.wish().place(),
                words.from().map(Ruling.Wish::kind),
                words.from().map(Ruling.Wish::reach),
                words.from().map(Ruling.Wish::place));
    }

    /// @return whether it waited until now
    static boolean decide(
            Transaction tx, UUID id, State state, AccountId by, Optional<String> answer) {
        return tx.update(
                        "UPDATE listing_draft SET state = ?, decided_by = ?, answer = ?"
                                + " WHERE id = ? AND state = ?",
                        state,
                        by.value(),
                        answer,
                        id,
                        State.WAITING)
                == 1;
    }

    static Optional<WaitingDraft> find(Transaction tx, UUID id) {
        return tx.find(
                "SELECT " + COLUMNS + " FROM listing_draft WHERE id = ?",
                WaitingDraftTable::read,
                id);
    }

    static Words words(Transaction tx, UUID id) {
        return tx.find(
                        "SELECT before_document, after_document, kind, reach, place,"
                                + " from_kind, from_reach, from_place"
                                + " FROM listing_draft WHERE id = ?",
                        row ->
                                new Words(
                                        row.text("before_document"),
                                        row.text("after_document"),
                                        new Ruling.Wish(
                                                row.enumOf("kind", Kind.class),
                                                row.enumOf("reach", Reach.class),
                                                row.enumOf("place", Place.class)),
                                        from(row)),
                        id)
                .orElseThrow();
    }

    private static Optional<Ruling.Wish> from(Row row) {
        return row.optionalText("from_kind")
                .map(
                        _ ->
                                new Ruling.Wish(
                                        row.enumOf("from_kind", Kind.class),
                                        row.enumOf("from_reach", Reach.class),
                                        row.enumOf("from_place", Place.class)));
    }

    /// Those that wait, the longest first.
    static List<WaitingDraft> listWaiting(Transaction tx, OrganizationId organization, int limit) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM listing_draft WHERE organization = ? AND state = ?"
                        + " ORDER BY written_at, id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                WaitingDraftTable::read,
                organization.value(),
                State.WAITING);
    }

    /// Those of one person that were decided, the newest first.
    static List<WaitingDraft> listDecided(
            Transaction tx, OrganizationId organization, AccountId by, int limit) {
        return tx.list(
                "SELECT "
                        + COLUMNS
                        + " FROM listing_draft WHERE organization = ? AND account = ?"
                        + " AND state <> ? ORDER BY written_at DESC, id FETCH FIRST "
                        + limit
                        + " ROWS ONLY",
                WaitingDraftTable::read,
                organization.value(),
                by.value(),
                State.WAITING);
    }

    /// @return how many, of at most so many
    static int eraseBefore(Transaction tx, Instant limit, int most) {
        var ids =
                tx.list(
                        "SELECT id FROM listing_draft WHERE state <> ? AND written_at < ? FETCH FIRST "
                                + most
                                + " ROWS ONLY",
                        row -> new Object[] {row.uuid("id")},
                        State.WAITING,
                        limit);
        tx.batch("DELETE FROM listing_draft WHERE id = ?", ids);
        return ids.size();
    }

    private static WaitingDraft read(Row row) {
        return new WaitingDraft(
                row.uuid("id"),
                new OrganizationId(row.uuid("organization")),
                new ListingId(row.uuid("listing_id")),
                row.bool("is_new"),
                row.text("name"),
                new AccountId(row.uuid("account")),
                row.instant("written_at"),
                row.enumOf("state", State.class),
                row.optionalUuid("decided_by").map(AccountId::new),
                row.optionalText("answer"));
    }
}
