// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.Partners.Found;
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

    /// Writes a draft for each service that is for somebody; nothing leaves. Each is joined to the
    /// others as it is written.
    public List<Written> write(Acting acting, NewHousehold household) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var drafts = new ArrayList<UUID>();
        var written = new ArrayList<Written>();
        for (var service : household.services()) {
            if (!service.letters().isEmpty()) {
                var outcome = write(acting, household, service, List.copyOf(drafts));
                if (outcome instanceof MoveOutcome.Moved(var draft)) {
                    drafts.add(draft.id().value());
                }
                written.add(new Written(service, outcome));
            }
        }
        return List.copyOf(written);
    }

    private MoveOutcome write(
            Acting acting,
            NewHousehold household,
            NewHousehold.Service service,
            List<UUID> siblings) {
        return wanted(household, service)
                .map(
                        it ->
                                referrals
                                        .drafts()
                                        .write(
                                                acting,
                                                it,
                                                Set.of(),
                                                (tx, draft) ->
                                                        referrals
                                                                .siblings()
                                                                .join(tx, draft, siblings)))
                .orElseGet(() -> new MoveOutcome.Refused(Why.PROTECTION_BY_PHONE));
    }

    /// Open requests of ours that may be for the same people and the same services.
    public List<Referral> alike(Acting acting, NewHousehold household) {
        return household.services().stream()
                .filter(it -> !it.letters().isEmpty())
                .flatMap(it -> wanted(household, it).stream())
                .flatMap(it -> referrals.duplicates().before(acting, it).stream())
                .distinct()
                .toList();
    }

    /// Empty where only the phone will do.
    private static Optional<NewReferral> wanted(
            NewHousehold household, NewHousehold.Service service) {
        var called = household.calledAbout(service);
        if (called.isEmpty() || household.minorAlone() || !household.protection().isEmpty()) {
            return Optional.empty();
        }
        var part = part(household, service, called.get());
        return Optional.of(
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

    /// Records the yes of an adult who is not the one to be called; they were asked alone.
    public MoveOutcome agree(Acting acting, ReferralId id, String letter, Consent consent) {
        return inOwn(
                acting,
                id,
                (tx, ours) -> {
                    if (!isAskedOf(tx, ours, letter)) {
                        return new MoveOutcome.NotAllowed(ours.state());
                    }
                    if (consent.basis() != Consent.Basis.CONSENT) {
                        // Another basis is for the request as a whole, and is reviewed there.
                        return new MoveOutcome.Refused(Why.CONSENT_MISSING);
                    }
                    referrals.siblings().change(tx, ours, part -> part.agreed(letter, consent));
                    referrals.moves().note(tx, acting, ours, Kind.CONSENT);
                    referrals.moves().wind(tx, ours);
                    return new MoveOutcome.Moved(ours);
                });
    }

    /// Records the no of such an adult to this one service: its draft goes on for the others, and
    /// all other requests stay as they are.
    public MoveOutcome decline(Acting acting, ReferralId id, String letter) {
        return inOwn(
                acting,
                id,
                (tx, ours) -> {
                    if (ours.state() != State.DRAFT || !isAskedOf(tx, ours, letter)) {
                        return new MoveOutcome.NotAllowed(ours.state());
                    }
                    referrals.siblings().remove(tx, ours, letter);
                    audit.record(tx, acting, "household-member-declined", id.toString());
                    return new MoveOutcome.Moved(ours);
                });
    }

    private boolean isAskedOf(Transaction tx, Referral ours, String letter) {
        return ours.side() == Side.SENDER
                && ours.state().isOpen()
                && referrals
                        .siblings()
                        .part(tx, ours)
                        .flatMap(it -> it.find(letter))
                        .filter(HouseholdPart.Member::speaksForThemselves)
                        .isPresent();
    }

    /// What would follow if somebody left, to be read before it is done.
    public Optional<Left> leaving(Acting acting, ReferralId id, String letter) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.read(
                tx -> {
                    var ended = new ArrayList<Referral>();
                    var kept = new ArrayList<Referral>();
                    for (var one : family(tx, acting, id)) {
                        var ours = own(tx, acting, new ReferralId(one));
                        var part = ours.flatMap(it -> referrals.siblings().part(tx, it));
                        if (part.flatMap(it -> it.find(letter)).isPresent()
                                && ours.get().state().isOpen()) {
                            (part.get().canGoOnWithout(letter) ? kept : ended).add(ours.get());
                        }
                    }
                    return own(tx, acting, id)
                            .flatMap(it -> referrals.siblings().part(tx, it))
                            .map(_ -> new Left(List.copyOf(ended), List.copyOf(kept)));
                });
    }

    private List<UUID> family(Transaction tx, Acting acting, ReferralId id) {
        return List.copyOf(referrals.siblings().all(tx, acting.organization(), Set.of(id.value())));
    }

    /// Somebody leaves the household: every request of it here is for the others only from now on,
    /// and ends where it was for them alone or they would have been called about it.
    public Optional<Left> leave(Acting acting, ReferralId id, String letter) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var known =
                database.read(
                        tx ->
                                own(tx, acting, id)
                                        .flatMap(it -> referrals.siblings().part(tx, it))
                                        .map(_ -> family(tx, acting, id)));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var ended = new ArrayList<Referral>();
        var kept = new ArrayList<Referral>();
        // The one whose button it was comes last: while it stands there, not all are done.
        var all = new ArrayList<>(known.get());
        all.remove(id.value());
        all.add(id.value());
        for (var one : all) {
            if (remove(acting, new ReferralId(one), letter) instanceof MoveOutcome.Moved(var it)) {
                (it.state().isOpen() ? kept : ended).add(it);
            }
        }
        return Optional.of(new Left(List.copyOf(ended), List.copyOf(kept)));
    }

    /// In one transaction: nothing goes on for a moment without whom it was about.
    private MoveOutcome remove(Acting acting, ReferralId id, String letter) {
        var partner =
                database.read(tx -> own(tx, acting, id)).map(referrals.partners()::findToStop);
        return partner.isEmpty()
                ? new MoveOutcome.NotFound(id)
                : inOwn(acting, id, (tx, ours) -> remove(tx, acting, ours, letter, partner.get()));
    }

    private MoveOutcome remove(
            Transaction tx, Acting acting, Referral ours, String letter, Found partner) {
        var siblings = referrals.siblings();
        var part = siblings.part(tx, ours);
        var wasIn = part.flatMap(it -> it.find(letter)).isPresent();
        if (wasIn) {
            siblings.remove(tx, ours, letter);
            audit.record(tx, acting, "household-member-left", ours.id().toString());
        }
        var canGoOn = siblings.part(tx, ours).filter(it -> !it.canGoOn()).isEmpty();
        if (canGoOn || !ours.state().isOpen()) {
            return wasIn ? new MoveOutcome.Moved(ours) : new MoveOutcome.AlreadyThere(ours);
        }
        var stop = new Travelling.Withdrawal(false);
        return ours.state() == State.DRAFT
                ? new MoveOutcome.Moved(referrals.moves().discard(tx, acting, ours, stop))
                : referrals.stop(tx, acting, ours, stop, partner);
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
