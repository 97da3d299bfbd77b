// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.search.SearchEntry.Text;
import org.waymark.node.search.SearchEntry.Weight;

class SearchFollowerTest {

    @TempDir Path folder;
    private final Rows rows = new Rows();
    private SearchIndex index;
    private SearchFollower follower;

    @BeforeEach
    void open() {
        index = SearchIndex.open(folder.resolve("index"), "source", Meanings::none);
        follower = new SearchFollower(index, rows);
    }

    @AfterEach
    void close() {
        follower.close();
        index.close();
    }

    @Test
    void appliesAllThatIsNew() {
        rows.add(250);
        follower.catchUp();
        rows.removed.put(251L, "row 7");

        follower.catchUp();

        assertThat(found()).isEqualTo(249);
        assertThat(index.applied()).isEqualTo(251);
    }

    @Test
    void restsLongerAfterALongBatchAndWhenThereIsAlwaysMore() {
        assertThat(SearchFollower.rest(Duration.ofMillis(20), 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(SearchFollower.rest(Duration.ofMillis(20), 3)).isEqualTo(Duration.ofSeconds(3));
        assertThat(SearchFollower.rest(Duration.ofMillis(20), 99)).isEqualTo(Duration.ofSeconds(5));
        assertThat(SearchFollower.rest(Duration.ofSeconds(1), 1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(SearchFollower.rest(Duration.ofMinutes(1), 1)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aLongWayIsSeenGrowing() {
        rows.add(2_500);
        var seen = new ArrayList<Integer>();
        follower.whenApplied(() -> seen.add(found()));

        follower.catchUp();

        assertThat(seen).containsExactly(1_000, 2_000, 2_500);
    }

    @Test
    void makesUpForACrashBetweenCommitAndIndex() {
        rows.add(3);
        follower.catchUp();
        rows.add(4);
        close();

        open();
        follower.catchUp();

        assertThat(found()).isEqualTo(7);
    }

    @Test
    void whatWasNotCommittedWhenTheProgramWasKilledIsFoundAfterTheStart() throws Exception {
        rows.add(3);
        follower.catchUp();
        index.commit();
        rows.add(4);
        rows.removed.put(8L, "row 1");
        follower.catchUp();
        assertThat(found()).isEqualTo(6);
        assertThat(index.committed()).isEqualTo(3);

        var left = folder.resolve("left");
        copyIndex(left);
        try (var after = SearchIndex.open(left, "source", Meanings::none)) {
            assertThat(after.applied()).isEqualTo(3);
            new SearchFollower(after, rows).catchUp();
            assertThat(after.search(SearchQuery.of("row")).total()).isEqualTo(6);
        }
    }

    @Test
    void commitsWhenItIsTime() {
        var hasty = new SearchFollower(index, rows, Duration.ZERO);
        rows.add(3);
        follower.catchUp();
        assertThat(index.committed()).isZero();
        rows.add(1);

        hasty.catchUp();

        assertThat(index.committed()).isEqualTo(4);
    }

    @Test
    void commitsWithoutBeingWokenAgain() throws Exception {
        try (var hasty = new SearchFollower(index, rows, Duration.ofMillis(20))) {
            rows.add(3);
            hasty.start();
            hasty.wake();

            var begun = System.nanoTime();
            while (index.committed() < 3 && System.nanoTime() - begun < 10_000_000_000L) {
                Thread.onSpinWait();
            }

            assertThat(index.committed()).isEqualTo(3);
        }
    }

    @Test
    void aSourceThatFailsTakesNothingAway() {
        rows.add(250);
        follower.catchUp();
        rows.add(250);
        rows.failingAbove = 400;

        assertThatThrownBy(follower::catchUp).isInstanceOf(IllegalStateException.class);
        rows.failingAbove = Long.MAX_VALUE;
        follower.catchUp();

        assertThat(found()).isEqualTo(500);
    }

    @Test
    void aDeletedIndexIsBuiltAnew() throws Exception {
        rows.add(120);
        follower.catchUp();
        deleteIndex();
        rows.add(1);

        follower.catchUp();

        assertThat(found()).isEqualTo(121);
        close();
        open();
        assertThat(found()).isEqualTo(121);
    }

    @Test
    void aRebuildForgetsWhatTheSourceForgot() {
        rows.add(120);
        follower.catchUp();
        rows.entries.remove(5L);

        follower.rebuild();

        assertThat(found()).isEqualTo(119);
    }

    @Test
    void followsInTheBackgroundWhenWoken() throws Exception {
        var applied = new CountDownLatch(1);
        follower.whenApplied(applied::countDown);
        follower.start();
        rows.asked.await(10, TimeUnit.SECONDS);
        rows.add(2);
        follower.wake();

        assertThat(applied.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(index.applied()).isEqualTo(2);
    }

    private int found() {
        return index.search(SearchQuery.of("row")).total();
    }

    /// As a crash leaves it: files that are there, and no program that closes them.
    private void copyIndex(Path to) throws Exception {
        Files.createDirectories(to);
        try (var files = Files.list(folder.resolve("index"))) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void deleteIndex() throws Exception {
        try (var files = Files.walk(folder.resolve("index"))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// A table of numbered changes, a hundred a batch.
    private static final class Rows implements SearchSource {

        private final TreeMap<Long, SearchEntry> entries = new TreeMap<>();
        private final TreeMap<Long, String> removed = new TreeMap<>();
        private final CountDownLatch asked = new CountDownLatch(1);
        private volatile long failingAbove = Long.MAX_VALUE;

        synchronized void add(int count) {
            for (int i = 0; i < count; i++) {
                long number = entries.isEmpty() ? 1 : entries.lastKey() + 1;
                var text = new Text(Weight.TITLE, "en", "row");
                entries.put(
                        number, new SearchEntry("row " + number, List.of(text), Map.of(), number));
            }
        }

        @Override
        public synchronized Changes changesAbove(long number) {
            asked.countDown();
            if (number > failingAbove) {
                throw new IllegalStateException("The database is gone");
            }
            var numbers = new ArrayList<Long>();
            numbers.addAll(entries.tailMap(number, false).keySet());
            numbers.addAll(removed.tailMap(number, false).keySet());
            numbers.sort(Comparator.naturalOrder());
            if (numbers.isEmpty()) {
                return new Changes(number, List.of(), List.of(), true);
            }
            long upTo = numbers.get(Math.min(numbers.size(), 100) - 1);
            return new Changes(
                    upTo,
                    List.copyOf(entries.subMap(number, false, upTo, true).values()),
                    List.copyOf(removed.subMap(number, false, upTo, true).values()),
                    numbers.size() <= 100);
        }
    }
}
