// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.referral.ReferralTable.Column;

/// Puts what is about a person into rows under the case's keys, and takes it out again. The one
/// place where it is readable between the database and the domain.
final class CaseFiles {

    private final CaseKeys keys;
    private final ReferralTable table = new ReferralTable();
    private final ReferralEventTable events = new ReferralEventTable();
    private final DutyTable duties = new DutyTable();
    private final Witnesses witnesses = new Witnesses();

    CaseFiles(CaseKeys keys) {
        this.keys = keys;
    }

    /// Who counts what happens. Call before the node starts.
    void add(Witness witness) {
        witnesses.add(witness);
    }

    void write(Transaction tx, Referral referral, Object content) {
        var column = columnOf(content.getClass());
        var address = new FieldAddress(ReferralTable.NAME, referral.id().value(), column.name);
        table.protect(
                tx,
                referral.id(),
                column,
                keys.protect(
                        referral.caseId(), partOf(column), address, ReferralJson.write(content)));
    }

    <T> Optional<T> read(Transaction tx, Referral referral, Class<T> type) {
        var column = columnOf(type);
        var address = new FieldAddress(ReferralTable.NAME, referral.id().value(), column.name);
        return table.findProtected(tx, referral.id(), column)
                .flatMap(
                        content ->
                                keys.openText(referral.caseId(), partOf(column), address, content))
                .map(json -> ReferralJson.read(json, type));
    }

    /// Adds a line to the timeline. Contact data never lies in it: that has its own key and its own
    /// end.
    void addEvent(Transaction tx, Referral referral, ReferralEvent event) {
        if (!witnesses.isEmpty() && Witnesses.counts(event.kind()) && !isErased(referral)) {
            witnesses.tell(
                    tx,
                    referral,
                    event,
                    timeline(tx, referral),
                    read(tx, referral, Travelling.FirstStep.class));
        }
        var content =
                event.content()
                        .filter(CaseFiles::belongsInTimeline)
                        // After the erasure a late word is noted, and not kept.
                        .filter(_ -> !isErased(referral))
                        .map(
                                it ->
                                        keys.protect(
                                                referral.caseId(),
                                                Part.CASE,
                                                address(event.id()),
                                                ReferralJson.write(it)));
        events.add(
                tx,
                new ReferralEventTable.Stored(
                        event.id(),
                        event.referral(),
                        event.at(),
                        event.by(),
                        event.kind(),
                        event.account(),
                        content,
                        event.activity(),
                        event.version()));
    }

    /// Nothing about it can be written or sent any more.
    boolean isErased(Referral referral) {
        return !keys.holds(referral.caseId(), Part.CASE);
    }

    List<ReferralEvent> timeline(Transaction tx, Referral referral) {
        return events.list(tx, referral.id()).stream()
                .map(
                        stored ->
                                new ReferralEvent(
                                        stored.id(),
                                        stored.referral(),
                                        stored.at(),
                                        stored.by(),
                                        stored.kind(),
                                        stored.account(),
                                        content(referral.caseId(), stored),
                                        stored.activity(),
                                        stored.version()))
                .toList();
    }

    /// The same without its words.
    List<ReferralEventTable.Stored> history(Transaction tx, Referral referral) {
        return events.list(tx, referral.id());
    }

    OpenedReferral open(Transaction tx, Referral referral) {
        return new OpenedReferral(
                referral,
                read(tx, referral, Travelling.FirstStep.class),
                read(tx, referral, Travelling.Contact.class).filter(_ -> !isFrozen(tx, referral)),
                read(tx, referral, LocalNotes.class),
                read(tx, referral, Consent.class),
                timeline(tx, referral));
    }

    /// Stopped by the person and not erased yet: nobody who was to help contacts them. In the house
    /// that had asked itself, only who looks after them does.
    private boolean isFrozen(Transaction tx, Referral referral) {
        if (referral.state() != LifeCycle.State.WITHDRAWN) {
            return false;
        }
        return referral.side() == Side.RECEIVER
                || isInOneHouse(tx, referral)
                        && duties.list(tx, referral.id()).stream()
                                .noneMatch(it -> it.kind() == Duty.Kind.CHECK_ON_PERSON);
    }

    /// Whether the organisation keeps the other side, too.
    boolean isInOneHouse(Transaction tx, Referral referral) {
        return table.list(tx, referral.uri()).stream()
                .filter(it -> it.side() != referral.side())
                .anyMatch(it -> it.organization().equals(referral.organization()));
    }

    private Optional<Travelling> content(CaseId caseId, ReferralEventTable.Stored stored) {
        return stored.content()
                .flatMap(it -> keys.openText(caseId, Part.CASE, address(stored.id()), it))
                .map(json -> ReferralJson.read(json, stored.kind().content()));
    }

    private static boolean belongsInTimeline(Travelling content) {
        return switch (content) {
            // These have columns and dates of their own.
            case Travelling.FirstStep _, Travelling.Contact _, Travelling.Nothing _ -> false;
            case Travelling.Text _,
                    Travelling.Waiting _,
                    Travelling.NextStep _,
                    Travelling.Refusal _,
                    Travelling.Closing _,
                    Travelling.Stop _,
                    Travelling.Withdrawal _,
                    Travelling.Onward _,
                    Travelling.Told _ ->
                    true;
        };
    }

    private static FieldAddress address(UUID event) {
        return new FieldAddress(ReferralEventTable.NAME, event, "content");
    }

    private static Part partOf(Column column) {
        return column == Column.CONTACT ? Part.CONTACT : Part.CASE;
    }

    private static Column columnOf(Class<?> type) {
        if (type == Travelling.FirstStep.class) {
            return Column.FIRST_STEP;
        }
        if (type == Travelling.Contact.class) {
            return Column.CONTACT;
        }
        if (type == LocalNotes.class) {
            return Column.NOTES;
        }
        if (type == Consent.class) {
            return Column.CONSENT;
        }
        if (type == Plan.class) {
            return Column.PLAN;
        }
        throw new IllegalArgumentException("No column for " + type.getSimpleName());
    }
}
