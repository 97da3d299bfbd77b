// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.UnmetNeeds;
import org.waymark.node.referral.Side;

/// The counts of one organisation over a time, exactly. Not for publication; see [Published].
///
/// @param toldAbout hand-outs made on this node, by month
/// @param searched what people on this node looked for and did not find
public record Report(
        Period period,
        List<Count> counts,
        Map<YearMonth, Long> toldAbout,
        List<UnmetNeeds.Need> searched) {

    public Report {
        counts = List.copyOf(counts);
        toldAbout = Map.copyOf(toldAbout);
        searched = List.copyOf(searched);
    }

    public long total(Side side, Measure measure) {
        return sum(of(side, measure), _ -> true);
    }

    /// Answers that came before the time was over.
    public long inTime(Side side) {
        return sum(of(side, Measure.ANSWERED), Count::inTime);
    }

    public long toldAboutInAll() {
        return toldAbout.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The share of answers that came in time, in whole percent; empty without answers.
    public OptionalInt percentInTime(Side side) {
        var all = total(side, Measure.ANSWERED);
        return all <= 0
                ? OptionalInt.empty()
                : OptionalInt.of(Math.toIntExact(Math.round(100.0 * inTime(side) / all)));
    }

    /// Half of the answers came within so many hours; empty without answers.
    public OptionalInt medianHours(Side side) {
        var byHours = new TreeMap<Integer, Long>();
        of(side, Measure.ANSWERED).forEach(it -> byHours.merge(it.hours(), it.times(), Long::sum));
        var all = byHours.values().stream().mapToLong(Long::longValue).sum();
        long seen = 0;
        for (var entry : byHours.entrySet()) {
            seen += entry.getValue();
            if (entry.getValue() > 0 && 2 * seen >= all) {
                return OptionalInt.of(entry.getKey());
            }
        }
        return OptionalInt.empty();
    }

    /// For every month of the time, also those without any.
    public Map<YearMonth, Long> byMonth(Side side, Measure measure) {
        var sums = new TreeMap<YearMonth, Long>();
        period.months().forEach(it -> sums.put(it, 0L));
        of(side, measure).forEach(it -> sums.merge(it.month(), it.times(), Long::sum));
        return sums;
    }

    /// The most first; words of the same number by their order.
    public List<Map.Entry<String, Long>> by(
            Side side, Measure measure, Function<Count, String> word) {
        var sums =
                of(side, measure).stream()
                        .collect(
                                Collectors.groupingBy(
                                        word, TreeMap::new, Collectors.summingLong(Count::times)));
        var sorted = new ArrayList<>(sums.entrySet());
        sorted.removeIf(it -> it.getValue() == 0);
        sorted.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()));
        return List.copyOf(sorted);
    }

    /// Languages for which somebody was refused because nobody could interpret.
    public List<Map.Entry<String, Long>> unmetLanguages(Side side) {
        return by(side, Measure.REFUSED, Count::language).stream()
                .filter(it -> !it.getKey().isEmpty())
                .toList();
    }

    /// One partner's answers.
    public Report withPartner(String partner) {
        return where(it -> it.partner().equals(partner));
    }

    /// One service.
    public Report withListing(ListingId listing) {
        return where(it -> it.listing().filter(listing::equals).isPresent());
    }

    /// What may stand in a count of this one organisation.
    Report withoutProtected() {
        return where(it -> !it.isProtected());
    }

    private Report where(Predicate<Count> which) {
        return new Report(period, counts.stream().filter(which).toList(), toldAbout, searched);
    }

    List<Count> of(Side side, Measure measure) {
        return counts.stream().filter(it -> Evidence.isOf(it, side, measure)).toList();
    }

    private static long sum(List<Count> some, Predicate<Count> which) {
        return some.stream().filter(which).mapToLong(Count::times).sum();
    }
}
