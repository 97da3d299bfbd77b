// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

/// The import of a real directory of 4,089 services with all its mess.
class MiamiTest {

    private static Desk desk;
    private static ImportReport first;
    private static ImportReport second;
    private static HsdsSchemas schemas;

    @BeforeAll
    static void open() {
        var shared = SharedFolder.find();
        assumeTrue(shared.isPresent(), "Skipped: no folder `shared` beside the checkout");
        desk = new Desk(Databases.inMemory());
        first = run(shared.get());
        second = run(shared.get());
        schemas = new HsdsSchemas(shared.get());
    }

    private static ImportReport run(Path shared) {
        return run(desk, shared);
    }

    static ImportReport run(Desk desk, Path shared) {
        var miami = shared.resolve("data/miami-211-hsds11");
        return desk.hsdsImport.run(
                Acting.node(desk.publisher),
                miami,
                new HsdsImport.Options(
                        desk.publisher,
                        Optional.of("US"),
                        Desk.ZONE,
                        "en",
                        Optional.of(miami.resolve("derived/service_pillars.csv")),
                        false),
                Progress.SILENT);
    }

    @AfterAll
    static void close() {
        if (desk != null) {
            desk.close();
        }
    }

    private static ListingId service(String foreignId) {
        return service(desk, foreignId);
    }

    static ListingId service(Desk desk, String foreignId) {
        return new ListingId(NameUuid.of(desk.publisher.value(), "service_id", foreignId));
    }

    @Test
    void theSecondImportChangesNothing() {
        assertThat(first.changes()).isGreaterThan(4089);
        assertThat(second.changes()).isZero();
    }

    @Test
    void enforcementAndSheltersAreHeld() {
        for (var id : List.of("3444", "3446", "7824", "152")) {
            var listing =
                    desk.listings.find(Acting.node(desk.publisher), service(id)).orElseThrow();
            assertThat(listing.review().state()).as(id).isEqualTo(Review.State.WAITING);
            for (var way : Way.values()) {
                assertThat(desk.listings.list(way, List.of(listing.id()))).isEmpty();
            }
        }
    }

    /// Safety rule 1: whatever a person in fear types leads to help, never to who deports her.
    @Test
    void noWordLeadsToEnforcement(@TempDir Path folder) {
        try (var index = ListingIndex.open(folder, "restore", desk.listings, Clock.systemUTC())) {
            index.catchUp();
            for (var words :
                    List.of("immigration help", "detención", "deportation", "detention center")) {
                var found = new ArrayList<ListingId>();
                for (int page = 0; page * ListingQuery.PAGE_SIZE < 200; page++) {
                    var query = new ListingQuery(words, Optional.empty(), Optional.empty(), page);
                    index.search(query)
                            .listings()
                            .forEach(
                                    it -> {
                                        assertThat(it.kind()).isNotEqualTo(Kind.ENFORCEMENT);
                                        assertThat(it.review().isPublished()).isTrue();
                                        found.add(it.id());
                                    });
                }
                assertThat(found)
                        .as(words)
                        .doesNotContain(service("3444"), service("3446"), service("7824"));
            }
            assertThat(index.search(query("immigration help")).total()).isPositive();
        }
    }

    private static ListingQuery query(String words) {
        return new ListingQuery(words, Optional.empty(), Optional.empty(), 0);
    }

    @Test
    void everyRowIsImportedOrReported() {
        first.check();
        assertThat(first.services()).isEqualTo(4089);
        assertThat(first.importedRows("data/services.csv")).isEqualTo(4089);
        assertThat(first.importedRows("data/organizations.csv")).isEqualTo(1074);
        assertThat(first.importedRows("data/regular_schedules.csv")).isEqualTo(11350);
        assertThat(first.importedRows("data/languages.csv")).isEqualTo(9357);
        assertThat(first.found(Problem.ORGANIZATION_NOT_IN_PACKAGE)).isEqualTo(447);
        assertThat(first.examples(Problem.ORGANIZATION_NOT_IN_PACKAGE)).hasSize(447);
        assertThat(first.found(Problem.ATTACHES_TO_NOTHING)).isEqualTo(2244);
        assertThat(first.found(Problem.COUNTRY_MISSING)).isEqualTo(4058);
    }

    @Test
    void theReviewQueueIsNotTheWholeDirectory() {
        assertThat(first.held()).isBetween(100, 600);
        assertThat(desk.listings.reviewQueue(desk.amal)).hasSize(first.held());
    }

    @Test
    void noPersonOfMiamiIsPublished() {
        var documents =
                desk.database.read(
                        tx -> tx.list("SELECT document FROM listing", row -> row.text("document")));

        assertThat(documents).hasSize(4089);
        assertThat(withPattern(documents, "\"Contact \\d+\"")).isEmpty();
        assertThat(withPattern(documents, "contact-\\d+@")).isEmpty();
        assertThat(withPattern(documents, ".{40}###.{40}")).isEmpty();
    }

    private static List<String> withPattern(List<String> texts, String pattern) {
        return texts.stream()
                .flatMap(text -> Pattern.compile(pattern).matcher(text).results())
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void threeHundredRandomServicesAreHsds() {
        var seed = System.nanoTime();
        var catalogue = new HsdsCatalogue(desk.database, desk.listings, _ -> List.of());
        var all = HsdsQuery.of(HsdsKind.SERVICES, new MultivaluedHashMap<>());
        var ids = new ArrayList<UUID>();
        catalogue.each(
                HsdsKind.SERVICES, all, it -> ids.add(Document.uuid(it, "id").orElseThrow()));
        assertThat(ids).hasSize(4089 - first.held());
        Collections.shuffle(ids, new Random(seed));
        for (var id : ids.subList(0, 300)) {
            var service = catalogue.find(HsdsKind.SERVICES, id, all).orElseThrow();
            assertThat(schemas.validate("service", service))
                    .as("service %s, seed %d", id, seed)
                    .isEmpty();
        }
    }
}
