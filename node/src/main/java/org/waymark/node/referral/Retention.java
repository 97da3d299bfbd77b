// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.RetentionSettings;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Job;
import org.waymark.node.work.Work;

/// Every night erases what is about people whose help has ended, by destroying the keys: contact
/// data first, everything else later, both soon after a person stopped it at the organisation that
/// should have helped, and drafts that nobody sent. What is still open is never touched, however
/// old: somebody may be acting on it. The rows without their contents stay, to be counted.
public final class Retention implements Handler {

    static final String WORK = "retention";

    // 3 o'clock at night: nobody works on a case.
    private static final LocalTime AT_NIGHT = LocalTime.of(3, 0);
    // 30 days: a draft waits for an agreement or a call; what waits longer was forgotten.
    private static final int DRAFT_DAYS = 30;
    private static final int AT_ONCE = 200;

    private final Database database;
    private final Work work;
    private final Erasures erasures;
    private final RetentionSettings settings;
    private final ZoneId zone;
    private final Clock clock;
    private final ReferralTable table = new ReferralTable();
    private final CallTable calls = new CallTable();

    public Retention(
            Database database,
            Work work,
            Referrals referrals,
            RetentionSettings settings,
            ZoneId zone,
            Clock clock) {
        this.database = database;
        this.work = work;
        this.erasures = referrals.erasures();
        this.settings = settings;
        this.zone = zone;
        this.clock = clock;
        work.handle(WORK, this);
    }

    /// Does it now, for nights on which the computer was off, and from then on every night.
    public void start() {
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    /// The rows are an older copy of themselves: what was erased since is taken out of them again.
    /// Call before workers run.
    public void restored() {
        for (var part : Part.values()) {
            var after = Optional.<ReferralId>empty();
            while (true) {
                var from = after;
                var some = database.read(tx -> table.listUnerased(tx, part, from, AT_ONCE));
                if (some.isEmpty()) {
                    break;
                }
                some.forEach(referral -> erasures.repeat(referral, part));
                after = Optional.of(some.getLast().id());
            }
        }
    }

    @Override
    public Result run(Job job) {
        var now = ZonedDateTime.ofInstant(clock.instant(), zone);
        var stopped = now.minus(Erasures.FREEZE).toInstant();
        var contactLimit = now.minusDays(settings.contactDays()).toInstant();
        var caseLimit = now.minusMonths(settings.caseMonths()).toInstant();
        var draftDays = Math.min(DRAFT_DAYS, settings.contactDays());
        var draftLimit = now.minusDays(draftDays).toInstant();
        // First: a key that is gone while the draft can still be sent would break the sending.
        database.run(tx -> table.discardDrafts(tx, draftLimit));
        for (var part : Part.values()) {
            eraseAll(part, (tx, most) -> table.listStopped(tx, part, stopped, most));
            eraseAll(part, (tx, most) -> table.listDiscarded(tx, part, draftLimit, most));
        }
        eraseAll(
                Part.CONTACT, (tx, most) -> table.listClosed(tx, Part.CONTACT, contactLimit, most));
        eraseAll(Part.CASE, (tx, most) -> table.listClosed(tx, Part.CASE, caseLimit, most));
        database.run(tx -> calls.removeBefore(tx, contactLimit));
        return new Result.Again(nextNight(now));
    }

    private static Instant nextNight(ZonedDateTime now) {
        var tonight = now.with(AT_NIGHT);
        return (tonight.isAfter(now) ? tonight : tonight.plusDays(1)).toInstant();
    }

    private void eraseAll(Part part, BiFunction<Transaction, Integer, List<Referral>> due) {
        while (true) {
            var some = database.read(tx -> due.apply(tx, AT_ONCE));
            if (some.isEmpty()) {
                return;
            }
            some.forEach(referral -> erasures.erase(referral, part));
        }
    }
}
