// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.waymark.node.search.SearchEntry.Text;
import org.waymark.node.search.SearchEntry.Weight;

/// Measures the budget of `quality`: 95 of 100 searches over 20,000 listings in at most 10 ms. Run
/// its `main` from the test class path, with the flags of a small server.
final class SearchBenchmark {

    private static final int ENTRIES = 20_000;
    private static final int VOCABULARY = 60_000;
    private static final int SEARCHES = 1_000;

    private final Random random = new Random(42);
    private final List<String> vocabulary = vocabulary();

    public static void main(String[] arguments) throws Exception {
        new SearchBenchmark().run();
    }

    private void run() throws Exception {
        var folder = Files.createTempDirectory("search-benchmark");
        try (var index = SearchIndex.open(folder, "benchmark")) {
            long start = System.nanoTime();
            for (int batch = 0; batch < ENTRIES; batch += 500) {
                int from = batch;
                index.update(
                        update -> {
                            IntStream.range(from, from + 500).forEach(i -> update.put(entry(i)));
                            return from + 500;
                        });
            }
            System.out.printf("built in %d ms%n", (System.nanoTime() - start) / 1_000_000);
            try (var files = Files.list(folder)) {
                long bytes = files.mapToLong(file -> file.toFile().length()).sum();
                System.out.printf("%d KB on disk%n", bytes / 1024);
            }
            measure(index, "one word", 1, false);
            measure(index, "three words", 3, false);
            measure(index, "one typo", 1, true);
            measure(index, "three typos", 3, true);
        }
        System.gc();
        var memory = Runtime.getRuntime();
        System.out.printf(
                "%d KB of heap in use%n", (memory.totalMemory() - memory.freeMemory()) / 1024);
    }

    private void measure(SearchIndex index, String name, int words, boolean typo) {
        var times = new long[SEARCHES];
        long found = 0;
        for (int i = 0; i < SEARCHES; i++) {
            var typed =
                    IntStream.range(0, words)
                            .mapToObj(_ -> typo ? mistyped(word()) : word())
                            .collect(Collectors.joining(" "));
            long start = System.nanoTime();
            found += index.search(new SearchQuery(typed, Map.of(), 10_000, 0, 20)).total();
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        System.out.printf(
                "%-12s p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, %d hits a search%n",
                name,
                times[SEARCHES / 2] / 1e6,
                times[SEARCHES * 95 / 100] / 1e6,
                times[SEARCHES * 99 / 100] / 1e6,
                found / SEARCHES);
    }

    private SearchEntry entry(int number) {
        return new SearchEntry(
                "entry " + number,
                List.of(
                        new Text(Weight.TITLE, "en", words(4)),
                        new Text(Weight.TITLE, "ar", words(4)),
                        new Text(Weight.LABEL, "en", words(4)),
                        new Text(Weight.BODY, "en", words(60)),
                        new Text(Weight.BODY, "ar", words(40))),
                Map.of("topic", Set.of("topic " + number % 9), "spoken", Set.of("en", "ar")),
                number);
    }

    private String words(int count) {
        return IntStream.range(0, count).mapToObj(_ -> word()).collect(Collectors.joining(" "));
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
}
