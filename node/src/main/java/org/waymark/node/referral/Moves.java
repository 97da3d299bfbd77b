// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Transaction;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.Partners.Partner;
import org.waymark.node.referral.ReferralEvent.Kind;

/// Moves our side's row on, with its timeline and audit, and tells the other side, all in the
/// caller's transaction. The caller holds the referral's lock.
final class Moves {

    private final CaseFiles files;
    private final Audit audit;
    private final Letters letters;
    private final Arrivals arrivals;
    private final BaseUrl baseUrl;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Erasures erasures;
    private final Clocks clocks;
    private final Onwards onwards;
    private final ReferralTable table = new ReferralTable();
    private final DutyTable duties = new DutyTable();

    Moves(
            CaseKeys keys,
            CaseFiles files,
            Audit audit,
            Letters letters,
            Erasures erasures,
            Clocks clocks,
            Onwards onwards,
            BaseUrl baseUrl,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids) {
        this.files = files;
        this.audit = audit;
        this.letters = letters;
        this.erasures = erasures;
        this.clocks = clocks;
        this.onwards = onwards;
        this.arrivals = new Arrivals(keys, files, this, baseUrl, clock, ids);
        this.baseUrl = baseUrl;
        this.zone = zone;
        this.clock = clock;
        this.ids = ids;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /// Sends a draft.
    Referral send(
            Transaction tx,
            Acting acting,
            Referral draft,
            Travelling.FirstStep firstStep,
            Partner partner) {
        var now = clock.instant();
        var activity = newActivity();
        var sent = draft.moved(State.SENT, now).sent(activity, firstStep.respondBy(), now);
        files.write(tx, sent, firstStep);
        var told = tell(tx, acting, sent, Kind.SEND, firstStep, activity, partner);
        wind(tx, told);
        return told;
    }

    /// Makes a move of this side and tells the partner. A yes opens the receiver's case.
    Referral make(
            Transaction tx,
            Acting acting,
            Referral before,
            State to,
            Kind kind,
            Travelling content,
            Partner partner) {
        if (before.state() == State.DRAFT) {
            // Nobody else has heard of it.
            var gone = before.moved(to, clock.instant());
            table.replace(tx, gone);
            note(tx, acting, gone, kind);
            return gone;
        }
        var after = before.moved(to, clock.instant());
        if (kind.speaksOfCase(before.side()) && before.caseUri().isEmpty()) {
            after = after.withCase(Optional.of(baseUrl.resolve("/c/" + ids.get())));
        }
        var told = tell(tx, acting, after, kind, content, newActivity(), partner);
        takeContactBack(tx, told);
        if (kind == Kind.WITHDRAW) {
            stopped(tx, told, content, Optional.empty());
        }
        wind(tx, told);
        return told;
    }

    /// The person stopped it, here or at the other side. Whoever was asked deletes what it has when
    /// the freeze is over; whoever asked waits for word of that.
    ///
    /// @param back who told us, when it was stopped there
    void stopped(Transaction tx, Referral ours, Travelling content, Optional<Partner> back) {
        var now = clock.instant();
        var eraseNow = content instanceof Travelling.Withdrawal(var at) && at;
        var erasedAt = eraseNow ? now : now.plus(Erasures.FREEZE);
        if (ours.side() == Side.RECEIVER) {
            erasures.schedule(tx, ours, erasedAt);
            onwards.stopped(tx, ours, eraseNow);
            return;
        }
        if (isForThePersonAlone(tx, ours)) {
            erasures.schedule(tx, ours, erasedAt);
        }
        duties.open(tx, ours, Duty.Kind.ERASURE, askedToErase(ours, now));
        back.ifPresent(
                it -> {
                    // They hear from both sides that it is over (referral.md, States).
                    var acting = Acting.node(ours.organization());
                    tell(tx, acting, ours, Kind.WITHDRAW, content, newActivity(), it);
                });
    }

    // Those without a node must be phoned, at once.
    private Instant askedToErase(Referral ours, Instant now) {
        return letters.isOutside(ours) ? now : now.plus(Erasures.FREEZE).plus(Erasures.ANSWER);
    }

    // Who asked keeps its own file about the person. It has none where it was asked itself, or did
    // no more than pass on what the person, or another organisation, had told it.
    private boolean isForThePersonAlone(Transaction tx, Referral ours) {
        return isPlainlyForThePersonAlone(tx, ours)
                || files.read(tx, ours, Plan.class).flatMap(Plan::parent).isPresent();
    }

    // What can be told of it without keys.
    private boolean isPlainlyForThePersonAlone(Transaction tx, Referral ours) {
        return files.isInOneHouse(tx, ours)
                || files.history(tx, ours).stream()
                        .anyMatch(it -> it.kind() == Kind.DRAFT && it.account().isEmpty());
    }

    /// The person stopped what was never sent. It is deleted like all else that they stop.
    Referral discard(Transaction tx, Acting acting, Referral draft, Travelling.Withdrawal stop) {
        var now = clock.instant();
        var gone = draft.moved(State.ENTERED_IN_ERROR, now);
        table.replace(tx, gone);
        note(tx, acting, gone, Kind.DELETE);
        erasures.schedule(tx, gone, stop.eraseNow() ? now : now.plus(Erasures.FREEZE));
        return gone;
    }

    /// Ends it here because the person stopped it, while the other side cannot be told, for want of
    /// an agreement or of a key: sharing ends at once all the same, and they hear of it later.
    Referral stopHere(Transaction tx, Acting acting, Referral before, Travelling.Withdrawal stop) {
        var after = before.moved(State.WITHDRAWN, clock.instant());
        table.replace(tx, after);
        note(tx, acting, after, Kind.WITHDRAW, stop, Optional.empty(), Optional.empty());
        takeContactBack(tx, after);
        if (letters.isOutside(after)) {
            letters.tellOutside(tx, after, Kind.WITHDRAW);
        }
        stopped(tx, after, stop, Optional.empty());
        erasures.tellStopLater(tx, after, stop);
        wind(tx, after);
        return after;
    }

    /// The same while the keys are locked, when no word can be written about it: sharing ends at
    /// once. The rest is done when they are opened ([#finishStop]).
    Referral stopLocked(Transaction tx, Acting acting, Referral before) {
        var now = clock.instant();
        var isDraft = before.state() == State.DRAFT;
        var after = before.moved(isDraft ? State.ENTERED_IN_ERROR : State.WITHDRAWN, now);
        table.replace(tx, after);
        audit.record(
                tx, acting, action(isDraft ? Kind.DELETE : Kind.WITHDRAW), after.id().toString());
        dropIdleDuties(tx, after);
        if (isDraft) {
            erasures.schedule(tx, after, now.plus(Erasures.FREEZE));
            return after;
        }
        files.history(tx, after).stream()
                .filter(it -> it.kind() == Kind.CONTACT)
                .flatMap(it -> it.activity().stream())
                .forEach(it -> letters.takeBack(tx, it));
        if (isPlainlyForThePersonAlone(tx, after)) {
            erasures.schedule(tx, after, now.plus(Erasures.FREEZE));
        }
        duties.open(tx, after, Duty.Kind.ERASURE, askedToErase(after, now));
        erasures.finishStopLater(tx, after);
        return after;
    }

    /// What a stop needs the keys for.
    ///
    /// @param at when the person stopped it
    void finishStop(Transaction tx, Referral stopped, Instant at) {
        if (!isPlainlyForThePersonAlone(tx, stopped) && isForThePersonAlone(tx, stopped)) {
            erasures.schedule(tx, stopped, at.plus(Erasures.FREEZE));
        }
        wind(tx, stopped);
    }

    /// They have deleted what they had.
    void erasedThere(Transaction tx, Referral ours) {
        duties.done(tx, ours.id(), Duty.Kind.ERASURE);
    }

    /// Tells the other side that it was stopped, or that nothing is left here. The case may have no
    /// key any more to keep the letter under; then it gets one of its own, which the sweep of
    /// unused keys removes.
    void tellLate(
            Transaction tx,
            Referral ours,
            Kind kind,
            Travelling content,
            Partner partner,
            CaseId notice) {
        var known =
                ours.caseUri().isPresent() || !kind.speaksOfCase(ours.side())
                        ? ours
                        : ours.withCase(Optional.of(baseUrl.resolve("/c/" + ids.get())));
        var after = known.nextVersion(clock.instant());
        table.replace(tx, after);
        var message =
                letters.message(
                        after, kind, content, newActivity(), partner, Message.Follows.nothing());
        var acting = Acting.node(ours.organization());
        note(tx, acting, after, kind, content, message.activity(), Optional.of(message.version()));
        pass(tx, after, message, notice);
    }

    /// Sets the clocks anew, and drops the duties that nobody has any more.
    void wind(Transaction tx, Referral ours) {
        dropIdleDuties(tx, ours);
        if (ours.side() == Side.SENDER && ours.effectiveState() == State.DECLINED) {
            offerNext(tx, ours);
        }
        clocks.wind(tx, ours);
        onwards.moved(tx, ours);
    }

    private void dropIdleDuties(Transaction tx, Referral ours) {
        duties.list(tx, ours.id()).stream()
                .filter(it -> !it.kind().standsFor(ours))
                .forEach(it -> duties.done(tx, ours.id(), it.kind()));
    }

    /// Tells the sender whom we asked instead.
    void sayOnward(Transaction tx, Referral ours, Travelling.Onward content, Partner partner) {
        var known =
                ours.caseUri().isPresent()
                        ? ours
                        : ours.withCase(Optional.of(baseUrl.resolve("/c/" + ids.get())));
        var acting = Acting.node(ours.organization());
        tell(tx, acting, known, Kind.ONWARD, content, newActivity(), partner);
    }

    /// Tells the partner what was said on the phone; it counts here at once.
    Referral told(
            Transaction tx,
            Acting acting,
            Referral before,
            State state,
            Travelling.Told told,
            Partner partner) {
        var after = before.told(state, clock.instant());
        var done = tell(tx, acting, after, Kind.TOLD, told, newActivity(), partner);
        wind(tx, done);
        return done;
    }

    /// Sends step 2, when the yes is there, it has not gone yet, and the consent covers it.
    void sendContact(Transaction tx, Acting acting, Referral ours, Partner partner) {
        var now = clock.instant();
        var covered =
                files.read(tx, ours, Consent.class)
                        .filter(it -> it.covers(Consent.Item.CONTACT, today()))
                        .isPresent();
        var contact = files.read(tx, ours, Travelling.Contact.class);
        // Who would be called may have left their household.
        var hasLeft =
                files.read(tx, ours, LocalNotes.class)
                        .flatMap(LocalNotes::household)
                        .filter(it -> !it.canGoOn())
                        .isPresent();
        if (ours.side() == Side.SENDER
                && ours.contactWaits()
                && covered
                && !hasLeft
                && contact.isPresent()) {
            var after = ours.contactWent(now);
            tell(tx, acting, after, Kind.CONTACT, contact.get(), newActivity(), partner);
        }
    }

    /// Stops step 2 where it has not arrived when everything is over: nobody needs it any more.
    void takeContactBack(Transaction tx, Referral ours) {
        if (ours.side() == Side.SENDER && !ours.state().isOpen()) {
            files.timeline(tx, ours).stream()
                    .filter(it -> it.kind() == Kind.CONTACT)
                    .flatMap(it -> it.activity().stream())
                    .forEach(it -> letters.takeBack(tx, it));
        }
    }

    private Referral tell(
            Transaction tx,
            Acting acting,
            Referral referral,
            Kind kind,
            Travelling content,
            URI activity,
            Partner partner) {
        var now = clock.instant();
        var after = referral.nextVersion(now);
        table.replace(tx, after);
        var said = asAgreed(tx, after, content);
        var follows =
                follows(tx, after, kind, after.ownVersion(), Optional.of(after.seenVersion()));
        var message = letters.message(after, kind, said, activity, partner, follows);
        note(tx, acting, after, kind, content, message.activity(), Optional.of(message.version()));
        pass(tx, after, message, after.caseId());
        return table.find(tx, after.id()).orElseThrow();
    }

    private void pass(Transaction tx, Referral ours, Message message, CaseId protectedBy) {
        switch (message.to()) {
            case Message.Address.Here here ->
                    arrivals.take(
                            tx,
                            message,
                            here.organization(),
                            here.back(),
                            Set.of(ours.side().other()));
            case Message.Address.There there -> letters.post(tx, ours, message, there, protectedBy);
            case Message.Address.Behind _ -> letters.tellOutside(tx, ours, message.kind());
        }
    }

    /// They said no, and the person had named others.
    private void offerNext(Transaction tx, Referral ours) {
        var named = files.read(tx, ours, Plan.class).map(it -> !it.next().isEmpty());
        var isAsked = files.history(tx, ours).stream().anyMatch(it -> it.kind() == Kind.NEXT_ASKED);
        if (named.orElse(false) && !isAsked) {
            duties.open(tx, ours, Duty.Kind.NEXT_RECEIVER, clock.instant());
        }
    }

    /// What the other side must know of before this: the sender's words in the middle of it build
    /// on each other, and on what it had heard; news of whom we asked instead moves nothing, and
    /// must not hide an answer that got lost before it. What ends it takes effect whatever is
    /// known.
    private Message.Follows follows(
            Transaction tx, Referral ours, Kind kind, long version, Optional<Long> heard) {
        if (kind != Kind.ANSWER && kind != Kind.TOLD && kind != Kind.ONWARD) {
            return Message.Follows.nothing();
        }
        var after =
                files.history(tx, ours).stream()
                        .filter(it -> it.by() == ours.side().party())
                        .filter(it -> kind == Kind.ONWARD || it.kind().isFollowed())
                        .flatMap(it -> it.version().stream())
                        .filter(earlier -> earlier < version)
                        .max(Long::compare);
        return new Message.Follows(kind == Kind.TOLD ? heard : Optional.empty(), after);
    }

    private Optional<Long> heardBefore(Transaction tx, Referral ours, Instant moment) {
        var newest =
                files.history(tx, ours).stream()
                        .filter(it -> it.by() == ours.side().other().party())
                        .filter(it -> !it.at().isAfter(moment))
                        .flatMap(it -> it.version().stream())
                        .max(Long::compare);
        return Optional.of(newest.orElse(0L));
    }

    /// Says something of ours once more, because it did not arrive: the same words under the same
    /// version, in a new activity, for the one that got lost may be known there and be worth
    /// nothing.
    ///
    /// @return false when its words are erased
    boolean sayAgain(Transaction tx, Referral ours, ReferralEvent said, Partner partner) {
        var content = contentOf(tx, ours, said);
        var isErased = files.isErased(ours);
        if (content.isEmpty()
                || said.version().isEmpty()
                || isErased && said.kind() != Kind.ERASED) {
            return false;
        }
        var version = said.version().get();
        var message =
                letters.message(
                        ours.withOwnVersion(version),
                        said.kind(),
                        asAgreed(tx, ours, content.get()),
                        newActivity(),
                        partner,
                        follows(tx, ours, said.kind(), version, heardBefore(tx, ours, said.at())));
        if (!(message.to() instanceof Message.Address.There there)) {
            return false;
        }
        note(
                tx,
                Acting.node(ours.organization()),
                ours,
                Kind.SENT_AGAIN,
                new Travelling.Nothing(),
                message.activity(),
                Optional.empty());
        letters.post(tx, ours, message, there, isErased ? erasures.noticeKey() : ours.caseId());
        return true;
    }

    private Optional<? extends Travelling> contentOf(
            Transaction tx, Referral ours, ReferralEvent said) {
        var kind = said.kind();
        if (!kind.travels()) {
            return Optional.empty();
        }
        // What is kept of the person lies in the files, and may be erased there since.
        if (kind == Kind.SEND) {
            return files.read(tx, ours, Travelling.FirstStep.class);
        }
        if (kind == Kind.CONTACT) {
            return files.read(tx, ours, Consent.class)
                    .filter(it -> it.covers(Consent.Item.CONTACT, today()))
                    .filter(_ -> ours.state().isOpen())
                    .flatMap(_ -> files.read(tx, ours, Travelling.Contact.class));
        }
        if (kind == Kind.WITHDRAW) {
            // The stop itself outlives all that was said.
            return said.content().or(() -> Optional.of(new Travelling.Withdrawal(false)));
        }
        return kind.content() == Travelling.Nothing.class
                ? Optional.of(new Travelling.Nothing())
                : said.content();
    }

    /// Tells the receiver, who lost it, what it had answered, so that its people confirm it.
    void remind(Transaction tx, Referral ours, Travelling.Told told, Partner partner) {
        tell(tx, Acting.node(ours.organization()), ours, Kind.TOLD, told, newActivity(), partner);
    }

    /// Writes down what comparing the two sides came to.
    void noteRepair(Transaction tx, Referral ours, Kind kind, Party whose) {
        var event =
                new ReferralEvent(
                        ids.get(),
                        ours.id(),
                        clock.instant(),
                        whose,
                        kind,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        files.addEvent(tx, ours, event);
        audit.record(tx, Acting.node(ours.organization()), action(kind), ours.id().toString());
    }

    /// The outcome goes back only when the person agreed to that.
    private Travelling asAgreed(Transaction tx, Referral referral, Travelling content) {
        if (!(content instanceof Travelling.Closing closing)) {
            return content;
        }
        var agreed =
                files.read(tx, referral, Travelling.FirstStep.class)
                        .flatMap(Travelling.FirstStep::consent)
                        .filter(Travelling.ConsentStatement::outcomeBack)
                        .isPresent();
        return agreed ? closing : new Travelling.Closing(Optional.empty(), closing.on());
    }

    /// Adds a line without words to the timeline and to the audit, without moving anything.
    void note(Transaction tx, Acting acting, Referral referral, Kind kind) {
        note(
                tx,
                acting,
                referral,
                kind,
                new Travelling.Nothing(),
                Optional.empty(),
                Optional.empty());
    }

    /// Adds a call from before the referral; it is in the audit already.
    void note(Transaction tx, Referral referral, FirstCall call) {
        var event =
                new ReferralEvent(
                        call.id().value(),
                        referral.id(),
                        call.at(),
                        referral.side().party(),
                        Kind.of(call.result()),
                        Optional.of(call.account()),
                        Optional.of(new Travelling.Nothing()),
                        Optional.empty(),
                        Optional.empty());
        files.addEvent(tx, referral, event);
    }

    private void note(
            Transaction tx,
            Acting acting,
            Referral referral,
            Kind kind,
            Travelling content,
            Optional<URI> activity,
            Optional<Long> version) {
        var account = Optional.of(acting.account()).filter(_ -> !acting.isNode());
        var event =
                new ReferralEvent(
                        ids.get(),
                        referral.id(),
                        clock.instant(),
                        referral.side().party(),
                        kind,
                        account,
                        Optional.of(content),
                        activity,
                        version);
        files.addEvent(tx, referral, event);
        audit.record(tx, acting, action(kind), referral.id().toString());
    }

    /// The same for what the other side did.
    void noteArrival(Transaction tx, Referral ours, Message message) {
        Party by = ours.side().other().party();
        Instant now = clock.instant();
        var event =
                new ReferralEvent(
                        ids.get(),
                        ours.id(),
                        now,
                        by,
                        message.kind(),
                        Optional.empty(),
                        Optional.of(message.content()),
                        message.activity(),
                        Optional.of(message.version()));
        files.addEvent(tx, ours, event);
        audit.record(
                tx,
                Acting.node(ours.organization()),
                action(message.kind()) + "-received",
                ours.id().toString());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private URI newActivity() {
        return baseUrl.resolve("/a/" + ids.get());
    }

    static String action(Kind kind) {
        return "referral-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
