// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.node.TestClock;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.Twins;

class FeedsTest {

    /// The HSDS API of somebody else, with one service on each page.
    private static final class OtherApi implements AutoCloseable {

        private final Map<String, String> services = new LinkedHashMap<>();
        private final List<String> asked = new ArrayList<>();
        private final HttpServer server;
        private int status = 200;

        OtherApi() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/api/",
                    exchange -> {
                        var uri = exchange.getRequestURI();
                        asked.add(
                                uri.toString().replaceFirst("modified_after=.*", "modified_after"));
                        var etag = exchange.getRequestHeaders().getFirst("If-None-Match");
                        var answer = "\"same\"".equals(etag) ? "" : answer(uri);
                        exchange.getResponseHeaders().add("Content-Type", "application/json");
                        exchange.getResponseHeaders().add("ETag", "\"same\"");
                        exchange.getResponseHeaders().add("Retry-After", "259200");
                        var bytes = answer.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(
                                answer.isEmpty() ? 304 : status,
                                answer.isEmpty() ? -1 : bytes.length);
                        exchange.getResponseBody().write(bytes);
                        exchange.close();
                    });
            server.start();
        }

        private String answer(URI uri) {
            if (!uri.getPath().endsWith("/services")) {
                return services.getOrDefault(uri.getPath().replaceFirst(".*/", ""), "{}");
            }
            if (uri.getQuery().contains("modified_after")) {
                return "{\"contents\": [], \"total_pages\": 0}";
            }
            var page = Integer.parseInt(uri.getQuery().replaceFirst(".*&page=", ""));
            var id = List.copyOf(services.keySet()).get(page - 1);
            return "{\"contents\": [{\"id\": \"%s\", \"name\": \"?\"}], \"total_pages\": %d}"
                    .formatted(id, services.size());
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static Feeds feeds(Desk desk, TestClock clock, NetworkRules rules) {
        return new Feeds(
                desk.database,
                desk.work,
                desk.staff.access,
                desk.intake,
                GuardedClient.of(ClientSettings.of(rules, "test"), clock),
                new Twins(
                        desk.database,
                        desk.work,
                        desk.staff.access,
                        desk.staff.audit,
                        desk.listings,
                        desk.closings,
                        clock),
                Desk.ZONE,
                clock,
                UUID::randomUUID);
    }

    private static String service(String id, String name) {
        return "{\"id\": \"%s\", \"name\": \"%s\", \"status\": \"active\", \"phones\": [{\"number\": \"555-0300\"}]}"
                .formatted(id, name);
    }

    @Test
    void anApiIsReadWholeThenForWhatChangedAndSaysWhatIsGone() throws IOException {
        var clock = new TestClock();
        try (var desk = new Desk(Databases.inMemory(), clock);
                var api = new OtherApi()) {
            api.services.put("a", service("a", "Night shelter bus"));
            api.services.put("b", service("b", "Day bus"));
            var feeds = feeds(desk, clock, NetworkRules.allowing(List.of("127.0.0.0/8")));

            assertThat(feeds.add(desk.amal, api.url())).isTrue();
            desk.work.runDue();

            assertThat(api.asked)
                    .containsExactly(
                            "/api/services?full=true&per_page=50&page=1",
                            "/api/services/a",
                            "/api/services?full=true&per_page=50&page=2",
                            "/api/services/b");
            assertThat(desk.listings.list(desk.amal, "bus", 5)).hasSize(2);
            assertThat(state(feeds, desk)).contains("2 services").contains("0 gone there");

            api.asked.clear();
            clock.advance(Duration.ofDays(1));
            desk.work.runDue();
            clock.advance(Duration.ofDays(1));
            desk.work.runDue();
            assertThat(api.asked)
                    .containsExactly(
                            "/api/services?full=true&per_page=50&page=1&modified_after",
                            "/api/services?full=true&per_page=50&page=1&modified_after");
            assertThat(state(feeds, desk)).contains("nothing new");

            api.services.remove("b");
            clock.advance(Duration.ofDays(7));
            desk.work.runDue();
            assertThat(state(feeds, desk)).contains("1 gone there");
            assertThat(desk.listings.list(desk.amal, "bus", 5)).as("a person decides").hasSize(2);

            api.status = 503;
            clock.advance(Duration.ofDays(1));
            desk.work.runDue();
            assertThat(state(feeds, desk)).contains("feed-answered-503");
            api.asked.clear();
            clock.advance(Duration.ofDays(2));
            desk.work.runDue();
            assertThat(api.asked).as("not before it asked for").isEmpty();

            assertThat(feeds.remove(desk.amal, api.url())).isTrue();
            clock.advance(Duration.ofDays(9));
            desk.work.runDue();
            assertThat(api.asked).isEmpty();
        }
    }

    private static String state(Feeds feeds, Desk desk) {
        return feeds.list(desk.amal).getFirst().state();
    }

    @Test
    void noAddressOfAPrivateNetworkIsReadAndNothingWithoutAHost() throws IOException {
        var clock = new TestClock();
        try (var desk = new Desk(Databases.inMemory(), clock);
                var api = new OtherApi()) {
            var feeds = feeds(desk, clock, NetworkRules.publicOnly());

            assertThat(feeds.add(desk.amal, URI.create("file:///etc/passwd"))).isFalse();
            assertThat(feeds.add(desk.amal, URI.create("https://u:p@host.example/"))).isFalse();
            feeds.add(desk.amal, api.url());
            desk.work.runDue();

            assertThat(api.asked).isEmpty();
            assertThat(state(feeds, desk)).contains("not-allowed");
        }
    }
}
