// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;

/// Words as people type them, in six languages, on a small directory of our own making: the files
/// `search-directory.csv` and `search-queries.csv`. A question counts as answered when one of the
/// listings it expects is among the first five.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchSetTest {

    private static final double LEAST_RECALL = 0.95;
    private static final int FIRST = 5;

    private final Desk desk = new Desk(Databases.inMemory());
    private final Map<ListingId, String> names = new HashMap<>();
    private ListingIndex index;

    private record Question(String language, String kind, String words, List<String> expected) {}

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        for (var row : read("search-directory.csv")) {
            var added = desk.listings.add(desk.amal, draft(row));
            names.put(added.id(), row.getField("id"));
        }
        index = ListingIndex.open(folder, "restore", desk.listings, Clock.systemUTC());
        index.catchUp();
    }

    @AfterAll
    void close() {
        index.close();
        desk.close();
    }

    @Test
    void nearlyEveryQuestionIsAnsweredAmongTheFirstFive() throws IOException {
        var asked = new TreeMap<String, Integer>();
        var missed = new ArrayList<Question>();
        for (var question : questions()) {
            asked.merge(question.language(), 1, Integer::sum);
            var found = found(question.words(), question.language());
            if (question.expected().stream().noneMatch(found::contains)) {
                missed.add(question);
                System.out.println(question + " found " + found);
            }
        }
        int all = asked.values().stream().mapToInt(Integer::intValue).sum();
        double recall = 1 - (double) missed.size() / all;
        System.out.printf("Search set: recall@5 %.3f of %d questions %s%n", recall, all, asked);

        assertThat(all).isGreaterThanOrEqualTo(120);
        assertThat(asked).containsOnlyKeys("ar", "en", "es", "fa", "fr", "uk");
        assertThat(recall).as("missed: " + missed).isGreaterThanOrEqualTo(LEAST_RECALL);
        // Forgiving typing errors would hide that letters are not folded any more.
        assertThat(missed).as("spelt with other letters").noneMatch(it -> it.kind().equals("form"));
    }

    @Test
    void nonsenseFindsNothing() {
        for (var words : List.of("xyzzyqq", "قققققق", "щщщщщщ", "98127398")) {
            assertThat(found(words, "en")).as(words).isEmpty();
        }
    }

    private List<String> found(String words, String language) {
        var query =
                new ListingQuery(
                        words,
                        language,
                        ListingQuery.Narrow.to(Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        0);
        return index.search(query).listings().stream()
                .limit(FIRST)
                .map(listing -> names.getOrDefault(listing.id(), ""))
                .toList();
    }

    private static List<Question> questions() throws IOException {
        return read("search-queries.csv").stream()
                .map(
                        row ->
                                new Question(
                                        row.getField("language"),
                                        row.getField("kind"),
                                        row.getField("words"),
                                        List.of(row.getField("expected").split("\\|"))))
                .toList();
    }

    private static Draft draft(NamedCsvRecord row) {
        return Draft.named(text(row, "name", "other_name"))
                .description(text(row, "description", "other_description"))
                .topics(
                        Arrays.stream(row.getField("topics").split("\\|"))
                                .map(slug -> Topic.ofSlug(slug).orElseThrow())
                                .collect(Collectors.toSet()))
                .spots(List.of(Spot.at("", "", row.getField("city"), "XL")))
                .build();
    }

    private static Text text(NamedCsvRecord row, String column, String other) {
        var words = new TreeMap<String, String>();
        words.put(row.getField("language"), row.getField(column));
        if (!row.getField(other).isEmpty()) {
            words.put(row.getField("other_language"), row.getField(other));
        }
        return new Text(row.getField("language"), words);
    }

    private static List<NamedCsvRecord> read(String file) throws IOException {
        var stream = SearchSetTest.class.getResourceAsStream("/listing/" + file);
        try (Reader reader =
                new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8)) {
            return CsvReader.builder().ofNamedCsvRecord(reader).stream().toList();
        }
    }
}
