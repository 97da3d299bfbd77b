// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;

/// What staff of one organisation remark about listings among themselves. It leaves the node by no
/// way, and no neighbour on it reads it.
public final class StaffNotes {

    /// Characters.
    public static final int LONGEST = 2_000;

    private static final int MOST_SHOWN = 50;

    private final Database database;
    private final org.waymark.node.account.Access access;
    private final Audit audit;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public StaffNotes(
            Database database,
            org.waymark.node.account.Access access,
            Audit audit,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
    }

    /// The newest first.
    public List<StaffNote> list(Acting acting, ListingId listing) {
        access.require(acting, Right.SEE_LISTINGS);
        return database.read(
                tx -> StaffNoteTable.list(tx, acting.organization(), listing, MOST_SHOWN));
    }

    public void add(Acting acting, ListingId listing, String words) {
        access.require(acting, Right.DRAFT_LISTINGS);
        var said = PlainText.of(words, LONGEST);
        if (said.isEmpty()) {
            return;
        }
        var note = new StaffNote(ids.get(), acting.account(), clock.instant(), said);
        database.run(
                tx -> {
                    StaffNoteTable.add(tx, acting.organization(), listing, note);
                    audit.record(tx, acting, "listing-note", listing.toString());
                });
    }

    public void remove(Acting acting, UUID id) {
        access.require(acting, Right.EDIT_LISTINGS);
        database.run(
                tx -> {
                    if (StaffNoteTable.remove(tx, acting.organization(), id)) {
                        audit.record(tx, acting, "listing-note-remove", id.toString());
                    }
                });
    }
}
