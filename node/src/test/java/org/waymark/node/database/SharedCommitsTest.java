// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedCommitsTest {

    private static final int MANY = 200;

    private Database database;
    private SharedCommits commits;

    @BeforeEach
    void open() {
        database = Databases.inMemory();
        commits = new SharedCommits(database);
        database.run(tx -> tx.update("CREATE TABLE piece (number INTEGER NOT NULL PRIMARY KEY)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatEndsWhileACommitIsUnderWaySharesTheNext() throws Exception {
        var transactions = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var others = new CountDownLatch(MANY);
        Callable<Integer> first =
                () ->
                        commits.write(
                                tx -> {
                                    begun.countDown();
                                    await(others);
                                    return insert(tx, 0, transactions);
                                });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var leading = threads.submit(first);
            begun.await();
            var written = submit(threads, others, transactions);
            assertThat(leading.get()).isZero();
            for (var it : written) {
                it.get();
            }
        }

        assertThat(stored()).isEqualTo(MANY + 1);
        assertThat(transactions.get()).isLessThan(MANY / 4);
    }

    @Test
    void whatAnErrorRolledBackIsNotSaidToBeWritten() throws Exception {
        var begun = new CountDownLatch(1);
        var others = new CountDownLatch(MANY);
        int said = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var leading =
                    threads.submit(
                            () ->
                                    commits.write(
                                            tx -> {
                                                begun.countDown();
                                                await(others);
                                                return insert(tx, 0, new AtomicInteger());
                                            }));
            begun.await();
            var written =
                    IntStream.rangeClosed(1, MANY)
                            .mapToObj(
                                    number ->
                                            threads.submit(
                                                    () -> {
                                                        others.countDown();
                                                        return commits.write(
                                                                tx -> insertOrBreak(tx, number));
                                                    }))
                            .toList();
            leading.get();
            for (var it : written) {
                try {
                    it.get();
                    said++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfAny(AssertionError.class, IllegalStateException.class);
                }
            }
        }

        assertThat(said).isLessThan(MANY);
        assertThat(stored()).isEqualTo(said + 1);
    }

    private static int insertOrBreak(Transaction tx, int number) {
        if (number == MANY / 2) {
            throw new AssertionError("broken");
        }
        return insert(tx, number, new AtomicInteger());
    }

    private List<Future<Integer>> submit(
            ExecutorService threads, CountDownLatch others, AtomicInteger transactions) {
        return IntStream.rangeClosed(1, MANY)
                .mapToObj(
                        number ->
                                threads.submit(
                                        () -> {
                                            others.countDown();
                                            return commits.write(
                                                    tx -> insert(tx, number, transactions));
                                        }))
                .toList();
    }

    @Test
    void aPieceThatThrowsHurtsNoOther() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var written =
                    IntStream.range(0, MANY)
                            // Two of each: the second of them finds its number taken.
                            .mapToObj(it -> threads.submit(() -> insertOne(it / 2)))
                            .toList();
            var refused = 0;
            for (var it : written) {
                refused += it.get() ? 0 : 1;
            }
            assertThat(refused).isEqualTo(MANY / 2);
        }

        assertThat(stored()).isEqualTo(MANY / 2);
    }

    @Test
    void whoThrowsLearnsOfIt() {
        assertThatThrownBy(
                        () ->
                                commits.write(
                                        tx -> {
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");

        assertThat(commits.<Integer>write(tx -> insert(tx, 1, new AtomicInteger()))).isOne();
    }

    private boolean insertOne(int number) {
        try {
            commits.write(tx -> insert(tx, number, new AtomicInteger()));
            return true;
        } catch (DatabaseException e) {
            return false;
        }
    }

    private static int insert(Transaction tx, int number, AtomicInteger transactions) {
        tx.update("INSERT INTO piece (number) VALUES (?)", number);
        tx.beforeCommit("count", transactions::incrementAndGet);
        return number;
    }

    private int stored() {
        return database.read(
                        tx ->
                                tx.find(
                                        "SELECT COUNT(*) AS many FROM piece",
                                        row -> row.integer("many")))
                .orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
