// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Audit;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralClock.History;
import org.waymark.node.work.Handler.Result;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Rings [ReferralClock]s: writes the line of the timeline that says so, opens the duty, and tells
/// whoever wants to know. Nothing else: no state moves and no other organisation hears of it.
final class Clocks {

    private static final String WORK = "referral-clock";

    private final Database database;
    private final Work work;
    private final CaseFiles files;
    private final Partners partners;
    private final Audit audit;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final ReferralTable table = new ReferralTable();
    private final DutyTable duties = new DutyTable();
    private final List<Bell> bells = new CopyOnWriteArrayList<>();

    Clocks(
            Database database,
            Work work,
            CaseFiles files,
            Partners partners,
            Audit audit,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.work = work;
        this.files = files;
        this.partners = partners;
        this.audit = audit;
        this.zone = zone;
        this.clock = clock;
        this.ids = ids;
        work.handle(WORK, this::ring);
    }

    void add(Bell bell) {
        bells.add(bell);
    }

    /// Sets them by where the referral stands now.
    void wind(Transaction tx, Referral referral) {
        next(tx, referral)
                .ifPresent(due -> work.schedule(tx, WORK, referral.id().toString(), due, ""));
    }

    private Result ring(Job job) {
        return database.write(
                tx -> {
                    var id = new ReferralId(UUID.fromString(job.key()));
                    table.lock(tx, id);
                    var found = table.find(tx, id);
                    if (found.isEmpty()) {
                        return new Result.Done();
                    }
                    var referral = found.get();
                    var now = clock.instant();
                    for (var one : ReferralClock.values()) {
                        if (due(tx, referral, one).filter(it -> !it.isAfter(now)).isPresent()) {
                            ring(tx, referral, one, now);
                        }
                    }
                    return next(tx, referral)
                            .<Result>map(Result.Again::new)
                            .orElseGet(Result.Done::new);
                });
    }

    private void ring(Transaction tx, Referral referral, ReferralClock one, Instant now) {
        files.addEvent(
                tx,
                referral,
                new ReferralEvent(
                        ids.get(),
                        referral.id(),
                        now,
                        referral.side().party(),
                        one.kind(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        one.duty().ifPresent(duty -> duties.open(tx, referral, duty, now));
        audit.record(
                tx,
                Acting.node(referral.organization()),
                Moves.action(one.kind()),
                referral.id().toString());
        if (partners.isOutside(referral.partner())
                && (one == ReferralClock.REMINDER || one == ReferralClock.STILL_GOING)) {
            partners.outside().said(tx, referral, one.kind());
        }
        bells.forEach(it -> it.rang(tx, referral, one));
    }

    private Optional<Instant> next(Transaction tx, Referral referral) {
        return Arrays.stream(ReferralClock.values())
                .flatMap(it -> due(tx, referral, it).stream())
                .min(Instant::compareTo);
    }

    private Optional<Instant> due(Transaction tx, Referral referral, ReferralClock one) {
        if (referral.state() == State.DRAFT || !referral.state().isOpen()) {
            return Optional.empty();
        }
        var history = History.of(files.history(tx, referral));
        var until =
                one == ReferralClock.CONSENT
                        ? files.read(tx, referral, Consent.class).map(Consent::until)
                        : Optional.<LocalDate>empty();
        var rings = referral.side() == Side.RECEIVER || partners.isOutside(referral.partner());
        return one.due(referral, rings, until, history, zone);
    }
}
