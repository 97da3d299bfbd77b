// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.Outbox;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Listings;
import org.waymark.node.peer.Agreements;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Sealing;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.Step;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.Partners.Found;
import org.waymark.node.referral.Partners.Partner;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.work.Work;

/// What staff can do with referrals, theirs and those sent to them. Each act checks the right,
/// moves the row, writes timeline and audit, and queues what the partner must hear, in one
/// transaction. Repeating an act changes nothing.
public final class Referrals {

    private static final int LONGEST_LIST = 500;
    // 24 h: well before the freeze is over.
    private static final Duration CHECK_WITHIN = Duration.ofHours(24);

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final CaseFiles files;
    private final Partners partners;
    private final Calls calls;
    private final Drafts drafts;
    private final Duties duties;
    private final Successions successions;
    private final Calendars calendars;
    private final Duplicates duplicates;
    private final Siblings siblings;
    private final Erasures erasures;
    private final Clocks clocks;
    private final Moves moves;
    private final ReferralInbox inbox;
    private final OutsideDoor door;
    private final ZoneId zone;
    private final Clock clock;
    private final ReferralTable table = new ReferralTable();

    public Referrals(
            Database database,
            Access access,
            Audit audit,
            CaseKeys keys,
            Sealing sealing,
            Listings listings,
            Agreements agreements,
            HostedOrganizations organizations,
            LocalActors actors,
            Outbox outbox,
            Work work,
            BaseUrl baseUrl,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids,
            SecureRandom random) {
        this.database = database;
        this.access = access;
        this.zone = zone;
        this.clock = clock;
        this.audit = audit;
        this.files = new CaseFiles(keys);
        this.partners = new Partners(agreements, actors, organizations);
        this.duplicates = new Duplicates(database, access, audit, files);
        this.siblings = new Siblings(files, clock);
        var letters = new Letters(outbox, actors, partners);
        this.erasures =
                new Erasures(database, work, keys, partners, audit, this::moves, clock, ids);
        this.clocks = new Clocks(database, work, files, partners, audit, zone, clock, ids);
        var onwards =
                new Onwards(database, work, files, partners, this::moves, this::stopFor, clock);
        this.moves =
                new Moves(
                        keys, files, audit, letters, erasures, clocks, onwards, baseUrl, zone,
                        clock, ids);
        this.calls = new Calls(database, access, audit, listings, clock, ids);
        this.calendars = new Calendars(database, access, audit);
        this.duties = new Duties(database, access, files, moves, clock);
        this.drafts =
                new Drafts(
                        database, keys, files, listings, partners, calls, moves, duties, calendars,
                        baseUrl, zone, clock, ids, random);
        this.successions =
                new Successions(database, access, files, drafts, moves, erasures, siblings);
        this.door =
                new OutsideDoor(
                        database,
                        access,
                        audit,
                        files,
                        partners,
                        moves.arrivals(),
                        baseUrl,
                        zone,
                        clock,
                        ids);
        this.inbox =
                new ReferralInbox(
                        database,
                        partners,
                        actors,
                        sealing,
                        keys,
                        listings,
                        moves.arrivals(),
                        erasures);
    }

    /// What takes in the messages of other nodes, to be registered in the router.
    public ReferralInbox inbox() {
        return inbox;
    }

    Drafts drafts() {
        return drafts;
    }

    Siblings siblings() {
        return siblings;
    }

    Partners partners() {
        return partners;
    }

    CaseFiles files() {
        return files;
    }

    Moves moves() {
        return moves;
    }

    Erasures erasures() {
        return erasures;
    }

    /// Who wants to hear of clocks that ring. Call before the node starts.
    public void whenClockRings(Bell bell) {
        clocks.add(bell);
    }

    /// Who counts what happens. Call before the node starts.
    public void whenSomethingHappens(Witness witness) {
        files.add(witness);
    }

    /// Names who keeps something beside referrals. Call before the node starts.
    public void connect(Companion companion) {
        erasures.connect(companion);
    }

    /// Names who knows the organisations without a node. Call before the node starts.
    public void connect(Outside outside) {
        partners.connect(outside);
    }

    /// Where those organisations see a request and answer it.
    public OutsideDoor door() {
        return door;
    }

    /// The calls before there is a referral.
    public Calls calls() {
        return calls;
    }

    /// What is still to be done about them.
    public Duties duties() {
        return duties;
    }

    /// When organisations work.
    public Calendars calendars() {
        return calendars;
    }

    /// What follows when one is over.
    public Successions successions() {
        return successions;
    }

    /// Which may be about the same person.
    public Duplicates duplicates() {
        return duplicates;
    }

    /// Whom a request to this listing would go to: empty where none may be written, for want of an
    /// agreement in force, or because it takes none.
    public Optional<URI> whomToAsk(Acting acting, Listing listing) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return drafts.whomToAsk(acting, listing);
    }

    /// Something kept beside a referral of theirs.
    public interface Beside {
        /// @return the line that says so in the timeline, if any; it must be one that does not
        ///   travel
        Optional<Kind> on(Transaction tx, Referral ours);
    }

    /// Does something beside a referral of the organisation acted for, under its lock. The referral
    /// itself does not move.
    public MoveOutcome beside(Acting acting, ReferralId id, Beside act) {
        return inOwn(
                acting,
                id,
                (tx, ours) -> {
                    if (files.isErased(ours)) {
                        return new MoveOutcome.Refused(Why.ERASED);
                    }
                    act.on(tx, ours).ifPresent(kind -> moves.note(tx, acting, ours, kind));
                    return new MoveOutcome.Moved(ours);
                });
    }

    /// Whether a case has a row here; keys of one that has none are swept after a while.
    public boolean knows(CaseId caseId) {
        return database.read(tx -> table.holds(tx, caseId));
    }

    /// The organisation's referrals, both ways, newest change first. Nothing about a person is
    /// read.
    public List<Referral> list(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> table.list(tx, acting.organization(), LONGEST_LIST));
    }

    /// All that the organisation has asked for others, the newest change first.
    public List<Referral> listAsked(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> table.listAsked(tx, acting.organization()));
    }

    /// How many people wait for an end of theirs, however long the list is.
    public long countOpen(Acting acting) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(tx -> countOpen(acting, tx));
    }

    /// The same in the transaction of a caller who has asked whether they may.
    public long countOpen(Acting acting, Transaction tx) {
        return table.countOpen(tx, acting.organization());
    }

    /// One of the organisation's, as the lists show it: nothing about the person is opened.
    public Optional<Referral> findOwn(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(
                tx ->
                        table.find(tx, id)
                                .filter(it -> it.organization().equals(acting.organization())));
    }

    /// It as the side that asked keeps it: this one, or its other half in the same house.
    public Optional<Referral> findAsker(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.read(
                tx ->
                        table.find(tx, id)
                                .filter(it -> it.organization().equals(acting.organization()))
                                .flatMap(it -> table.find(tx, it.uri(), Side.SENDER))
                                .filter(it -> it.organization().equals(acting.organization())));
    }

    /// Whether a request that a person made online is past its clock (safety.md 15).
    public boolean hasLateAskedOnline(Acting acting) {
        access.requireNode(acting);
        return database.read(
                tx -> table.hasLateAskedOnline(tx, acting.organization(), clock.instant()));
    }

    /// How many people asked online since a moment.
    public long countAskedOnline(Acting acting, Instant since) {
        access.requireNode(acting);
        return database.read(tx -> table.countAskedOnline(tx, acting.organization(), since));
    }

    /// A referral with all that may be read of it. The showing is audited.
    public Optional<OpenedReferral> find(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        return database.write(
                tx ->
                        table.find(tx, id)
                                .filter(it -> it.organization().equals(acting.organization()))
                                .map(
                                        referral -> {
                                            var opened = files.open(tx, referral);
                                            // Last: all who write the audit wait for this one.
                                            audit.record(
                                                    tx, acting, "referral-shown", id.toString());
                                            return opened;
                                        }));
    }

    /// Writes a draft; nothing leaves. What [Screening] finds in its texts is for the caller to
    /// show.
    public MoveOutcome draft(Acting acting, NewReferral wanted) {
        return draft(acting, wanted, Set.of());
    }

    /// The same after a call.
    ///
    /// @param after the calls about this person, which become part of the draft
    public MoveOutcome draft(Acting acting, NewReferral wanted, Set<CallId> after) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return drafts.write(acting, wanted, after);
    }

    /// Records the person's yes, or another basis, for a draft or again later.
    public MoveOutcome recordConsent(Acting acting, ReferralId id, Consent consent) {
        return inOwn(
                acting,
                id,
                (tx, ours) -> {
                    if (ours.side() != Side.SENDER || !ours.state().isOpen()) {
                        return new MoveOutcome.NotAllowed(ours.state());
                    }
                    if (consent.givenBy() == Consent.GivenBy.SELF
                            && siblings.part(tx, ours)
                                    .filter(HouseholdPart::speaksForOthers)
                                    .isPresent()) {
                        // It must say who speaks for them (safety.md 9).
                        return new MoveOutcome.Refused(Why.CONSENT_MISSING);
                    }
                    files.write(tx, ours, consent);
                    moves.note(tx, acting, ours, Kind.CONSENT);
                    duties.consented(tx, ours);
                    moves.wind(tx, ours);
                    return new MoveOutcome.Moved(ours);
                });
    }

    /// Records a call to the other organisation. What they answered in it is recorded as told once
    /// there is something to answer.
    public MoveOutcome recordCall(Acting acting, ReferralId id, Call call) {
        return inOwn(
                acting,
                id,
                (tx, ours) -> {
                    if (call.result().isAnswer() && ours.state() != LifeCycle.State.DRAFT) {
                        return new MoveOutcome.NotAllowed(ours.state());
                    }
                    moves.note(tx, acting, ours, Kind.of(call.result()));
                    if (call.result() == Call.Result.REACHED && ours.side() == Side.SENDER) {
                        duties.phoned(tx, ours);
                    }
                    return new MoveOutcome.Moved(ours);
                });
    }

    /// Sends a draft, when someone has the person's yes and, for today, has called.
    public MoveOutcome send(Acting acting, ReferralId id) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return drafts.send(acting, id);
    }

    /// Takes note. Opening a page is not enough: someone presses it, or answers.
    public MoveOutcome receive(Acting acting, ReferralId id) {
        return move(acting, id, Move.RECEIVE, new Travelling.Nothing());
    }

    public MoveOutcome ask(Acting acting, ReferralId id, String question) {
        return move(acting, id, Move.ASK, new Travelling.Text(question));
    }

    /// Answers the receiver's question, while the consent lasts.
    public MoveOutcome answer(Acting acting, ReferralId id, String answer) {
        return inOwnWithPartner(
                acting,
                id,
                (tx, ours, partner) ->
                        ours.side() == Side.SENDER && !mayTell(tx, ours)
                                ? new MoveOutcome.Refused(Why.CONSENT_MISSING)
                                : move(
                                        tx,
                                        acting,
                                        ours,
                                        Move.ANSWER,
                                        ours.side().party(),
                                        new Travelling.Text(answer),
                                        partner));
    }

    private boolean mayTell(Transaction tx, Referral ours) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        return files.read(tx, ours, Consent.class)
                .filter(it -> it.covers(Consent.Item.NEED, today))
                .isPresent();
    }

    public MoveOutcome waitlist(Acting acting, ReferralId id, Travelling.Waiting waiting) {
        return move(acting, id, Move.WAITLIST, waiting);
    }

    /// "Yes, we take it." The sender's node answers with the contact data, once.
    public MoveOutcome accept(Acting acting, ReferralId id, Travelling.NextStep nextStep) {
        return move(acting, id, Move.ACCEPT, nextStep);
    }

    public MoveOutcome decline(Acting acting, ReferralId id, Travelling.Refusal refusal) {
        return move(acting, id, Move.DECLINE, refusal);
    }

    public MoveOutcome start(Acting acting, ReferralId id) {
        return move(acting, id, Move.START, new Travelling.Nothing());
    }

    public MoveOutcome hold(Acting acting, ReferralId id) {
        return move(acting, id, Move.HOLD, new Travelling.Nothing());
    }

    /// Closes it with help given.
    public MoveOutcome complete(Acting acting, ReferralId id, Travelling.Closing closing) {
        return close(acting, id, Move.COMPLETE, closing);
    }

    /// Closes it without.
    public MoveOutcome fail(Acting acting, ReferralId id, Travelling.Closing closing) {
        return close(acting, id, Move.FAIL, closing);
    }

    /// Stops it, from either side; the sender's stop wins over an answer on its way.
    public MoveOutcome cancel(Acting acting, ReferralId id, Travelling.StopReason reason) {
        return end(acting, id, Move.CANCEL, new Travelling.Stop(reason));
    }

    /// The person stops it, and staff of either side record that. The other side hears of it at
    /// once, whatever became of the agreement; who was asked deletes what it has after 72 hours, or
    /// at once, and tells.
    ///
    /// @param eraseNow the person is here and wants it gone now
    public MoveOutcome withdraw(Acting acting, ReferralId id, boolean eraseNow) {
        return stop(acting, id, new Travelling.Withdrawal(eraseNow), false);
    }

    /// The person stops it with their help code, from the side that asked for them. A draft just
    /// goes. Whoever holds the code by force could stop it too: nothing is erased before the freeze
    /// is over, and somebody asks the person by the safe contact whether it was they.
    public MoveOutcome withdrawByCode(Acting acting, ReferralId id) {
        access.requireNode(acting);
        return stop(acting, id, new Travelling.Withdrawal(false), true);
    }

    /// The same while the keys are locked: sharing ends at once, and the others hear of it when the
    /// keys are opened.
    public MoveOutcome withdrawLocked(Acting acting, ReferralId id) {
        access.requireNode(acting);
        return inOwn(
                acting,
                id,
                (tx, ours) -> {
                    if (files.isErased(ours)) {
                        return new MoveOutcome.Refused(Why.ERASED);
                    }
                    var step = LifeCycle.step(ours.state(), Move.WITHDRAW, Party.PERSON);
                    if (ours.state() != LifeCycle.State.DRAFT && !(step instanceof Step.To)) {
                        return step instanceof Step.AlreadyThere
                                ? new MoveOutcome.AlreadyThere(ours)
                                : new MoveOutcome.NotAllowed(ours.state());
                    }
                    var stopped = moves.stopLocked(tx, acting, ours);
                    duties.open(tx, stopped, Duty.Kind.CHECK_ON_PERSON, CHECK_WITHIN);
                    return new MoveOutcome.Moved(stopped);
                });
    }

    /// Whether who is asked has no node and answers through a link in a mail.
    public boolean isAskedByMail(Acting acting, Referral referral) {
        access.requireNode(acting);
        return partners.isOutside(referral.partner());
    }

    /// Both halves of a request that an organisation asks of itself; else this one alone.
    public List<ReferralId> halves(Acting acting, ReferralId id) {
        access.requireNode(acting);
        return database.read(
                tx ->
                        table.find(tx, id).stream()
                                .flatMap(
                                        ours ->
                                                table.list(tx, ours.uri()).stream()
                                                        .filter(
                                                                it ->
                                                                        it.organization()
                                                                                .equals(
                                                                                        ours
                                                                                                .organization())))
                                .map(Referral::id)
                                .toList());
    }

    /// The organisation whose request it is, without a look inside.
    public Optional<OrganizationId> askedBy(Acting acting, ReferralId id) {
        access.requireNode(acting);
        return database.read(tx -> table.find(tx, id)).map(Referral::organization);
    }

    private void stopFor(Acting acting, ReferralId id, Travelling.Withdrawal stop) {
        stop(acting, id, stop, false);
    }

    private MoveOutcome stop(
            Acting acting, ReferralId id, Travelling.Withdrawal stop, boolean byCode) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var partner =
                database.read(tx -> table.find(tx, id))
                        .filter(it -> it.organization().equals(acting.organization()))
                        .map(partners::findToStop);
        if (partner.isEmpty()) {
            return new MoveOutcome.NotFound(id);
        }
        return inOwn(
                acting,
                id,
                (tx, ours) -> {
                    var outcome = stop(tx, acting, ours, stop, partner.get());
                    if (byCode && outcome instanceof MoveOutcome.Moved(var stopped)) {
                        duties.open(tx, stopped, Duty.Kind.CHECK_ON_PERSON, CHECK_WITHIN);
                    }
                    return outcome;
                });
    }

    /// The same in the transaction of a caller who holds the lock.
    MoveOutcome stop(
            Transaction tx,
            Acting acting,
            Referral ours,
            Travelling.Withdrawal stop,
            Found partner) {
        if (files.isErased(ours)) {
            return new MoveOutcome.Refused(Why.ERASED);
        }
        if (ours.state() == LifeCycle.State.DRAFT && acting.isNode()) {
            return new MoveOutcome.Moved(moves.discard(tx, acting, ours, stop));
        }
        return switch (LifeCycle.step(ours.state(), Move.WITHDRAW, Party.PERSON)) {
            case Step.To(var state) ->
                    new MoveOutcome.Moved(
                            partner instanceof Found.Ready(var told)
                                    ? moves.make(tx, acting, ours, state, Kind.WITHDRAW, stop, told)
                                    : moves.stopHere(tx, acting, ours, stop));
            case Step.AlreadyThere _ -> new MoveOutcome.AlreadyThere(ours);
            case Step.NotAllowed _ -> new MoveOutcome.NotAllowed(ours.state());
        };
    }

    /// A referral as the person it is about may see it. Whoever calls this knows by the help code
    /// that it is them.
    public Optional<OpenedReferral> findForPerson(Acting acting, ReferralId id) {
        access.requireNode(acting);
        return database.write(
                tx ->
                        table.find(tx, id)
                                .map(
                                        referral -> {
                                            var opened = files.open(tx, referral);
                                            audit.record(
                                                    tx,
                                                    Acting.node(referral.organization()),
                                                    "referral-shown-to-person",
                                                    id.toString());
                                            return opened;
                                        }));
    }

    /// Takes back what should never have been written or sent. A draft just goes.
    public MoveOutcome delete(Acting acting, ReferralId id) {
        return end(acting, id, Move.DELETE, new Travelling.Nothing());
    }

    /// Records what the receiver said on the phone. It counts here at once; the receiver is asked
    /// to confirm, and its own answer replaces it. Contact data waits for that.
    public MoveOutcome recordTold(Acting acting, ReferralId id, Travelling.Told told) {
        return inOwnWithPartner(
                acting,
                id,
                (tx, ours, partner) -> {
                    var step =
                            LifeCycle.step(
                                    ours.effectiveState(), told.answer().move(), Party.RECEIVER);
                    return switch (step) {
                        case Step.To(var state) when ours.side() == Side.SENDER ->
                                new MoveOutcome.Moved(
                                        moves.told(tx, acting, ours, state, told, partner));
                        case Step.AlreadyThere _ -> new MoveOutcome.AlreadyThere(ours);
                        case Step.To _, Step.NotAllowed _ ->
                                new MoveOutcome.NotAllowed(ours.effectiveState());
                    };
                });
    }

    /// Sends the contact data that waited, because the consent had not covered it or had expired.
    public MoveOutcome sendContact(Acting acting, ReferralId id) {
        return inOwnWithPartner(
                acting,
                id,
                (tx, ours, partner) -> {
                    moves.sendContact(tx, acting, ours, partner);
                    var after = table.find(tx, id).orElseThrow();
                    return after.contactSentAt().isPresent()
                            ? new MoveOutcome.Moved(after)
                            : new MoveOutcome.Refused(Why.CONSENT_MISSING);
                });
    }

    private MoveOutcome close(Acting acting, ReferralId id, Move move, Travelling.Closing closing) {
        var helped = closing.outcome().map(Travelling.Outcome::isHelp);
        if (helped.isEmpty() || helped.get() != (move == Move.COMPLETE)) {
            return new MoveOutcome.Refused(Why.OUTCOME_DOES_NOT_FIT);
        }
        return move(acting, id, move, closing);
    }

    // Taking back needs no agreement in force.
    private MoveOutcome end(Acting acting, ReferralId id, Move move, Travelling content) {
        return inOwnWithPartner(
                acting,
                id,
                partners::findToStop,
                (tx, ours, partner) ->
                        move(tx, acting, ours, move, ours.side().party(), content, partner));
    }

    private MoveOutcome move(Acting acting, ReferralId id, Move move, Travelling content) {
        return inOwnWithPartner(
                acting,
                id,
                (tx, ours, partner) ->
                        move(tx, acting, ours, move, ours.side().party(), content, partner));
    }

    private MoveOutcome move(
            Transaction tx,
            Acting acting,
            Referral ours,
            Move move,
            Party by,
            Travelling content,
            Partner partner) {
        return switch (LifeCycle.step(ours.state(), move, by)) {
            case Step.To(var state) ->
                    new MoveOutcome.Moved(
                            moves.make(tx, acting, ours, state, Kind.of(move), content, partner));
            case Step.AlreadyThere _ -> new MoveOutcome.AlreadyThere(ours);
            case Step.NotAllowed _ -> new MoveOutcome.NotAllowed(ours.state());
        };
    }

    private interface Act {
        MoveOutcome on(Transaction tx, Referral ours);
    }

    private interface ActWithPartner {
        MoveOutcome on(Transaction tx, Referral ours, Partner partner);
    }

    private MoveOutcome inOwn(Acting acting, ReferralId id, Act act) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        return database.write(
                tx -> {
                    table.lock(tx, id);
                    return table.find(tx, id)
                            .filter(it -> it.organization().equals(acting.organization()))
                            .map(ours -> act.on(tx, ours))
                            .orElseGet(() -> new MoveOutcome.NotFound(id));
                });
    }

    private MoveOutcome inOwnWithPartner(Acting acting, ReferralId id, ActWithPartner act) {
        return inOwnWithPartner(
                acting, id, it -> partners.find(it.organization(), it.partner()), act);
    }

    private MoveOutcome inOwnWithPartner(
            Acting acting, ReferralId id, Function<Referral, Found> finder, ActWithPartner act) {
        access.require(acting, acting.organization(), Right.WORK_ON_REFERRALS);
        var partner =
                database.read(tx -> table.find(tx, id))
                        .filter(it -> it.organization().equals(acting.organization()))
                        .map(finder);
        if (partner.isEmpty()) {
            return new MoveOutcome.NotFound(id);
        }
        return switch (partner.get()) {
            case Found.Ready(var agreed) ->
                    inOwn(
                            acting,
                            id,
                            (tx, ours) ->
                                    files.isErased(ours)
                                            ? new MoveOutcome.Refused(Why.ERASED)
                                            : act.on(tx, ours, agreed));
            case Found.NotAgreed _ -> new MoveOutcome.Refused(Why.AGREEMENT_MISSING);
            case Found.KeyChanged _ -> new MoveOutcome.Refused(Why.PARTNER_KEY_CHANGED);
        };
    }
}
