// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Listings;
import org.waymark.node.listing.UnmetNeeds;
import org.waymark.node.listing.handout.HandOutCounts;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Happening;
import org.waymark.node.referral.Happening.What;
import org.waymark.node.referral.Side;
import org.waymark.node.referral.Witness;
import org.waymark.node.work.Handler;
import org.waymark.node.work.Work;

/// Counts what happens to referrals in the transaction in which it happens, and tells the sums.
/// They outlive the referrals, and lie under a key of their own. Thread-safe.
public final class Evidence implements Witness {

    private static final String WORK = "evidence-sum";
    private static final Duration EVERY = Duration.ofDays(1);
    private static final int AT_ONCE = 200;
    // 60 days in hours: whoever answers later is late by any measure.
    private static final int LONGEST_HOURS = 1_440;
    private static final int MINUTES = 60;

    private final Database database;
    private final Access access;
    private final SealedCounts sealed;
    private final Listings listings;
    private final HandOutCounts handOuts;
    private final UnmetNeeds unmet;
    private final ZoneId zone;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Evidence(
            Database database,
            Work work,
            Access access,
            CaseKeys keys,
            Listings listings,
            HandOutCounts handOuts,
            UnmetNeeds unmet,
            ZoneId zone,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.sealed = new SealedCounts(keys);
        this.listings = listings;
        this.handOuts = handOuts;
        this.unmet = unmet;
        this.zone = zone;
        this.clock = clock;
        this.ids = ids;
        work.handle(
                WORK,
                _ -> {
                    sumUp();
                    return new Handler.Result.Again(clock.instant().plus(EVERY));
                });
        database.run(tx -> work.schedule(tx, WORK, "", clock.instant(), ""));
    }

    /// The own counts of a time, exactly.
    public Report report(Acting acting, Period period) {
        access.require(acting, acting.organization(), Right.SEE_REFERRALS);
        var counts = database.read(tx -> counts(tx, acting.organization(), period));
        var toldAbout =
                handOuts.list(acting).stream()
                        .filter(it -> period.holds(it.month()))
                        .collect(
                                Collectors.toMap(
                                        HandOutCounts.Month::month,
                                        HandOutCounts.Month::made,
                                        Long::sum));
        var searched = unmet.list(acting).stream().filter(it -> period.holds(it.month())).toList();
        return new Report(period, counts, toldAbout, searched);
    }

    private List<Count> counts(Transaction tx, OrganizationId organization, Period period) {
        var protectedNow = new HashMap<ListingId, Boolean>();
        return EvidenceTable.list(tx, organization, period.first(), period.last()).stream()
                .flatMap(sealed::open)
                .map(
                        it ->
                                it.listing()
                                                .filter(
                                                        listing ->
                                                                protectedNow.computeIfAbsent(
                                                                        listing,
                                                                        id ->
                                                                                isProtectedNow(
                                                                                        tx, id)))
                                                .isPresent()
                                        ? it.asProtected()
                                        : it)
                .map(Count::shown)
                .toList();
    }

    /// A house that was found to be one for people in danger later was one all along.
    private boolean isProtectedNow(Transaction tx, ListingId listing) {
        return listings.isKnownForPhoneOnly(Acting.node(), tx, listing);
    }

    /// This month and the eleven before it.
    public Period lastYear() {
        var last = YearMonth.now(clock.withZone(zone));
        return new Period(last.minusMonths(11), last);
    }

    /// What others may have numbers of, the newest first.
    public List<Period> forOthers() {
        return Period.halfYearsBefore(YearMonth.now(clock.withZone(zone)));
    }

    @Override
    public void happened(Transaction tx, Happening what) {
        var isProtected =
                what.listing()
                        .map(it -> listings.isForPhoneOnly(Acting.node(), tx, it))
                        .orElse(true);
        sealed.add(
                tx,
                ids.get(),
                what.organization(),
                YearMonth.from(what.at().atZone(zone)),
                false,
                counts(what, isProtected));
    }

    private List<Count> counts(Happening it, boolean isProtected) {
        var open = new Line(it, YearMonth.from(it.at().atZone(zone)), isProtected);
        var counts = new ArrayList<Count>();
        switch (it.what()) {
            case What.Asked _ -> counts.add(open.of(Measure.ASKED, ""));
            case What.Answered answered -> counts.add(open.of(answered));
            case What.Refused refused -> {
                var reason = refused.reason().map(Evidence::word).orElse("");
                var isLanguage = reason.equals("cannot-interpret");
                counts.add(
                        open.sealed(
                                Measure.REFUSED,
                                reason,
                                isLanguage ? it.interpreter().orElse("") : "",
                                it.times()));
            }
            case What.Ended ended -> {
                counts.add(open.of(ended.helped() ? Measure.HELPED : Measure.NOT_HELPED, ""));
                if (ended.helped() && it.people() > 0) {
                    counts.add(
                            open.sealed(Measure.REACHED, "", "", (long) it.times() * it.people()));
                }
            }
            case What.Stopped _ -> counts.add(open.of(Measure.STOPPED, ""));
        }
        return counts;
    }

    private record Line(Happening happening, YearMonth month, boolean isProtected) {

        Count of(Measure measure, String detail) {
            return of(measure, detail, 0, false);
        }

        Count of(What.Answered answered) {
            var hours = Math.min(LONGEST_HOURS, (answered.minutes() + MINUTES - 1) / MINUTES);
            return of(
                    Measure.ANSWERED,
                    word(answered.answer()),
                    Math.toIntExact(hours),
                    answered.inTime());
        }

        private Count of(Measure measure, String detail, int hours, boolean inTime) {
            return new Count(
                    month,
                    happening.side(),
                    measure,
                    happening.listing(),
                    happening.partner(),
                    happening.topic(),
                    detail,
                    "",
                    hours,
                    inTime,
                    isProtected,
                    happening.times());
        }

        /// What lies sealed in the referral. The service tells only whether it is protected; no
        /// table shows it beside these.
        Count sealed(Measure measure, String detail, String language, long times) {
            return new Count(
                    month,
                    happening.side(),
                    measure,
                    happening.listing(),
                    "",
                    happening.topic(),
                    detail,
                    language,
                    0,
                    false,
                    isProtected,
                    times);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void sumUp() {
        for (var table : EvidenceTable.CLEAR) {
            while (database.write(tx -> sealSome(tx, table)) == AT_ONCE) {
                // The next ones.
            }
        }
        for (var open : database.read(EvidenceTable::listOpen)) {
            while (database.write(tx -> sumSome(tx, open))) {
                // The next ones.
            }
        }
    }

    private int sealSome(Transaction tx, String table) {
        var clear = EvidenceTable.listClear(tx, table, AT_ONCE);
        for (var one : clear) {
            EvidenceTable.dropClear(tx, one);
            var count = one.count();
            sealed.add(tx, one.id(), one.organization(), count.month(), false, List.of(count));
        }
        return clear.size();
    }

    /// Only what can be read is taken: what cannot waits for its key.
    private boolean sumSome(Transaction tx, EvidenceTable.Open open) {
        var rows =
                EvidenceTable.listToSum(tx, open).stream()
                        .filter(it -> sealed.read(it).isPresent())
                        .limit(AT_ONCE)
                        .toList();
        if (rows.stream().allMatch(EvidenceTable.Sealed::isSum)) {
            return false;
        }
        var counts = rows.stream().flatMap(sealed::open).toList();
        for (var row : rows) {
            if (!EvidenceTable.take(tx, row.id())) {
                throw new IllegalStateException("Another night is summing up");
            }
        }
        sealed.add(
                tx,
                ids.get(),
                open.organization(),
                open.month(),
                true,
                SealedCounts.sum(open.month(), counts));
        return true;
    }

    /// Which side a count is of, for those who read it.
    static boolean isOf(Count count, Side side, Measure measure) {
        return count.side() == side && count.measure() == measure;
    }
}
