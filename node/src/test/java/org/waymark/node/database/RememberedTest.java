// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTest {

    private final Remembered<String, Integer> remembered = new Remembered<>(2);
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void isMadeOnceAndAnewAfterACommit() {
        try (var database = Databases.inMemory()) {
            assertThat(get("a")).isEqualTo(1);
            assertThat(get("a")).isEqualTo(1);

            database.run(
                    tx -> {
                        remembered.changedBy(tx);
                        assertThat(get("a")).as("before the commit").isEqualTo(1);
                    });

            assertThat(get("a")).isEqualTo(2);
        }
    }

    @Test
    void forgetsWithACommitOnlyWhatItChanged() {
        try (var database = Databases.inMemory()) {
            get("a");
            get("b");

            database.run(tx -> remembered.changedBy(tx, "a"::equals));

            assertThat(get("b")).isEqualTo(2);
            assertThat(get("a")).isEqualTo(3);
        }
    }

    @Test
    void forgetsByItselfWhenItsTableIsWritten() {
        try (var database = Databases.inMemory()) {
            Remembered<String, Integer> hosts = Remembered.of(database, 2, "remote_host");
            hosts.get("a", _ -> made.incrementAndGet());

            database.run(tx -> tx.update("DELETE FROM remote_actor WHERE id = ?", "a"));
            assertThat(hosts.get("a", _ -> made.incrementAndGet())).isEqualTo(1);

            database.run(tx -> tx.update("DELETE FROM remote_host WHERE host = ?", "a"));
            assertThat(hosts.get("a", _ -> made.incrementAndGet())).isEqualTo(2);
            database.run(
                    tx ->
                            tx.batch(
                                    "INSERT INTO remote_host (host, failures) VALUES (?, 0)",
                                    List.of(new Object[] {"a"}, new Object[] {"b"})));
            assertThat(hosts.get("a", _ -> made.incrementAndGet())).isEqualTo(3);
            database.run(tx -> tx.update("UPDATE remote_host SET failures = 1"));
            assertThat(hosts.get("a", _ -> made.incrementAndGet())).isEqualTo(4);
        }
    }

    @Test
    void isMadeAnewAlsoAfterACommitThatFailed() {
        try (var database = Databases.inMemory()) {
            database.run(
                    tx ->
                            tx.update(
                                    "CREATE TABLE note (word VARCHAR(9) NOT NULL,"
                                            + " CONSTRAINT once UNIQUE (word) INITIALLY"
                                            + " DEFERRED)"));
            Remembered<String, Integer> notes = Remembered.of(database, 2, "note");
            assertThat(notes.get("a", _ -> made.incrementAndGet())).isEqualTo(1);

            assertThatThrownBy(() -> database.run(RememberedTest::noteTwice))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("did not commit");

            assertThat(notes.get("a", _ -> made.incrementAndGet())).isEqualTo(2);
        }
    }

    private static void noteTwice(Transaction tx) {
        tx.update("INSERT INTO note (word) VALUES ('same')");
        tx.update("INSERT INTO note (word) VALUES ('same')");
    }

    @Test
    void whatWasMadeWhileACommitCameIsNotKept() {
        var seen =
                remembered.get(
                        "a",
                        _ -> {
                            remembered.forget();
                            return made.incrementAndGet();
                        });

        assertThat(seen).isEqualTo(1);
        assertThat(get("a")).isEqualTo(2);
    }

    @Test
    void theLeastUsedGoesWhenThereAreTooMany() {
        get("a");
        get("b");
        get("a");
        get("c");

        assertThat(get("a")).isEqualTo(1);
        assertThat(get("b")).isEqualTo(4);
    }

    private int get(String key) {
        return remembered.get(key, _ -> made.incrementAndGet());
    }
}
