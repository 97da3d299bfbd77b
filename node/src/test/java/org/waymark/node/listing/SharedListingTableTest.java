// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.ListingPullTable.Reading;
import org.waymark.node.listing.SharedListing.State;
import org.waymark.node.privacy.OrganizationId;

class SharedListingTableTest {

    private static final OrganizationId SHELTER = new OrganizationId(UUID.randomUUID());
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

    static List<Database> databases() {
        return Databases.all();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void pagesGoFromTheNewestChangeToTheOldestWithoutGapOrDouble(Database database) {
        try (database) {
            var shared = new ArrayList<SharedListing>();
            for (int i = 0; i < 23; i++) {
                // Several of one transaction share a number.
                shared.add(shared(State.PUBLIC, Optional.of(NOW), i / 4 + 1));
            }
            shared.add(shared(State.PARTNERS, Optional.of(NOW), 3));
            shared.add(shared(State.GONE, Optional.empty(), 3));
            database.run(tx -> shared.forEach(it -> SharedListingTable.put(tx, it, true)));

            var read = new ArrayList<SharedListing>();
            var cursor = Cursor.since("restore", 1);
            List<SharedListing> page;
            do {
                var at = cursor;
                page = database.read(tx -> SharedListingTable.list(tx, SHELTER, at, 5));
                read.addAll(page);
                cursor =
                        page.isEmpty()
                                ? at
                                : at.before(page.getLast().changeNumber(), page.getLast().id());
            } while (!page.isEmpty());

            var newestFirst =
                    Comparator.comparingLong(SharedListing::changeNumber)
                            .thenComparing(it -> it.id().toString())
                            .reversed();
            assertThat(read)
                    .isEqualTo(
                            shared.stream()
                                    .limit(23)
                                    .filter(it -> it.changeNumber() > 1)
                                    .sorted(newestFirst)
                                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void onlyOneTellsOfTheSameChanges(Database database) {
        try (database) {
            assertThat(database.<Boolean>write(tx -> SharedListingTable.setTold(tx, 0, 5)))
                    .isTrue();
            assertThat(database.<Boolean>write(tx -> SharedListingTable.setTold(tx, 0, 6)))
                    .isFalse();
            assertThat(database.<Long>read(SharedListingTable::told)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aReadingIsKeptUntilItsEnd(Database database) {
        try (database) {
            var partner = URI.create("https://clinic.example/o/1");
            var page = URI.create("https://clinic.example/o/1/listings?page=2");
            var begun = Reading.none(partner).begun(page, Optional.of("cursor"));
            database.run(tx -> ListingPullTable.put(tx, begun));
            assertThat(database.read(tx -> ListingPullTable.find(tx, partner)).orElseThrow())
                    .isEqualTo(begun);

            database.run(tx -> ListingPullTable.put(tx, begun.ended()));
            assertThat(database.read(tx -> ListingPullTable.find(tx, partner)).orElseThrow())
                    .isEqualTo(
                            new Reading(
                                    partner,
                                    Optional.of("cursor"),
                                    Optional.empty(),
                                    Optional.empty()));
        }
    }

    @Test
    void aCursorOfOursIsReadBackAndNoOther() {
        var cursor = Cursor.since("restore", 7).before(9, new ListingId(UUID.randomUUID()));

        assertThat(Cursor.parse(cursor.toString())).contains(cursor);
        assertThat(Cursor.parse("")).isEmpty();
        assertThat(Cursor.parse("%%%")).isEmpty();
        assertThat(Cursor.parse("YSBiIGMgZA")).isEmpty();
    }

    private static SharedListing shared(State state, Optional<Instant> publicSince, long number) {
        return new SharedListing(
                new ListingId(UUID.randomUUID()), SHELTER, state, publicSince, NOW, number);
    }
}
