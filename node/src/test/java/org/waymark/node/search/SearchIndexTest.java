// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.search.Meanings.Line;
import org.waymark.node.search.SearchEntry.Point;
import org.waymark.node.search.SearchEntry.Spot;
import org.waymark.node.search.SearchEntry.Text;
import org.waymark.node.search.SearchEntry.Weight;
import org.waymark.node.search.SearchQuery.Live;
import org.waymark.node.search.SearchQuery.Order;

class SearchIndexTest {

    @TempDir Path folder;
    private Meanings meanings = Meanings.none();
    private SearchIndex index;

    @BeforeEach
    void open() {
        index = SearchIndex.open(folder, "source", () -> meanings);
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
        assertThat(filtered(Map.of("spoken", Set.of("ar"))).ids())
                .containsExactly("clinic", "asylum");
        assertThat(filtered(Map.of("spoken", Set.of("ar"), "topic", Set.of("papers"))).ids())
                .containsExactly("asylum");
        assertThat(filtered(Map.of("topic", Set.of("unheard"))).ids()).isEmpty();
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
        assertThat(filtered(Map.of()).counts().get("topic"))
                .isEqualTo(Map.of("papers", 1, "health", 1, "money", 1));
        assertThat(filtered(Map.of("spoken", Set.of("ar"))).counts().get("topic"))
                .isEqualTo(Map.of("papers", 1, "health", 1));
        assertThat(search("doctor").counts().get("topic")).isEqualTo(Map.of("health", 1));
    }

    @Test
    void aGroupCountsAsIfItsOwnFilterWereNotThere() {
        var hits = filtered(Map.of("spoken", Set.of("ar"), "topic", Set.of("papers")));

        assertThat(hits.total()).isEqualTo(1);
        assertThat(hits.counts().get("topic")).isEqualTo(Map.of("papers", 1, "health", 1));
        assertThat(hits.counts().get("spoken")).isEqualTo(Map.of("ar", 1, "en", 1));
        assertThat(filtered(Map.of("topic", Set.of("papers", "money"))).ids())
                .containsExactly("kitchen", "asylum");
    }

    @Test
    void aLiveFilterNarrowsOrIsCounted() {
        Predicate<String> open = carried -> carried.equals("open");

        var counted = index.search(SearchQuery.of("").live(new Live("now", open, false)));
        assertThat(counted.total()).isEqualTo(3);
        assertThat(counted.live()).isEqualTo(1);

        var narrowed = index.search(SearchQuery.of("").live(new Live("now", open, true)));
        assertThat(narrowed.ids()).containsExactly("clinic");
        assertThat(narrowed.live()).isEqualTo(1);
        assertThat(narrowed.unfiltered()).isEqualTo(3);
        assertThat(
                        index.search(SearchQuery.of("").live(new Live("later", _ -> false, true)))
                                .total())
                .isZero();
    }

    @Test
    void theNearestStandFirstAndWhoSaysNoPointIsInTheMiddleOfTheTown() {
        assertThat(index.places()).isEqualTo(Map.of("lindmar", "Lindmar", "ostby", "Östby"));

        var near = index.search(SearchQuery.of("").near("lindmar").by(Order.DISTANCE));
        assertThat(near.ids()).containsExactly("clinic", "kitchen", "asylum");
        assertThat(near.hits().getFirst().kilometres()).hasValueCloseTo(0.0, within(0.1));
        assertThat(near.hits().get(1).kilometres()).isEmpty();
        var other = index.search(SearchQuery.of("").near("ostby").by(Order.DISTANCE));
        assertThat(other.ids()).containsExactly("kitchen", "clinic", "asylum");
        assertThat(other.hits().get(1).kilometres()).isEmpty();
        assertThat(index.search(SearchQuery.of("").near("nowhere").by(Order.DISTANCE)).total())
                .isEqualTo(3);
    }

    @Test
    void whatMeansTheSameIsFoundInEveryLanguage() {
        index.close();
        meanings =
                Meanings.of(
                        List.of(
                                new Line("doctor", "en", List.of("doctor", "GP", "family doctor")),
                                new Line("doctor", "ar", List.of("طبيب", "طبيب العائلة")),
                                new Line("doctor", "", List.of("Hausarzt")),
                                new Line("pain", "fr", List.of("pain")),
                                new Line("-", "en", List.of("where is a"))));
        open();

        assertThat(search("GP").ids()).containsExactly("clinic");
        assertThat(search("where is a Hausarzt").ids()).containsExactly("clinic");
        assertThat(search("الطبيب").ids()).containsExactly("clinic");
        assertThat(search("طبيب العائلة").ids()).containsExactly("clinic");
        assertThat(search("Hausarst").ids()).containsExactly("clinic");
        assertThat(search("GP").meanings()).containsExactly("doctor");
        assertThat(search("pain").meanings()).containsExactly("pain");
        assertThat(search("plumber").meanings()).isEmpty();
    }

    @Test
    void anIndexThatWasAddedToWithOtherMeaningsSaysSo() {
        assertThat(index.isOutdated()).isFalse();

        meanings = Meanings.of(List.of(new Line("doctor", "en", List.of("doctor"))));
        assertThat(index.isOutdated()).isTrue();

        index.update(
                update -> {
                    update.clear();
                    update.put(clinic());
                    return 8;
                });
        assertThat(index.isOutdated()).isFalse();
    }

    @Test
    void whereNothingIsFoundTheClosestWordsAreOffered() {
        assertThat(search("xlinic").instead()).isEmpty();
        assertThat(search("xxdoctor").instead()).isEqualTo("doctor");
        assertThat(search("qqqqqqqq").instead()).isEmpty();
        assertThat(search("clinic").instead()).isEmpty();
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
    void theWordsOfWhatIsRemovedAreNotOffered() {
        // So many that the files are not written anew for one that goes.
        index.update(
                update -> {
                    for (int i = 0; i < 50; i++) {
                        update.put(entry("twin-" + i, i));
                    }
                    return 8;
                });
        assertThat(search("xxdoctor").instead()).isEqualTo("doctor");

        index.update(
                update -> {
                    update.remove("clinic");
                    return 9;
                });

        assertThat(search("xxdoctor").instead()).isEmpty();
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
        index = SearchIndex.open(folder, "source", () -> meanings);

        assertThat(index.applied()).isEqualTo(7);
        assertThat(search("asylum").ids()).containsExactly("asylum");
    }

    @Test
    void anIndexOfAnotherSourceIsEmptied() {
        index.close();
        index = SearchIndex.open(folder, "restored", Meanings::none);

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
        index = SearchIndex.open(folder, "source", () -> meanings);

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
        assertThat(SearchQuery.of("secret").toString()).doesNotContain("secret");
    }

    private SearchHits search(String words) {
        return page(words, 0, 20);
    }

    private SearchHits page(String words, int offset, int size) {
        return index.search(SearchQuery.of(words).freshSince(10).page(offset, size));
    }

    private SearchHits filtered(Map<String, Set<String>> filters) {
        return index.search(SearchQuery.of(" ").filtered(filters));
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
                List.of(Spot.in("Lindmar", Optional.of(new Point(50, 10)))),
                "open",
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
                List.of(Spot.in("Östby", Optional.empty())),
                "closed",
                40);
    }

    private static SearchEntry entry(String id, long freshness) {
        return new SearchEntry(
                id, List.of(new Text(Weight.TITLE, "en", "Twin service")), Map.of(), freshness);
    }
}
