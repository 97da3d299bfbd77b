// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseTest {

    @ParameterizedTest
    @MethodSource("org.waymark.node.database.Databases#all")
    void aWriteThatThrowsLeavesNothing(Database database) {
        try (database) {
            assertThatThrownBy(
                            () ->
                                    database.run(
                                            tx -> {
                                                insert(tx, "base-url");
                                                throw new IllegalStateException("stop");
                                            }))
                    .hasMessage("stop");

            assertThat(names(database)).isEmpty();

            database.run(tx -> insert(tx, "base-url"));
            assertThat(names(database)).containsExactly("base-url");
        }
    }

    @ParameterizedTest
    @MethodSource("org.waymark.node.database.Databases#all")
    void aRepeatedKeyIsAConflict(Database database) {
        try (database) {
            database.run(tx -> insert(tx, "base-url"));

            assertThatThrownBy(() -> database.run(tx -> insert(tx, "base-url")))
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.isConflict()).isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("org.waymark.node.database.Databases#all")
    void aRowThatIsThereAlreadyDoesNotEndTheTransaction(Database database) {
        try (database) {
            database.run(tx -> insert(tx, "base-url"));
            var sql = "INSERT INTO node_identity VALUES (?, 'x')";

            database.run(
                    tx -> {
                        assertThat(tx.insertIfAbsent(sql, "base-url")).isFalse();
                        assertThat(tx.insertIfAbsent(sql, "restore-id")).isTrue();
                    });

            assertThat(names(database)).containsExactly("base-url", "restore-id");
        }
    }

    @ParameterizedTest
    @MethodSource("org.waymark.node.database.Databases#all")
    void aFailureRepeatsNoValue(Database database) {
        try (database) {
            var long255 = "amal@shelter.example".repeat(20);
            database.run(tx -> insert(tx, "amal@shelter.example"));

            for (var name : new String[] {"amal@shelter.example", long255}) {
                assertThatThrownBy(() -> database.run(tx -> insert(tx, name)))
                        .isInstanceOf(DatabaseException.class)
                        .satisfies(
                                e -> {
                                    var trace = new java.io.StringWriter();
                                    e.printStackTrace(new java.io.PrintWriter(trace));
                                    assertThat(trace.toString()).doesNotContain("amal");
                                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.waymark.node.database.Databases#all")
    void keysSortByCodePoint(Database database) {
        try (database) {
            database.run(
                    tx -> {
                        insert(tx, "b");
                        insert(tx, "B");
                        insert(tx, "a");
                        insert(tx, "é");
                    });

            assertThat(names(database)).containsExactly("B", "a", "b", "é");
        }
    }

    @ParameterizedTest
    @MethodSource("org.waymark.node.database.Databases#all")
    void everyParameterTypeComesBack(Database database) {
        try (database) {
            var due = Instant.ofEpochMilli(1_795_312_800_123L);
            database.run(
                    tx ->
                            tx.update(
                                    "INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, '')",
                                    "kind",
                                    java.net.URI.create("https://clinic.example/s/1"),
                                    Optional.of("payload ☂"),
                                    due,
                                    3,
                                    0L));

            var read =
                    database.read(
                            tx ->
                                    tx.find(
                                                    "SELECT * FROM job",
                                                    row ->
                                                            row.uri("job_key")
                                                                    + " "
                                                                    + row.text("payload")
                                                                    + " "
                                                                    + row.instant("due")
                                                                            .toEpochMilli()
                                                                    + " "
                                                                    + row.integer("attempts"))
                                            .orElseThrow());
            assertThat(read).isEqualTo("https://clinic.example/s/1 payload ☂ 1795312800123 3");
        }
    }

    @ParameterizedTest
    @MethodSource("org.waymark.node.database.Databases#all")
    void changeNumbersFollowTheOrderOfCommits(Database database) throws Exception {
        try (database;
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var committed = java.util.Collections.synchronizedList(new ArrayList<Long>());
            for (int i = 0; i < 50; i++) {
                threads.submit(() -> database.run(tx -> tx.stampChange(committed::add)));
            }
            threads.close();

            assertThat(committed).hasSize(50).doesNotHaveDuplicates().isSorted();
        }
    }

    @ParameterizedTest
    @MethodSource("org.waymark.node.database.Databases#all")
    void whatSomebodyHoldsOthersReadButDoNotChange(Database database) throws Exception {
        try (database) {
            database.run(tx -> insert(tx, "base-url"));
            var sql = "SELECT name FROM node_identity WHERE name = ?";

            var change =
                    database.write(
                            tx -> {
                                assertThat(tx.hold(sql, "base-url")).isTrue();
                                var begun =
                                        CompletableFuture.runAsync(
                                                () ->
                                                        database.run(
                                                                it ->
                                                                        it.update(
                                                                                "DELETE FROM"
                                                                                        + " node_identity")));
                                assertThat(names(database)).containsExactly("base-url");
                                assertThatThrownBy(() -> begun.get(50, TimeUnit.MILLISECONDS))
                                        .isInstanceOf(TimeoutException.class);
                                return begun;
                            });

            change.get(10, TimeUnit.SECONDS);
            assertThat(names(database)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("org.waymark.node.database.Databases#all")
    void theLongestUriFitsIntoAnIndex(Database database) {
        try (database) {
            var longest = "https://clinic.example/" + "☂".repeat(977);

            database.run(
                    tx ->
                            tx.update(
                                    "INSERT INTO organization_alias VALUES (?, ?)",
                                    java.util.UUID.randomUUID(),
                                    longest));

            var read =
                    database.read(
                            tx ->
                                    tx.list(
                                            "SELECT former FROM organization_alias"
                                                    + " WHERE former = ?",
                                            row -> row.text("former"),
                                            longest));
            assertThat(read).containsExactly(longest);
        }
    }

    @Test
    void allPagesOfDerbyHaveOneSize() {
        try (var database = Databases.inMemory()) {
            var sizes =
                    database.read(
                            tx ->
                                    tx.list(
                                            "SELECT DISTINCT pages.pagesize FROM sys.systables AS"
                                                    + " named, TABLE(syscs_diag.space_table("
                                                    + "named.tablename)) AS pages"
                                                    + " WHERE named.tabletype = 'T'"
                                                    + " AND named.tablename NOT LIKE 'DATABASE%'",
                                            row -> row.integer("pagesize")));

            assertThat(sizes).containsExactly(8192);
        }
    }

    @Test
    void derbyTakesNumbersForRowsInLargeLots() {
        try (var database = Databases.inMemory()) {
            var kept =
                    database.read(
                            tx ->
                                    tx.list(
                                            "VALUES SYSCS_UTIL.SYSCS_GET_DATABASE_PROPERTY("
                                                    + "'derby.language.sequence.preallocator')",
                                            row -> row.text("1")));

            assertThat(kept).containsExactly("10000");
        }
    }

    @Test
    void aSecondStartFindsTheTablesAndTheRows(@TempDir java.nio.file.Path data) {
        try (var database = Database.open(DatabaseSettings.inFolder(data))) {
            database.run(tx -> insert(tx, "base-url"));
        }
        try (var database = Database.open(DatabaseSettings.inFolder(data))) {
            assertThat(names(database)).containsExactly("base-url");
        }
    }

    @Test
    void aStartThatWasCutOffWhileItChangedTheTablesLocksNobodyOut(
            @TempDir java.nio.file.Path data) {
        try (var database = Database.open(DatabaseSettings.inFolder(data))) {
            database.run(
                    tx -> {
                        tx.update("DELETE FROM change_files");
                        tx.update(
                                "UPDATE databasechangeloglock SET locked = TRUE,"
                                        + " lockedby = 'a process that is dead'");
                    });
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> Database.open(DatabaseSettings.inFolder(data)).close());
    }

    private static void insert(Transaction tx, String name) {
        tx.update("INSERT INTO node_identity VALUES (?, ?)", name, "https://shelter.example");
    }

    private static java.util.List<String> names(Database database) {
        return database.read(
                tx ->
                        tx.list(
                                "SELECT name FROM node_identity ORDER BY name",
                                row -> row.text("name")));
    }
}
