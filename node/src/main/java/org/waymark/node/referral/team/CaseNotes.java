// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.team;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.referral.Companion;
import org.waymark.node.referral.MoveOutcome;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;

/// Notes on a request for colleagues, under the key of its case. They end with it.
public final class CaseNotes implements Companion {

    /// The longest note, in characters.
    public static final int MAX_WORDS = 2000;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final CaseKeys keys;
    private final Referrals referrals;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final NoteTable table = new NoteTable();

    public CaseNotes(
            Database database,
            Access access,
            Audit audit,
            CaseKeys keys,
            Referrals referrals,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.keys = keys;
        this.referrals = referrals;
        this.clock = clock;
        this.ids = ids;
    }

    public MoveOutcome add(Acting acting, ReferralId id, String words) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        if (words.isBlank() || words.length() > MAX_WORDS) {
            throw new IllegalArgumentException("A note has 1 to " + MAX_WORDS + " characters");
        }
        return referrals.beside(
                acting,
                id,
                (tx, ours) -> {
                    var note = ids.get();
                    var content = keys.protect(ours.caseId(), Part.CASE, address(note), words);
                    table.add(
                            tx,
                            id,
                            ours.organization(),
                            new NoteTable.Stored(
                                    note,
                                    ours.caseId(),
                                    acting.account(),
                                    clock.instant(),
                                    content));
                    audit.record(tx, acting, "referral-note-added", id.toString());
                    return Optional.empty();
                });
    }

    /// The newest first, and none while a stop by the person is being carried out here. The showing
    /// is audited.
    public List<CaseNote> list(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        // They may say how to reach somebody.
        var stored =
                database.read(
                        tx ->
                                table.isFrozen(tx, id)
                                        ? List.<NoteTable.Stored>of()
                                        : table.list(tx, id, acting.organization()));
        if (!stored.isEmpty()) {
            database.run(tx -> audit.record(tx, acting, "referral-notes-shown", id.toString()));
        }
        return stored.stream()
                .flatMap(
                        it ->
                                keys
                                        .openText(
                                                it.caseId(),
                                                Part.CASE,
                                                address(it.id()),
                                                it.content())
                                        .map(
                                                words ->
                                                        new CaseNote(
                                                                it.id(),
                                                                it.account(),
                                                                it.at(),
                                                                words))
                                        .stream())
                .toList();
    }

    private static FieldAddress address(UUID note) {
        return new FieldAddress(NoteTable.NAME, note, "content");
    }

    @Override
    public void succeeded(Transaction tx, Referral from, Referral to) {
        for (var note : table.list(tx, from.id(), from.organization())) {
            keys.openText(note.caseId(), Part.CASE, address(note.id()), note.content())
                    .ifPresent(words -> copy(tx, note, words, to));
        }
    }

    /// Under the key of the other case: each ends with its own.
    private void copy(Transaction tx, NoteTable.Stored note, String words, Referral to) {
        var id = ids.get();
        table.add(
                tx,
                to.id(),
                to.organization(),
                new NoteTable.Stored(
                        id,
                        to.caseId(),
                        note.account(),
                        note.at(),
                        keys.protect(to.caseId(), Part.CASE, address(id), words)));
    }

    @Override
    public void forgotten(Transaction tx, Referral stopped) {
        table.removeAll(tx, stopped.id());
    }

    @Override
    public void erased(Transaction tx, Referral referral) {
        table.removeAll(tx, referral.id());
    }
}
