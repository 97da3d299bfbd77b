// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.ListingQuery.Narrow;
import org.waymark.node.listing.ListingQuery.Order;

/// The budgets of search at 20,000 listings: 95 of 100 searches with facets in at most 10 ms in
/// process, the index rebuilt in at most 20 s while serving. It prints what it measured.
@EnabledIfSystemProperty(named = "waymark.long", matches = "true")
class SearchSpeedLongTest {

    private static final int LISTINGS = Integer.getInteger("waymark.listings", 20_000);
    private static final int VOCABULARY = 30_000;
    private static final int SEARCHES = 1_000;
    private static final List<String> KNOWN =
            List.of(
                    "doctor",
                    "food",
                    "lawyer",
                    "asylum",
                    "shelter",
                    "school",
                    "job",
                    "dentist",
                    "طبيب",
                    "لجوء",
                    "ملابس",
                    "лікар",
                    "житло",
                    "médecin",
                    "logement",
                    "abogado");

    private final Random random = new Random(42);
    private final List<String> vocabulary = vocabulary();

    @Test
    void searchIsQuickAndARebuildDisturbsNobody(@TempDir Path folder) throws Exception {
        try (var desk = new Desk(Databases.inMemory());
                var index = ListingIndex.open(folder, "speed", desk.listings, Clock.systemUTC())) {
            for (int i = 0; i < LISTINGS; i++) {
                desk.listings.add(desk.amal, draft(i));
            }
            long began = System.nanoTime();
            index.catchUp();
            System.out.printf("index caught up with %d in %d ms%n", LISTINGS, since(began));

            measure(index, "warm-up", () -> query(2, false, true));
            measure(index, "no words, all facets", () -> query(0, false, false));
            var one = measure(index, "one word", () -> query(1, false, false));
            var narrowed = measure(index, "two words, narrowed", () -> query(2, false, true));
            var typed = measure(index, "one typing error", () -> query(1, true, false));
            var three = measure(index, "three words, one wrong", () -> query(3, true, true));

            var rebuilding = new AtomicBoolean(true);
            var took = new long[1];
            var rebuild =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        long start = System.nanoTime();
                                        index.rebuild();
                                        took[0] = since(start);
                                        rebuilding.set(false);
                                    });
            var served = new ArrayList<Long>();
            int fewest = Integer.MAX_VALUE;
            while (rebuilding.get()) {
                long start = System.nanoTime();
                fewest = Math.min(fewest, index.search(query(0, false, false)).total());
                served.add(System.nanoTime() - start);
            }
            rebuild.join();
            served.sort(Long::compare);
            System.out.printf(
                    "rebuilt in %d ms; meanwhile %d searches, p95 %.2f ms%n",
                    took[0], served.size(), served.get(served.size() * 95 / 100) / 1e6);

            assertThat(fewest).isEqualTo(LISTINGS);
            assertThat(took[0]).isLessThan(20_000);
            assertThat(List.of(one, narrowed, typed, three)).allMatch(p95 -> p95 <= 10.0);
        }
    }

    private interface Question {
        ListingQuery next();
    }

    /// Processor time stands beside the clock's, because it stays true on a machine that does other
    /// things meanwhile; it is what counts.
    private static double measure(ListingIndex index, String name, Question question) {
        var thread = ManagementFactory.getThreadMXBean();
        var times = new long[SEARCHES];
        var processor = new long[SEARCHES];
        long found = 0;
        for (int i = 0; i < SEARCHES; i++) {
            var asked = question.next();
            long start = System.nanoTime();
            long used = thread.getCurrentThreadCpuTime();
            found += index.search(asked).total();
            processor[i] = thread.getCurrentThreadCpuTime() - used;
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        Arrays.sort(processor);
        double p95 = processor[SEARCHES * 95 / 100] / 1e6;
        System.out.printf(
                "%-24s p50 %.2f ms, p95 %.2f ms; of processor time p50 %.2f ms, p95 %.2f ms; %d"
                        + " found%n",
                name,
                times[SEARCHES / 2] / 1e6,
                times[SEARCHES * 95 / 100] / 1e6,
                processor[SEARCHES / 2] / 1e6,
                p95,
                found / SEARCHES);
        return p95;
    }

    private ListingQuery query(int words, boolean wrong, boolean narrowed) {
        var typed = new ArrayList<String>();
        for (int i = 0; i < words; i++) {
            typed.add(random.nextBoolean() ? KNOWN.get(random.nextInt(KNOWN.size())) : word());
        }
        if (wrong) {
            typed.set(0, mistyped(typed.getFirst()));
        }
        var narrow =
                narrowed
                        ? new Narrow(
                                Optional.of(Topic.values()[random.nextInt(9)]),
                                Optional.empty(),
                                Optional.of("ar"),
                                random.nextBoolean(),
                                false,
                                false,
                                false,
                                Optional.of(AgeGroup.ADULT),
                                Set.of(Access.WALK_IN, Access.CALL_FIRST),
                                Set.of(),
                                Optional.of("town" + random.nextInt(30)),
                                Optional.empty())
                        : Narrow.to(Optional.empty(), Optional.empty());
        return new ListingQuery(String.join(" ", typed), "en", narrow, Optional.<Order>empty(), 0);
    }

    private Draft draft(int number) {
        var spot =
                new Spot(
                        Spot.NEW,
                        "",
                        List.of("Street " + number),
                        "Town" + number % 30,
                        "",
                        "",
                        "XL",
                        Optional.of(
                                new Spot.Point(50 + random.nextDouble(), 10 + random.nextDouble())),
                        "",
                        List.of());
        return Draft.named(new Text("en", Map.of("en", words(4), "ar", words(4))))
                .description(new Text("en", Map.of("en", words(60), "ar", words(30))))
                .eligibility(Text.of("en", words(10)))
                .topics(Set.of(Topic.values()[number % 9]))
                .access(Access.values()[number % Access.values().length])
                .languages(
                        List.of(
                                new SpokenLanguage(Optional.of("en"), "English"),
                                new SpokenLanguage(
                                        Optional.of(List.of("ar", "uk", "fr").get(number % 3)),
                                        "")))
                .spots(List.of(spot))
                .schedules(
                        List.of(
                                Schedule.weekly(
                                        EnumSet.of(DayOfWeek.of(1 + number % 7), DayOfWeek.MONDAY),
                                        LocalTime.of(8 + number % 6, 0),
                                        LocalTime.of(14 + number % 8, 0))))
                .fit(
                        new Fit(
                                number % 2 == 0,
                                number % 5 == 0 ? OptionalInt.of(18) : OptionalInt.empty(),
                                OptionalInt.empty(),
                                number % 7 == 0 ? Set.of(Situation.FAMILIES) : Set.of(),
                                List.of()))
                .build();
    }

    private String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        _ ->
                                random.nextInt(12) == 0
                                        ? KNOWN.get(random.nextInt(KNOWN.size()))
                                        : word())
                .collect(Collectors.joining(" "));
    }

    // Few words are frequent, most are rare, as in any language.
    private String word() {
        double share = random.nextDouble();
        return vocabulary.get((int) (VOCABULARY * share * share * share));
    }

    private String mistyped(String word) {
        int at = random.nextInt(word.length());
        return word.substring(0, at) + (char) ('a' + random.nextInt(26)) + word.substring(at + 1);
    }

    private List<String> vocabulary() {
        return IntStream.range(0, VOCABULARY)
                .mapToObj(
                        _ ->
                                random.ints(4 + random.nextInt(8), 'a', 'z' + 1)
                                        .mapToObj(Character::toString)
                                        .collect(Collectors.joining()))
                .toList();
    }

    private static long since(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }
}
