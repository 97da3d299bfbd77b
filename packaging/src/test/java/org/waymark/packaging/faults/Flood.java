// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.exchange.OtherServer;

/// Another server that posts `Create`s over 16 connections and remembers which were confirmed. What
/// was not is sent anew, signed anew, as a sender would.
final class Flood implements AutoCloseable {

    private static final int CONNECTIONS = 16;
    // 100 ms: between two tries at a node that has no power.
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final OtherServer sender;
    private final URI inbox;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean isOver;

    Flood(OtherServer sender, URI inbox) {
        this.sender = sender;
        this.inbox = inbox;
    }

    /// The ids of what was answered with 202.
    Set<String> confirmed() {
        return Set.copyOf(confirmed);
    }

    int countConfirmed() {
        return confirmed.size();
    }

    /// How often each status was answered; 0 is no answer at all.
    Map<Integer, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /// Posts so many, each until it is confirmed or the flood is over.
    CompletableFuture<Void> begin(int many) {
        var threads = Executors.newFixedThreadPool(CONNECTIONS);
        return CompletableFuture.allOf(
                        IntStream.range(0, CONNECTIONS)
                                .mapToObj(
                                        _ -> CompletableFuture.runAsync(() -> post(many), threads))
                                .toArray(CompletableFuture[]::new))
                .whenComplete((_, _) -> threads.shutdown());
    }

    private void post(int many) {
        while (begun.getAndIncrement() < many && !isOver) {
            var id = sender.at("/a/" + UUID.randomUUID());
            var note =
                    Draft.of("Note", sender.at("/s/" + UUID.randomUUID()))
                            .set("attributedTo", sender.actor())
                            .set("name", "Beds for families")
                            .set("content", "<p>Beds for families, every night.</p>".repeat(40));
            var create = Draft.activity("Create", id, sender.actor()).set("object", note);
            var body = create.bytes();
            while (!isOver && post(body) != 202) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            if (!isOver) {
                confirmed.add(id.toString());
            }
        }
    }

    private int post(byte[] body) {
        var request = HttpRequest.newBuilder(inbox).timeout(Duration.ofSeconds(20));
        sender.signed(inbox, body)
                .forEach(
                        (name, value) -> {
                            // The client writes it itself, and the same.
                            if (!name.equalsIgnoreCase("host")) {
                                request.header(name, value);
                            }
                        });
        var status = 0;
        try {
            var posted =
                    client.send(
                            request.header("Content-Type", "application/activity+json")
                                    .POST(BodyPublishers.ofByteArray(body))
                                    .build(),
                            BodyHandlers.ofString(StandardCharsets.UTF_8));
            status = posted.statusCode();
        } catch (IOException e) {
            // No power there, or it went while it answered.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isOver = true;
        }
        answers.merge(status, 1, Integer::sum);
        return status;
    }

    /// Leaves alone what is not confirmed yet.
    void end() {
        isOver = true;
    }

    @Override
    public void close() {
        end();
        client.close();
    }
}
