// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.database.Databases;

/// Immigration police, detention and removal are never led to, whatever somebody types (safety rule
/// 1); help for those who fear them is.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnforcementSearchTest {

    private final Desk desk = new Desk(Databases.inMemory());
    private Listing lawyers;
    private ListingIndex index;

    @BeforeAll
    void plant(@TempDir Path folder) {
        for (var name :
                List.of(
                        Map.of("en", "Immigration help and removal office"),
                        Map.of("en", "Detention centre", "es", "Centro de detención"),
                        Map.of("en", "Deportation desk", "ar", "مكتب الترحيل"),
                        Map.of("en", "Police for foreigners", "uk", "Міграційна поліція"))) {
            var added =
                    desk.listings.add(
                            desk.amal,
                            Draft.named(new Text("en", name))
                                    .description(
                                            Text.of("en", "Asylum, visa, papers: report here."))
                                    .topics(Set.of(Topic.PAPERS))
                                    .kind(Kind.ENFORCEMENT)
                                    .build());
            desk.listings.publish(
                    desk.amal, added.id(), Kind.ENFORCEMENT, Reach.PUBLIC, Place.EXACT);
            desk.listings.publish(
                    desk.boris, added.id(), Kind.ENFORCEMENT, Reach.PUBLIC, Place.EXACT);
        }
        lawyers =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Lawyers against deportation"))
                                .description(
                                        Text.of("en", "Immigration help, visits in detention."))
                                .topics(Set.of(Topic.PAPERS))
                                .build());
        // Its words let it wait for a person; she says that it is help.
        desk.listings.publish(desk.amal, lawyers.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        desk.listings.publish(desk.boris, lawyers.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        index = ListingIndex.open(folder, "restore", desk.listings, Clock.systemUTC());
        index.catchUp();
    }

    @AfterAll
    void close() {
        index.close();
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "immigration help",
                "detención",
                "detention centre",
                "deportation",
                "deportacion",
                "ترحيل",
                "مكتب الترحيل",
                "поліція",
                "police",
                "papers",
                "visa",
                "report",
                ""
            })
    void noWordLeadsToEnforcement(String words) {
        for (var topic : List.of(Optional.<Topic>empty(), Optional.of(Topic.PAPERS))) {
            var hits = index.search(new ListingQuery(words, topic, Optional.<String>empty(), 0));

            assertThat(hits.listings())
                    .extracting(Listing::id)
                    .allMatch(id -> id.equals(lawyers.id()));
            assertThat(hits.total()).isLessThanOrEqualTo(1);
            assertThat(hits.counts().of(Topic.PAPERS)).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"immigration help", "deportation", "detention", ""})
    void helpIsFound(String words) {
        assertThat(index.search(new ListingQuery(words, Optional.empty(), Optional.empty(), 0)))
                .extracting(ListingHits::total)
                .isEqualTo(1);
    }
}
