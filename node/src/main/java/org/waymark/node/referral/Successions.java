// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.ReferralEvent.Kind;

/// What follows a referral that is over: the next organisation the person had named is asked, or
/// the same one again. Each is a new referral with a case code of its own, so that nobody can join
/// the two; closed is final.
public final class Successions {

    private final Database database;
    private final Access access;
    private final CaseFiles files;
    private final Drafts drafts;
    private final Moves moves;
    private final Erasures erasures;
    private final Siblings siblings;
    private final ReferralTable table = new ReferralTable();
    private final DutyTable duties = new DutyTable();

    Successions(
            Database database,
            Access access,
            CaseFiles files,
            Drafts drafts,
            Moves moves,
            Erasures erasures,
            Siblings siblings) {
        this.database = database;
        this.access = access;
        this.files = files;
        this.drafts = drafts;
        this.moves = moves;
        this.erasures = erasures;
        this.siblings = siblings;
    }

    /// Whom the person agreed may be asked next.
    public List<ListingId> named(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> own(tx, acting, id).map(it -> next(tx, it)).orElse(List.of()));
    }

    private List<ListingId> next(Transaction tx, Referral ours) {
        return plan(tx, ours).next().stream().map(ListingId::new).toList();
    }

    private Plan plan(Transaction tx, Referral ours) {
        return files.read(tx, ours, Plan.class).orElseGet(Plan::nobody);
    }

    /// Names up to four more, in the order in which they may be asked, before it is sent: the
    /// person hears the names with the spoken card. A yes to other names is none to these.
    public MoveOutcome name(Acting acting, ReferralId id, List<ListingId> next) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.write(
                tx -> {
                    table.lock(tx, id);
                    var found = own(tx, acting, id);
                    if (found.isEmpty()) {
                        return new MoveOutcome.NotFound(id);
                    }
                    var ours = found.get();
                    if (ours.state() != State.DRAFT) {
                        return new MoveOutcome.NotAllowed(ours.state());
                    }
                    if (files.isErased(ours)) {
                        return new MoveOutcome.Refused(Why.ERASED);
                    }
                    var others =
                            next.stream()
                                    .distinct()
                                    .filter(it -> !ours.listing().equals(Optional.of(it)))
                                    .limit(Plan.MOST)
                                    .map(ListingId::value)
                                    .toList();
                    var before = plan(tx, ours);
                    if (!before.next().equals(others)) {
                        // They had said yes to other names, each of a household alone.
                        table.dropConsent(tx, id);
                        siblings.change(tx, ours, HouseholdPart::askedAgain);
                        files.write(tx, ours, before.with(others));
                    }
                    return new MoveOutcome.Moved(ours);
                });
    }

    /// Asks the next one after a no, in one tap: the consent named them. What cannot be sent at
    /// once, because somebody must call first, stays a draft.
    ///
    /// @return the new referral, when there is one
    public MoveOutcome askNext(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var opened = open(acting, id);
        if (opened.isEmpty()) {
            return new MoveOutcome.NotFound(id);
        }
        var ours = opened.get().referral();
        var next = named(acting, id);
        if (ours.side() != Side.SENDER
                || ours.effectiveState() != State.DECLINED
                || next.isEmpty()) {
            return new MoveOutcome.NotAllowed(ours.effectiveState());
        }
        if (!claim(acting, ours)) {
            return new MoveOutcome.AlreadyThere(ours);
        }
        var written = copy(acting, opened.get(), next.getFirst());
        if (!(written instanceof MoveOutcome.Moved(var draft))) {
            // This one takes none any more; the one after it is next.
            database.run(
                    tx -> {
                        var rest = plan(tx, ours).rest();
                        files.write(tx, ours, rest);
                        if (!rest.next().isEmpty()) {
                            duties.open(tx, ours, Duty.Kind.NEXT_RECEIVER, ours.changedAt());
                        }
                    });
            return written;
        }
        database.run(
                tx -> {
                    opened.get().consent().ifPresent(it -> files.write(tx, draft, it));
                    files.write(tx, draft, plan(tx, ours).rest());
                    erasures.companion().succeeded(tx, ours, draft);
                    moves.note(tx, acting, draft, Kind.CONSENT);
                    moves.note(tx, acting, ours, Kind.NEXT_ASKED);
                });
        return drafts.send(acting, draft.id()) instanceof MoveOutcome.Moved(var sent)
                ? new MoveOutcome.Moved(sent)
                : new MoveOutcome.Moved(draft);
    }

    // Two people press it at once: one of them asks.
    private boolean claim(Acting acting, Referral ours) {
        return database.write(
                tx -> {
                    table.lock(tx, ours.id());
                    return own(tx, acting, ours.id()).isPresent()
                            && duties.done(tx, ours.id(), Duty.Kind.NEXT_RECEIVER);
                });
    }

    /// Asks the same organisation again, as a draft: the person is asked again too.
    public MoveOutcome reopen(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var opened = open(acting, id);
        if (opened.isEmpty()) {
            return new MoveOutcome.NotFound(id);
        }
        var ours = opened.get().referral();
        if (ours.side() != Side.SENDER || ours.state().isOpen() || ours.listing().isEmpty()) {
            return new MoveOutcome.NotAllowed(ours.state());
        }
        var written = copy(acting, opened.get(), ours.listing().get());
        if (written instanceof MoveOutcome.Moved(var draft)) {
            database.run(
                    tx -> {
                        files.read(tx, draft, Travelling.FirstStep.class)
                                .map(it -> it.basedOn(ours.uri()))
                                .ifPresent(it -> files.write(tx, draft, it));
                        siblings.change(tx, draft, HouseholdPart::askedAgain);
                        erasures.companion().succeeded(tx, ours, draft);
                    });
        }
        return written;
    }

    /// Hands the person on to another organisation, as a draft of ours, when they agreed to that
    /// and it was not done too often. Who sent them to us learns the name and how far it came.
    public MoveOutcome onward(Acting acting, ReferralId id, ListingId to) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var opened = open(acting, id);
        if (opened.isEmpty()) {
            return new MoveOutcome.NotFound(id);
        }
        var ours = opened.get().referral();
        if (ours.side() != Side.RECEIVER || !ours.state().isTaken()) {
            return new MoveOutcome.NotAllowed(ours.state());
        }
        var agreed =
                opened.get()
                        .firstStep()
                        .flatMap(Travelling.FirstStep::consent)
                        .filter(it -> it.onward().orElse(0) > 0);
        if (agreed.isEmpty()) {
            return new MoveOutcome.Refused(Why.CONSENT_MISSING);
        }
        var written = copy(acting, opened.get(), to);
        if (written instanceof MoveOutcome.Moved(var draft)) {
            var statement = agreed.get();
            var consent =
                    new Consent(
                            statement.basis(),
                            Consent.GivenBy.SELF,
                            Consent.Method.SPOKEN,
                            opened.get().contact().map(Travelling.Contact::language).orElse(""),
                            false,
                            statement.items(),
                            ours.sentAt().orElse(ours.createdAt()),
                            statement.until(),
                            true,
                            statement.outcomeBack(),
                            statement.onward().map(it -> it - 1));
            database.run(
                    tx -> {
                        files.write(tx, draft, consent);
                        files.write(tx, draft, new Plan(List.of(), Optional.of(id.value())));
                        moves.note(tx, acting, draft, Kind.CONSENT);
                    });
        }
        return written;
    }

    private MoveOutcome copy(Acting acting, OpenedReferral from, ListingId to) {
        if (from.firstStep().isEmpty() || from.contact().isEmpty()) {
            return new MoveOutcome.Refused(Why.ERASED);
        }
        var step = from.firstStep().get();
        var household = from.notes().flatMap(LocalNotes::household);
        if (household.filter(it -> !it.canGoOn()).isPresent()) {
            // Who would be called about it has left.
            return new MoveOutcome.Refused(Why.CONSENT_MISSING);
        }
        return drafts.write(
                acting,
                new NewReferral(
                        to,
                        step.need().reason(),
                        step.need().alreadyGiven(),
                        step.urgency(),
                        household
                                .map(it -> step.fit().of(it.adults(), it.children()))
                                .orElseGet(step::fit),
                        Set.of(),
                        false,
                        from.contact().get(),
                        from.notes().orElseGet(LocalNotes::none)),
                Set.of(),
                (tx, draft) -> {
                    if (household.isPresent()) {
                        follow(tx, acting, draft, from.referral());
                    }
                });
    }

    /// The new one belongs to the household's requests like the one it follows, and is for nobody
    /// who has left that meanwhile.
    private void follow(Transaction tx, Acting acting, Referral draft, Referral before) {
        siblings.join(tx, draft, Set.of(before.id().value()));
        siblings.keepUp(tx, draft, before);
        if (siblings.part(tx, draft).filter(it -> !it.canGoOn()).isPresent()) {
            moves.discard(tx, acting, draft, new Travelling.Withdrawal(false));
        }
    }

    private Optional<OpenedReferral> open(Acting acting, ReferralId id) {
        return database.read(tx -> own(tx, acting, id).map(it -> files.open(tx, it)));
    }

    private Optional<Referral> own(Transaction tx, Acting acting, ReferralId id) {
        return table.find(tx, id).filter(it -> it.organization().equals(acting.organization()));
    }
}
