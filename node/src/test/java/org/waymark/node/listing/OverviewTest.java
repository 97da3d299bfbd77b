// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Databases;

class OverviewTest {

    private static Desk desk;

    @BeforeAll
    static void open() {
        desk = new Desk(Databases.inMemory());
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static Listing add(String name, Topic... topics) {
        return desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", name))
                        .topics(Set.of(topics))
                        .spots(List.of(Spot.at("1 Quay Street", "12345", "Lindmar", "XX")))
                        .build());
    }

    @Test
    void itFollowsTheDirectory() {
        var overview = new Overview(desk.database);
        var first = add("Soup kitchen", Topic.HEALTH);
        assertThat(overview.now()).extracting(it -> it.id()).contains(first.id().value());

        var second = add("Tea house", Topic.HEALTH);
        desk.listings.close(desk.amal, first.id());

        assertThat(overview.ids(Way.SEARCH)).contains(second.id());
        assertThat(overview.ids(Way.SEARCH)).doesNotContain(first.id());
    }

    @Test
    void theLatestOfATopicComeFirst() {
        var overview = new Overview(desk.database);
        var before = overview.counts(Way.SEARCH).getOrDefault(Topic.TRANSPORT, 0);
        var all = new ArrayList<UUID>();
        for (int i = 0; i < Overview.MOST_LATEST + 2; i++) {
            all.addFirst(add("Bus " + i, Topic.TRANSPORT, Topic.MONEY).id().value());
        }
        add("Purse", Topic.MONEY);

        assertThat(overview.latest(Way.SEARCH, Topic.TRANSPORT))
                .isEqualTo(all.subList(0, Overview.MOST_LATEST));
        assertThat(overview.counts(Way.SEARCH)).containsEntry(Topic.TRANSPORT, before + all.size());
    }

    /// As an import does for a second at a time.
    @Test
    void whoAsksDoesNotWaitForWhoIsWriting() throws InterruptedException {
        var overview = new Overview(desk.database);
        var before = overview.now();
        var row = desk.database.read(tx -> ListingTable.find(tx, add("Bread").id())).orElseThrow();
        assertThat(overview.now()).hasSize(before.size() + 1);
        var writing = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        var writer =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        desk.database.run(
                                                tx -> {
                                                    ListingTable.add(
                                                            tx,
                                                            List.of(
                                                                    row.withId(
                                                                                    new ListingId(
                                                                                            java
                                                                                                    .util
                                                                                                    .UUID
                                                                                                    .randomUUID()))
                                                                            .withUri(
                                                                                    java.net.URI
                                                                                            .create(
                                                                                                    "https://x.example/s/1"))));
                                                    writing.countDown();
                                                    await(asked);
                                                }));
        assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        try {
            var began = System.nanoTime();
            assertThat(overview.now()).hasSize(before.size() + 1);
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(2));
        } finally {
            asked.countDown();
            writer.join();
        }
        assertThat(overview.now()).hasSize(before.size() + 2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Counts and choices of pages that anyone may ask for.
    @Test
    void alternativesReadNoMoreThanTheyShow() {
        var gone = add("Old clinic", Topic.WORK, Topic.MONEY);
        var best = add("New clinic", Topic.WORK, Topic.MONEY);
        add("Purse", Topic.MONEY);
        for (int i = 0; i < 25; i++) {
            add("Work " + i, Topic.WORK);
        }
        desk.listings.close(desk.amal, gone.id());
        var row = desk.database.read(tx -> ListingTable.find(tx, gone.id())).orElseThrow();
        var all = desk.listings.overview().now();
        // Of what shares one topic of two, whatever comes after the first twenty is not read.
        var last =
                all.stream()
                        .filter(it -> it.topics().equals(Set.of(Topic.WORK)))
                        .map(ListingTable.Brief::id)
                        .reduce((_, second) -> second)
                        .orElseThrow();
        desk.database.run(
                tx -> tx.update("UPDATE listing SET document = 'none' WHERE id = ?", last));

        var found =
                desk.database.read(tx -> Alternatives.of(tx, row, all, Set.of(), 3)).stream()
                        .map(Listing::id)
                        .toList();

        assertThat(found).hasSize(3).startsWith(best.id()).doesNotContain(gone.id());
    }
}
