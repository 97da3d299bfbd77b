// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.exchange.OtherServer;

/// A partner that tells of new listings over 16 connections and remembers which were confirmed.
/// Everything is signed before the first is posted, so that it comes as fast as the node takes it.
/// What is not confirmed is sent again under a signature of its own, as a sender would.
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
    private final Queue<Create> waiting;
    private final Set<Create> confirmed = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private volatile boolean isOver;

    /// A listing told of, with the headers of its first request.
    private record Create(
            String activity, String listing, byte[] body, Map<String, String> signed) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Create it && it.activity.equals(activity);
        }

        @Override
        public int hashCode() {
            return activity.hashCode();
        }
    }

    /// @param many how many listings
    Flood(OtherServer sender, URI inbox, int many) {
        this.sender = sender;
        this.inbox = inbox;
        waiting =
                new ConcurrentLinkedQueue<>(
                        IntStream.range(0, many).parallel().mapToObj(this::create).toList());
    }

    private Create create(int number) {
        var id = UUID.randomUUID();
        var name = "Beds for families, house " + number;
        var listing = sender.at("/s/" + id);
        var note =
                Draft.of("Note", listing)
                        .set("attributedTo", sender.actor())
                        .set("name", name)
                        .set("content", "<p>" + name + ". Walk in, Mon 9-12.</p>")
                        .set("waymark:version", 1_769_936_400_000L + number)
                        .set("hsdsService", service(id, name));
        var activity = sender.at("/a/" + UUID.randomUUID());
        var body = Draft.activity("Create", activity, sender.actor()).set("object", note).bytes();
        return new Create(
                activity.toString(), listing.toString(), body, sender.signed(inbox, body));
    }

    private static ObjectNode service(UUID id, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id.toString())
                .put("name", name)
                .put("description", "Walk in, Mon 9-12. ".repeat(50))
                .put("status", "active")
                .put("kind", "help")
                .put("reach", "public")
                .put("place", "exact");
    }

    /// The addresses of the activities that were answered with 202.
    List<String> confirmed() {
        return confirmed.stream().map(Create::activity).toList();
    }

    /// The addresses of the listings they told of.
    List<String> confirmedListings() {
        return confirmed.stream().map(Create::listing).toList();
    }

    int countConfirmed() {
        return confirmed.size();
    }

    /// How often each status was answered; 0 is no answer at all.
    Map<Integer, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /// Posts all, each until it is confirmed or the flood is over.
    CompletableFuture<Void> begin() {
        var threads = Executors.newFixedThreadPool(CONNECTIONS);
        return CompletableFuture.allOf(
                        IntStream.range(0, CONNECTIONS)
                                .mapToObj(_ -> CompletableFuture.runAsync(this::postAll, threads))
                                .toArray(CompletableFuture[]::new))
                .whenComplete((_, _) -> threads.shutdown());
    }

    private void postAll() {
        for (var next = waiting.poll(); next != null && !isOver; next = waiting.poll()) {
            var status = post(next.body(), next.signed());
            while (!isOver && status != 202) {
                LockSupport.parkNanos(PAUSE.toNanos());
                status = post(next.body(), sender.signed(inbox, next.body()));
            }
            if (status == 202) {
                confirmed.add(next);
            }
        }
    }

    private int post(byte[] body, Map<String, String> signed) {
        var request = HttpRequest.newBuilder(inbox).timeout(Duration.ofSeconds(20));
        signed.forEach(
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
