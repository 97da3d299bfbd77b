// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.search.SearchEntry.Text;
import org.waymark.node.search.SearchEntry.Weight;

class SearchIndexTest {

    @TempDir Path folder;
    private SearchIndex index;

    @BeforeEach
    void open() {
        index = SearchIndex.open(folder, "source");
        index.update(
                update -> {
                    update.put(asylum());
                    update.put(clinic());
                    update.put(kitchen());
                    return 7;
                });
    }

    @AfterEach
    void close() {
        index.close();
    }

    @ParameterizedTest
    @CsvSource({
        "asylum, asylum",
        "assylum, asylum",
        "asilum, asylum",
        "sylum, asylum",
        "LAWYER, asylum",
        "lawyer for my asylum, asylum",
        "لجوء, asylum",
        "اللجوء, asylum",
        "لُجُوء, asylum",
        "محام, asylum",
        "اقامة, asylum",
        "إقامه, asylum",
        "health clinic, clinic",
        "sante, clinic",
        "santé, clinic",
        "medecins, clinic",
        "лікаря, clinic",
        "здоровя, clinic",
        "doctr, clinic",
        "Krankenhaus, clinic",
        "kranken, clinic",
        "comedores, kitchen",
        "foood, kitchen"
    })
    void isFoundByWordsAsPeopleTypeThem(String words, String id) {
        assertThat(search(words).ids()).first().isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"zzzz", "12345", "fot"})
    void isNotFoundByOtherWords(String words) {
        assertThat(search(words).ids()).isEmpty();
    }

    @Test
    void allWordsCountUntilNothingHasThemAll() {
        assertThat(search("asylum advice").ids()).containsExactly("asylum");
        assertThat(search("asylum advice").partly()).isFalse();

        assertThat(search("asylum doctor").ids()).containsExactlyInAnyOrder("asylum", "clinic");
        assertThat(search("asylum doctor").partly()).isTrue();
    }

    @Test
    void filtersChooseAndWithoutWordsTheFreshestComesFirst() {
        assertThat(filtered(Map.of()).ids()).containsExactly("kitchen", "clinic", "asylum");
        assertThat(filtered(Map.of("spoken", "ar")).ids()).containsExactly("clinic", "asylum");
        assertThat(filtered(Map.of("spoken", "ar", "topic", "papers")).ids())
                .containsExactly("asylum");
        assertThat(filtered(Map.of("topic", "unheard")).ids()).isEmpty();
    }

    @Test
    void equalsStandInTheOrderOfFreshnessThenId() {
        index.update(
                update -> {
                    for (var id : List.of("c", "a", "b")) {
                        update.put(entry(id, id.equals("b") ? 9 : 8));
                    }
                    return 8;
                });

        assertThat(search("twin").ids()).containsExactly("b", "a", "c");
        assertThat(page("twin", 1, 1).ids()).containsExactly("a");
        assertThat(page("twin", 1, 1).total()).isEqualTo(3);
    }

    @Test
    void whatIsFreshRanksAboveWhatIsNot() {
        index.update(
                update -> {
                    update.put(entry("a-old", 1));
                    update.put(entry("b-new", 50));
                    return 8;
                });

        assertThat(search("twin").ids()).containsExactly("b-new", "a-old");
    }

    @Test
    void keywordsAreCounted() {
        assertThat(index.counts("topic", Map.of()))
                .isEqualTo(Map.of("papers", 1, "health", 1, "money", 1));
        assertThat(index.counts("topic", Map.of("spoken", "ar")))
                .isEqualTo(Map.of("papers", 1, "health", 1));
        assertThat(index.counts("unheard", Map.of())).isEmpty();
    }

    @Test
    void whatIsRemovedIsNotFound() {
        index.update(
                update -> {
                    update.remove("asylum");
                    return 8;
                });

        assertThat(search("asylum").ids()).isEmpty();
        assertThat(index.applied()).isEqualTo(8);
    }

    @Test
    void aFailedUpdateLeavesTheIndexAsItWas() {
        assertThatThrownBy(
                        () ->
                                index.update(
                                        update -> {
                                            update.clear();
                                            throw new IllegalStateException("source is gone");
                                        }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(index.applied()).isEqualTo(7);
        index.update(_ -> 8);
        assertThat(search("asylum").ids()).containsExactly("asylum");
    }

    @Test
    void aSearchDuringAnUpdateSeesWhatWasBefore() {
        index.update(
                update -> {
                    update.clear();
                    assertThat(search("asylum").ids()).containsExactly("asylum");
                    return 8;
                });

        assertThat(search("asylum").ids()).isEmpty();
    }

    @Test
    void entriesAndNumberSurviveAClose() {
        index.close();
        index = SearchIndex.open(folder, "source");

        assertThat(index.applied()).isEqualTo(7);
        assertThat(search("asylum").ids()).containsExactly("asylum");
    }

    @Test
    void anIndexOfAnotherSourceIsEmptied() {
        index.close();
        index = SearchIndex.open(folder, "restored");

        assertThat(index.applied()).isZero();
        assertThat(search("asylum").ids()).isEmpty();
    }

    @Test
    void aDamagedIndexIsEmptied() throws Exception {
        index.close();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> !f.endsWith("write.lock")).toList()) {
                Files.writeString(file, "garbage");
            }
        }
        index = SearchIndex.open(folder, "source");

        assertThat(index.applied()).isZero();
        index.update(
                update -> {
                    update.put(asylum());
                    return 1;
                });
        assertThat(search("asylum").ids()).containsExactly("asylum");
    }

    @Test
    void aQuestionOfAnyLengthIsAnswered() {
        assertThat(search("asylum ".repeat(5_000) + "x".repeat(40_000)).ids())
                .containsExactly("asylum");
        assertThat(search("*:* AND \"(){}[]^~?\\/ asylum").ids()).contains("asylum");
    }

    @Test
    void aQueryDoesNotPrintItself() {
        assertThat(new SearchQuery("secret", Map.of(), 0, 0, 1).toString())
                .doesNotContain("secret");
    }

    private SearchHits search(String words) {
        return page(words, 0, 20);
    }

    private SearchHits page(String words, int offset, int size) {
        return index.search(new SearchQuery(words, Map.of(), 10, offset, size));
    }

    private SearchHits filtered(Map<String, String> filters) {
        return index.search(new SearchQuery(" ", filters, 10, 0, 20));
    }

    private static SearchEntry asylum() {
        return new SearchEntry(
                "asylum",
                List.of(
                        new Text(Weight.TITLE, "en", "Asylum advice"),
                        new Text(Weight.TITLE, "ar", "المشورة بشأن اللجوء"),
                        new Text(Weight.BODY, "en", "Our lawyers help with asylum and residence."),
                        new Text(Weight.BODY, "ar", "محامٍ يساعدكم في طلب اللجوء والإقامة")),
                Map.of("topic", Set.of("papers"), "spoken", Set.of("ar", "en")),
                20);
    }

    private static SearchEntry clinic() {
        return new SearchEntry(
                "clinic",
                List.of(
                        new Text(Weight.TITLE, "en", "Open clinic"),
                        new Text(Weight.TITLE, "fr", "Clinique ouverte"),
                        new Text(Weight.LABEL, "en", "Health"),
                        new Text(Weight.LABEL, "fr", "Santé"),
                        new Text(Weight.LABEL, "de", "Krankenhäuser"),
                        new Text(Weight.BODY, "en", "See a doctor without papers."),
                        new Text(Weight.BODY, "fr", "Voir un médecin sans papiers."),
                        new Text(Weight.BODY, "uk", "Лікар і здоров'я для всіх. Krankenhaus")),
                Map.of("topic", Set.of("health"), "spoken", Set.of("ar", "fr", "uk")),
                30);
    }

    private static SearchEntry kitchen() {
        return new SearchEntry(
                "kitchen",
                List.of(
                        new Text(Weight.TITLE, "en", "Food for everyone"),
                        new Text(Weight.TITLE, "es", "Comedor social"),
                        new Text(Weight.BODY, "es", "Comida caliente cada día")),
                Map.of("topic", Set.of("money"), "spoken", Set.of("es")),
                40);
    }

    private static SearchEntry entry(String id, long freshness) {
        return new SearchEntry(
                id, List.of(new Text(Weight.TITLE, "en", "Twin service")), Map.of(), freshness);
    }
}
