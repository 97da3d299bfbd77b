// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.ReferralEvent.Kind;

/// Requests for people who live together: each service gets one of its own with only those it
/// serves, each adult says yes alone, and who leaves is removed without a word to the others or to
/// anybody asked. That the requests belong together is known here only, under their keys.
public final class Households {

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final Referrals referrals;
    private final ReferralTable table = new ReferralTable();

    public Households(Database database, Access access, Audit audit, Referrals referrals) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.referrals = referrals;
    }

    /// One service of the form, and what came of writing its request.
    public record Written(NewHousehold.Service service, MoveOutcome outcome) {}

    /// What followed when somebody left.
    ///
    /// @param ended requests that were for them, or about which they would have been called
    /// @param kept requests that go on for the others
    public record Left(List<Referral> ended, List<Referral> kept) {}

    /// Writes a draft for each service that is for somebody; nothing leaves.
    public List<Written> write(Acting acting, NewHousehold household) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var written =
                household.services().stream()
                        .filter(it -> !it.letters().isEmpty())
                        .map(it -> new Written(it, write(acting, household, it)))
                        .toList();
        var drafts =
                written.stream()
                        .flatMap(
                                it ->
                                        it.outcome() instanceof MoveOutcome.Moved(var draft)
                                                ? Optional.of(draft).stream()
                                                : Optional.<Referral>empty().stream())
                        .toList();
        database.run(tx -> drafts.forEach(it -> introduce(tx, it, drafts)));
        return written;
    }

    private MoveOutcome write(Acting acting, NewHousehold household, NewHousehold.Service service) {
        var called = household.calledAbout(service);
        if (called.isEmpty() || household.minorAlone() || !household.protection().isEmpty()) {
            return new MoveOutcome.Refused(Why.PROTECTION_BY_PHONE);
        }
        var part = part(household, service, called.get());
        return referrals.draft(
                acting,
                new NewReferral(
                        service.listing(),
                        service.reason(),
                        "",
                        service.urgency(),
                        new Travelling.Fit(
                                Optional.empty(),
                                service.interpreter(),
                                Set.of(),
                                part.adults(),
                                part.children(),
                                Set.of(),
                                ""),
                        household.protection(),
                        household.minorAlone(),
                        called.get().contact(),
                        new LocalNotes("", household.caseNumber(), "", Optional.of(part))));
    }

    private static HouseholdPart part(
            NewHousehold household, NewHousehold.Service service, NewHousehold.Member called) {
        return new HouseholdPart(
                household.members().stream()
                        .filter(it -> service.letters().contains(it.letter()) || it.equals(called))
                        .map(
                                it ->
                                        new HouseholdPart.Member(
                                                it.letter(),
                                                it.isAdult(),
                                                it.contact().preferredName(),
                                                service.letters().contains(it.letter()),
                                                it.equals(called),
                                                Optional.empty()))
                        .toList(),
                Set.of());
    }

    private void introduce(Transaction tx, Referral draft, List<Referral> all) {
        var siblings =
                all.stream()
                        .map(it -> it.id().value())
                        .filter(it -> !it.equals(draft.id().value()))
                        .collect(Collectors.toUnmodifiableSet());
        change(tx, draft, part -> part.with(siblings));
    }

    /// Records the yes of an adult who is not the one to be called; they were asked alone.
    public MoveOutcome agree(Acting acting, ReferralId id, String letter, Consent consent) {
        return inOwn(
                acting,
                id,
                (tx, ours) -> {
                    var member = part(tx, ours).flatMap(it -> it.find(letter));
                    if (ours.side() != Side.SENDER
                            || !ours.state().isOpen()
                            || member.filter(HouseholdPart.Member::speaksForThemselves).isEmpty()) {
                        return new MoveOutcome.NotAllowed(ours.state());
                    }
                    change(tx, ours, part -> part.agreed(letter, consent));
                    referrals.moves().note(tx, acting, ours, Kind.CONSENT);
                    referrals.moves().wind(tx, ours);
                    return new MoveOutcome.Moved(ours);
                });
    }

    /// Somebody leaves the household or says no: every request of it here is for the others only
    /// from now on, and ends where it was for them alone or they would have been called about it.
    public Optional<Left> leave(Acting acting, ReferralId id, String letter) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var known = database.read(tx -> own(tx, acting, id).flatMap(it -> part(tx, it)));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var all = new LinkedHashSet<UUID>();
        all.add(id.value());
        all.addAll(known.get().others());
        var ended = new ArrayList<Referral>();
        var kept = new ArrayList<Referral>();
        for (var one : all) {
            var outcome = remove(acting, new ReferralId(one), letter);
            if (outcome instanceof MoveOutcome.Moved(var ours)) {
                (ours.state().isOpen() ? kept : ended).add(ours);
            }
        }
        return Optional.of(new Left(List.copyOf(ended), List.copyOf(kept)));
    }

    private MoveOutcome remove(Acting acting, ReferralId id, String letter) {
        var removed =
                inOwn(
                        acting,
                        id,
                        (tx, ours) -> {
                            var part = part(tx, ours);
                            if (part.flatMap(it -> it.find(letter)).isEmpty()) {
                                return new MoveOutcome.AlreadyThere(ours);
                            }
                            change(tx, ours, it -> it.without(letter));
                            var rest = part.get().without(letter);
                            if (ours.state() == State.DRAFT && rest.canGoOn()) {
                                recount(tx, ours, rest);
                            }
                            audit.record(tx, acting, "household-member-left", id.toString());
                            return new MoveOutcome.Moved(ours);
                        });
        return removed instanceof MoveOutcome.Moved(var ours)
                        && ours.state().isOpen()
                        && database.read(tx -> part(tx, ours))
                                .filter(it -> !it.canGoOn())
                                .isPresent()
                ? end(acting, ours)
                : removed;
    }

    private MoveOutcome end(Acting acting, Referral ours) {
        return ours.state() == State.DRAFT
                ? referrals.delete(acting, ours.id())
                : referrals.withdraw(acting, ours.id(), false);
    }

    /// What was not sent yet asks for those who are left.
    private void recount(Transaction tx, Referral draft, HouseholdPart rest) {
        var files = referrals.files();
        files.read(tx, draft, Travelling.FirstStep.class)
                .map(it -> it.of(it.fit().of(rest.adults(), rest.children())))
                .ifPresent(it -> files.write(tx, draft, it));
    }

    private Optional<HouseholdPart> part(Transaction tx, Referral ours) {
        return referrals.files().read(tx, ours, LocalNotes.class).flatMap(LocalNotes::household);
    }

    private interface Change {
        HouseholdPart of(HouseholdPart part);
    }

    private void change(Transaction tx, Referral ours, Change change) {
        var files = referrals.files();
        files.read(tx, ours, LocalNotes.class)
                .flatMap(notes -> notes.household().map(it -> notes.with(change.of(it))))
                .ifPresent(it -> files.write(tx, ours, it));
    }

    private MoveOutcome inOwn(
            Acting acting, ReferralId id, BiFunction<Transaction, Referral, MoveOutcome> act) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.write(
                tx -> {
                    table.lock(tx, id);
                    return own(tx, acting, id)
                            .map(
                                    ours ->
                                            referrals.files().isErased(ours)
                                                    ? new MoveOutcome.Refused(Why.ERASED)
                                                    : act.apply(tx, ours))
                            .orElseGet(() -> new MoveOutcome.NotFound(id));
                });
    }

    private Optional<Referral> own(Transaction tx, Acting acting, ReferralId id) {
        return table.find(tx, id).filter(it -> it.organization().equals(acting.organization()));
    }
}
