// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

/// The import of a real directory of 4,089 services with all its mess.
class MiamiTest {

    private static Desk desk;
    private static ImportReport first;
    private static ImportReport second;

    @BeforeAll
    static void open() {
        var shared = SharedFolder.find();
        assumeTrue(shared.isPresent(), "Skipped: no folder `shared` beside the checkout");
        desk = new Desk(Databases.inMemory());
        var start = Instant.now();
        first = run(shared.get());
        System.out.println("first " + Duration.between(start, Instant.now()));
        first.lines().forEach(System.out::println);
        start = Instant.now();
        second = run(shared.get());
        System.out.println("second " + Duration.between(start, Instant.now()));
    }

    private static ImportReport run(Path shared) {
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
}
