// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.Partners.Found;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.work.Handler.Result;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Deletes what was received about a person who stopped it, when the freeze is over, and tells the
/// organisation that had asked. The keys go first, so that what lies in backups is gone too.
final class Erasures {

    // 72 h: time for the person to take a stop back (referral.md, Consent).
    static final Duration FREEZE = Duration.ofHours(72);
    // 24 h: the notice may be on its way for a while before somebody should ask after it.
    static final Duration ANSWER = Duration.ofHours(24);
    // 1 h: they may have an agreement again, or compare the key.
    private static final Duration AGAIN = Duration.ofHours(1);

    private static final String ERASE = "referral-erasure";
    private static final String STOP = "referral-stop-notice";
    // A stop of theirs that was taken while the keys were locked, and when; never one for "at
    // once".
    private static final String LOCKED = "locked ";
    private static final String TELL = "referral-erasure-notice";

    private final Database database;
    private final Work work;
    private final CaseKeys keys;
    private final Partners partners;
    private final Audit audit;
    private final Supplier<Moves> moves;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private volatile Companion companion = Companion.nobody();
    private final ReferralTable table = new ReferralTable();
    private final ReferralEventTable events = new ReferralEventTable();

    Erasures(
            Database database,
            Work work,
            CaseKeys keys,
            Partners partners,
            Audit audit,
            Supplier<Moves> moves,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.work = work;
        this.keys = keys;
        this.partners = partners;
        this.audit = audit;
        this.moves = moves;
        this.clock = clock;
        this.ids = ids;
        work.handle(ERASE, this::erase);
        work.handle(TELL, this::tell);
        work.handle(STOP, this::tellStop);
    }

    /// Scheduling it anew moves it.
    void schedule(Transaction tx, Referral stopped, Instant at) {
        work.schedule(tx, ERASE, stopped.id().toString(), at, "");
        companion.stopped(tx, stopped);
    }

    private Result erase(Job job) {
        var found = find(job);
        // Somebody may have taken the stop back.
        if (found.isEmpty() || !isStopped(found.get())) {
            return new Result.Done();
        }
        var ours = found.get();
        erase(ours, Part.CONTACT);
        if (ours.side() == Side.SENDER && ours.state() == State.WITHDRAWN) {
            forget(ours);
        } else {
            erase(ours, Part.CASE);
        }
        return new Result.Done();
    }

    private static boolean isStopped(Referral referral) {
        var wasNeverSent = referral.state() == State.ENTERED_IN_ERROR && referral.ownVersion() == 0;
        return referral.state() == State.WITHDRAWN || wasNeverSent;
    }

    /// Deletes what the side that asked has, but for the proof that the person had agreed.
    private void forget(Referral stopped) {
        database.run(
                tx -> {
                    table.forget(tx, stopped.id());
                    events.dropContents(tx, stopped.id());
                    companion.forgotten(tx, stopped);
                    audit.record(
                            tx,
                            Acting.node(stopped.organization()),
                            "referral-need-erased",
                            stopped.id().toString());
                });
    }

    /// Tells the other side that it was stopped, once that can be told.
    void tellStopLater(Transaction tx, Referral stopped, Travelling.Withdrawal stop) {
        work.schedule(
                tx,
                STOP,
                stopped.id().toString(),
                clock.instant().plus(AGAIN),
                Boolean.toString(stop.eraseNow()));
    }

    /// The same for what was stopped while the keys were locked, as soon as they are opened.
    void finishStopLater(Transaction tx, Referral stopped) {
        var now = clock.instant();
        work.schedule(tx, STOP, stopped.id().toString(), now, LOCKED + now.toEpochMilli());
    }

    private Result tellStop(Job job) {
        var found = find(job).filter(it -> it.state() == State.WITHDRAWN);
        if (found.isEmpty()) {
            return new Result.Done();
        }
        var ours = found.get();
        var other = partners.findToStop(ours);
        if (job.payload().startsWith(LOCKED)) {
            var at = Instant.ofEpochMilli(Long.parseLong(job.payload().substring(LOCKED.length())));
            database.run(
                    tx -> {
                        moves.get().finishStop(tx, ours, at);
                        if (!(other instanceof Found.Ready)) {
                            // Once is enough.
                            tellStopLater(tx, ours, new Travelling.Withdrawal(false));
                        }
                    });
        }
        if (!(other instanceof Found.Ready(var partner))) {
            return new Result.Again(clock.instant().plus(AGAIN));
        }
        var notice = keys.holds(ours.caseId(), Part.CASE) ? ours.caseId() : noticeKey();
        var stop = new Travelling.Withdrawal(Boolean.parseBoolean(job.payload()));
        database.run(
                tx -> {
                    table.lock(tx, ours.id());
                    var now = table.find(tx, ours.id()).orElseThrow();
                    moves.get().tellLate(tx, now, Kind.WITHDRAW, stop, partner, notice);
                });
        return new Result.Done();
    }

    /// Names who keeps something beside referrals. Call before the node starts.
    void connect(Companion other) {
        companion = companion.and(other);
    }

    Companion companion() {
        return companion;
    }

    /// Deletes one part of any referral. After a crash between key and row, doing it again ends it.
    void erase(Referral referral, Part part) {
        keys.destroy(referral.caseId(), part);
        database.run(
                tx -> {
                    table.markErased(tx, referral.id(), part, clock.instant());
                    if (part == Part.CASE) {
                        events.dropContents(tx, referral.id());
                        companion.erased(tx, referral);
                        if (referral.state() == State.WITHDRAWN
                                && referral.side() == Side.RECEIVER) {
                            work.schedule(tx, TELL, referral.id().toString(), clock.instant(), "");
                        }
                    }
                    audit.record(
                            tx,
                            Acting.node(referral.organization()),
                            part == Part.CASE ? "referral-case-erased" : "referral-contact-erased",
                            referral.id().toString());
                });
    }

    /// What was erased is taken out of the rows as well, when they are an older copy of themselves.
    /// How it ended they learn from the other side.
    void repeat(Referral referral, Part part) {
        if (keys.wasDestroyed(referral.caseId(), part)) {
            erase(referral, part);
        }
    }

    private Result tell(Job job) {
        var found = find(job);
        if (found.isEmpty()) {
            return new Result.Done();
        }
        var ours = found.get();
        return switch (partners.findToStop(ours)) {
            case Found.Ready(var partner) -> {
                var notice = partner.local().isPresent() ? ours.caseId() : noticeKey();
                database.run(
                        tx -> {
                            table.lock(tx, ours.id());
                            var now = table.find(tx, ours.id()).orElseThrow();
                            moves.get()
                                    .tellLate(
                                            tx,
                                            now,
                                            Kind.ERASED,
                                            new Travelling.Nothing(),
                                            partner,
                                            notice);
                        });
                yield new Result.Done();
            }
            case Found.NotAgreed _, Found.KeyChanged _ ->
                    new Result.Again(clock.instant().plus(AGAIN));
        };
    }

    /// A key for a letter about a case that has none any more.
    CaseId noticeKey() {
        var notice = new CaseId(ids.get());
        keys.create(notice);
        return notice;
    }

    private Optional<Referral> find(Job job) {
        return database.read(tx -> table.find(tx, new ReferralId(UUID.fromString(job.key()))));
    }
}
