// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;

class ListingIndexTest {

    @TempDir Path folder;
    private final Desk desk = new Desk(Databases.inMemory());
    private ListingIndex index;

    @BeforeEach
    void open() {
        index = ListingIndex.open(folder, "restore", desk.listings, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        index.close();
        desk.close();
    }

    @Test
    void aListingIsFoundInEachOfItsLanguages() {
        var advice = desk.listings.add(desk.amal, advice().build());
        index.catchUp();

        assertThat(ids("asylum advise")).containsExactly(advice.id());
        assertThat(ids("اللجوء")).containsExactly(advice.id());
        assertThat(ids("papers")).containsExactly(advice.id());
        assertThat(ids("cooking")).isEmpty();
    }

    @Test
    void aTownIsFoundByItsNameInEachLanguage() {
        var advice =
                desk.listings.add(
                        desk.amal,
                        advice().spots(List.of(Spot.at("Harbour Street 4", "", "Lindmar", "GB")))
                                .build());
        var place = desk.listings.edit(desk.amal, advice.id()).orElseThrow().build().spots();
        new TranslationEdits(
                        desk.database,
                        desk.listings,
                        desk.staff.access,
                        desk.staff.audit,
                        Clock.systemUTC())
                .save(
                        desk.amal,
                        place.getFirst().id(),
                        "ar",
                        Map.of(
                                "city",
                                new TranslationEdits.Written(
                                        "ليندمار", TranslationTable.mark(""), true)));
        index.catchUp();

        assertThat(ids("ليندمار")).containsExactly(advice.id());
        assertThat(ids("lindmar")).containsExactly(advice.id());

        var now = desk.listings.find(desk.amal, advice.id()).orElseThrow();
        desk.listings.replace(
                desk.amal,
                now.id(),
                now.version(),
                desk.listings.edit(desk.amal, now.id()).orElseThrow().place(Place.AREA).build());
        index.catchUp();
        assertThat(ids("ليندمار")).as("what was written of the place does not stay").isEmpty();
        assertThat(ids("lindmar")).containsExactly(advice.id());
    }

    @Test
    void topicAndSpokenLanguageNarrow() {
        var advice = desk.listings.add(desk.amal, advice().build());
        index.catchUp();

        assertThat(ids("", Topic.PAPERS, "ar-SY")).containsExactly(advice.id());
        assertThat(ids("", Topic.HEALTH, "ar")).isEmpty();
        assertThat(ids("", Topic.PAPERS, "fr")).isEmpty();
        assertThat(index.countByTopic()).containsEntry(Topic.PAPERS, 1);
        assertThat(index.countBySpokenLanguage()).isEqualTo(Map.of("ar", 1));
    }

    @Test
    void aChangeIsFoundAndWhatItSaidBeforeIsNot() {
        var advice = desk.listings.add(desk.amal, advice().build());
        index.catchUp();

        desk.listings.replace(
                desk.amal,
                advice.id(),
                advice.version(),
                Draft.of(advice).name(Text.of("en", "Cooking together")).build());
        index.catchUp();

        assertThat(ids("cooking")).containsExactly(advice.id());
        assertThat(ids("advice")).isEmpty();
    }

    @Test
    void whatIsClosedOrForPartnersOnlyIsNotFound() {
        var closed = desk.listings.add(desk.amal, advice().build());
        desk.listings.add(desk.amal, advice().reach(Reach.PARTNERS).build());
        desk.listings.add(desk.amal, advice().kind(Kind.ENFORCEMENT).build());
        index.catchUp();
        assertThat(ids("asylum")).containsExactly(closed.id());

        desk.listings.close(desk.amal, closed.id());

        // The index does not know yet, the row does.
        assertThat(ids("asylum")).isEmpty();
        index.catchUp();
        assertThat(index.search(query("asylum")).total()).isZero();
    }

    @Test
    void theOpenInterfaceIsGivenOnlyWhatMayLeaveThere() {
        var open = desk.listings.add(desk.amal, advice().build());
        desk.listings.add(desk.amal, advice().reach(Reach.SITE).build());
        index.catchUp();

        assertThat(ids("asylum")).hasSize(2);
        assertThat(index.findOpenData("asylum")).containsExactly(open.id());
    }

    @Test
    void aDeletedIndexIsBuiltAnewFromTheDirectory() throws Exception {
        var advice = desk.listings.add(desk.amal, advice().build());
        index.catchUp();
        index.close();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }

        open();
        index.catchUp();

        assertThat(ids("asylum")).containsExactly(advice.id());
    }

    @Test
    void aRebuildFindsTheSame() {
        var advice = desk.listings.add(desk.amal, advice().build());
        index.catchUp();

        index.rebuild();

        assertThat(ids("asylum")).containsExactly(advice.id());
    }

    private List<ListingId> ids(String words) {
        return index.search(query(words)).listings().stream().map(Listing::id).toList();
    }

    private List<ListingId> ids(String words, Topic topic, String spoken) {
        var query = new ListingQuery(words, Optional.of(topic), Optional.of(spoken), 0);
        return index.search(query).listings().stream().map(Listing::id).toList();
    }

    private static ListingQuery query(String words) {
        return new ListingQuery(words, Optional.empty(), Optional.empty(), 0);
    }

    private static Draft.Builder advice() {
        return Draft.named(new Text("en", Map.of("en", "Asylum advice", "ar", "مشورة اللجوء")))
                .topics(Set.of(Topic.PAPERS))
                .languages(List.of(new SpokenLanguage(Optional.of("ar"), "Arabic")));
    }
}
