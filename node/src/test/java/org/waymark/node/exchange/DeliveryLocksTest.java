// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;
import org.waymark.node.exchange.DeliveryTable.Route;
import org.waymark.node.exchange.DeliveryTable.Senders;

/// A page shows how far a delivery has come at the moment when its end is written down.
class DeliveryLocksTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final URI SENDER = URI.create("https://n1.example/o/1");
    private static final URI ACTIVITY = URI.create("https://n1.example/a/1");

    @Test
    void pageAndDeliveryDoNotHoldEachOthersRows() throws Exception {
        try (var database = Databases.inMemory();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            queue(database);
            var number = number(database);
            var readings = new AtomicInteger();
            var writings = new AtomicInteger();

            var page = new AtomicReference<CompletableFuture<List<Delivery>>>();
            database.run(
                    tx -> {
                        writings.incrementAndGet();
                        DeliveryTable.delivered(tx, number, NOW);
                        page.set(
                                CompletableFuture.supplyAsync(
                                        () -> look(database, readings), threads));
                        awaitWaiting(database, threads);
                        // What was said is dropped with the last delivery.
                        OutboxTable.dropBody(tx, ACTIVITY);
                    });

            assertThat(page.get().get(10, TimeUnit.SECONDS))
                    .extracting(Delivery::state)
                    .containsExactly(DeliveryState.DELIVERED);
            // Neither was thrown out for the other's sake.
            assertThat(writings).hasValue(1);
            assertThat(readings).hasValue(1);
        }
    }

    private static List<Delivery> look(Database database, AtomicInteger readings) {
        return database.read(
                tx -> {
                    readings.incrementAndGet();
                    return DeliveryTable.listOf(tx, new Senders(List.of(SENDER)), ACTIVITY);
                });
    }

    private static void queue(Database database) {
        var inbox = URI.create("https://n2.example/inbox");
        database.run(
                tx -> {
                    OutboxTable.add(
                            tx,
                            new OutboxTable.Stored(
                                    ACTIVITY,
                                    "Create",
                                    "Note",
                                    SENDER,
                                    ACTIVITY,
                                    Optional.empty(),
                                    Optional.of("{}".getBytes(StandardCharsets.UTF_8))),
                            Optional.empty(),
                            true,
                            NOW);
                    DeliveryTable.add(
                            tx,
                            ACTIVITY,
                            List.of(new Route(inbox, "n2.example", UUID.randomUUID())),
                            NOW);
                });
    }

    private static long number(Database database) {
        return database.read(
                        tx ->
                                tx.find(
                                        "SELECT number FROM delivery WHERE activity = ?",
                                        row -> row.number("number"),
                                        ACTIVITY))
                .orElseThrow();
    }

    /// Until somebody waits for a row that another holds, as the page does.
    private static void awaitWaiting(Database database, Executor threads) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (CompletableFuture.supplyAsync(() -> waiting(database), threads).join() == 0
                && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static long waiting(Database database) {
        return database.read(
                        tx ->
                                tx.find(
                                        "SELECT COUNT(*) AS many FROM SYSCS_DIAG.LOCK_TABLE"
                                                + " WHERE state = ?",
                                        row -> row.number("many"),
                                        "WAIT"))
                .orElseThrow();
    }
}
