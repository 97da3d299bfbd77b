// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.search.SearchEntry.Spot;
import org.waymark.node.search.SearchEntry.Text;
import org.waymark.node.search.SearchEntry.Weight;

/// A word that got into the index is found there, wherever in an entry it stood.
class IndexReadingTest {

    private static final String NAME = "Zarquillaname Qwmärker";

    static Stream<SearchEntry> entries() {
        return Stream.of(
                entry(NAME, List.of(), Map.of(), List.of(), ""),
                titled("en", "For " + NAME.toUpperCase(Locale.ROOT) + " alone"),
                titled("fr", NAME),
                titled("ar", NAME),
                entry(
                        "1",
                        List.of(new Text(Weight.BODY, "de", "Für " + NAME)),
                        Map.of(),
                        List.of(),
                        ""),
                entry("1", List.of(new Text(Weight.LABEL, "", NAME)), Map.of(), List.of(), ""),
                entry("1", List.of(), Map.of("topic", Set.of(NAME)), List.of(), ""),
                entry("1", List.of(), Map.of(), List.of(Spot.in(NAME, Optional.empty())), ""),
                entry("1", List.of(), Map.of(), List.of(), "{\"a\":\"" + NAME + "\"}"));
    }

    private static SearchEntry titled(String language, String title) {
        return entry(
                "1", List.of(new Text(Weight.TITLE, language, title)), Map.of(), List.of(), "");
    }

    private static SearchEntry entry(
            String id,
            List<Text> texts,
            Map<String, Set<String>> keywords,
            List<Spot> spots,
            String carried) {
        return new SearchEntry(id, texts, keywords, spots, carried, 1);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aWordIsFoundWhereverItStood(SearchEntry entry, @TempDir Path folder) {
        update(folder, titled("en", "Beds for families"), 1);
        assertThat(IndexReading.find(folder, List.of(NAME))).isEmpty();

        update(folder, entry, 2);

        assertThat(IndexReading.find(folder, List.of(NAME))).containsExactly(NAME);
        assertThat(IndexReading.find(folder, List.of("zarquillaname", "qwmarker", "beds")))
                .contains("zarquillaname", "qwmarker");
    }

    // Closed, it lies on the disk.
    private static void update(Path folder, SearchEntry entry, long number) {
        try (var index = SearchIndex.open(folder, "source", Meanings::none)) {
            index.update(
                    update -> {
                        update.put(entry);
                        return number;
                    });
        }
    }
}
