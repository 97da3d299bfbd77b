// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whom the node takes a visitor for, when somebody says so in a header.
class TrustedProxiesTest {

    private static final TrustedProxies OURS = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));

    @ParameterizedTest(name = "{0} [{1}] [{2}] -> {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Nobody says anything.
                "203.0.113.9 | - | - | 203.0.113.9",
                "10.0.0.1    | - | - | 10.0.0.1",
                // A proxy of ours does.
                "10.0.0.1    | 198.51.100.7              | - | 198.51.100.7",
                "10.0.0.1    | 2001:db8::7               | - | 2001:db8:0:0:0:0:0:7",
                "fd00::1     | 198.51.100.7              | - | 198.51.100.7",
                "10.0.0.1    | 198.51.100.7:50123        | - | 198.51.100.7",
                "10.0.0.1    | 198.51.100.7, 10.0.0.2    | - | 198.51.100.7",
                "10.0.0.1    | - | for=198.51.100.7;proto=https             | 198.51.100.7",
                "10.0.0.1    | - | For=\"[2001:db8::7]:4711\";by=10.0.0.1 | 2001:db8:0:0:0:0:0:7",
                "10.0.0.1    | - | for=198.51.100.7, for=10.0.0.2           | 198.51.100.7",
                // Whoever asks says so, and no proxy of ours.
                "203.0.113.9 | 198.51.100.7              | - | 203.0.113.9",
                "203.0.113.9 | 10.0.0.1                  | - | 203.0.113.9",
                "203.0.113.9 | - | for=198.51.100.7                         | 203.0.113.9",
                // The asker wrote the beginning, our proxy the end.
                "10.0.0.1    | 192.0.2.66, 203.0.113.9   | - | 203.0.113.9",
                "10.0.0.1    | 10.0.0.3, 203.0.113.9     | - | 203.0.113.9",
                "10.0.0.1    | - | for=192.0.2.66, for=203.0.113.9          | 203.0.113.9",
                // What cannot be read ends it at who said it.
                "10.0.0.1    | shelter.example           | - | 10.0.0.1",
                "10.0.0.1    | 198.51.100.7, nonsense    | - | 10.0.0.1",
                "10.0.0.1    | ,                         | - | 10.0.0.1",
                "10.0.0.1    | - | for=unknown                              | 10.0.0.1",
                "10.0.0.1    | - | for=_hidden                              | 10.0.0.1",
                "10.0.0.1    | - | proto=https                              | 10.0.0.1",
                // Two headers that differ: one of them came through from outside.
                "10.0.0.1    | 203.0.113.9 | for=192.0.2.66   | 10.0.0.1",
                "10.0.0.1    | 203.0.113.9 | for=203.0.113.9  | 203.0.113.9",
            })
    void onlyWhatOurProxiesSayCounts(
            String peer, String forwardedFor, String forwarded, String it) {
        assertThat(OURS.origin(peer, lines(forwardedFor), lines(forwarded)))
                .isEqualTo(new RemoteAddress(it));
        assertThat(TrustedProxies.NONE.origin(peer, lines(forwardedFor), lines(forwarded)))
                .isEqualTo(new RemoteAddress(peer));
    }

    @Test
    void severalLinesAreOne() {
        assertThat(OURS.origin("10.0.0.1", List.of("192.0.2.66", "203.0.113.9"), List.of()))
                .isEqualTo(new RemoteAddress("203.0.113.9"));
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        assertThatThrownBy(() -> TrustedProxies.of(List.of("10.0.0.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.1");
    }

    @Test
    void aForgedHeaderIsIgnoredByASiteWithoutProxiesAndHeardBehindOne()
            throws IOException, InterruptedException {
        assertThat(asks(TrustedProxies.NONE)).isEqualTo("127.0.0.1");
        assertThat(asks(OURS)).isEqualTo("127.0.0.1");
        assertThat(asks(TrustedProxies.of(List.of("127.0.0.0/8")))).isEqualTo("198.51.100.7");
    }

    private static String asks(TrustedProxies proxies) throws IOException, InterruptedException {
        try (var server = HttpServer.bind("127.0.0.1", 0);
                var client = HttpClient.newHttpClient()) {
            var base = BaseUrl.parse("http://127.0.0.1:" + server.port());
            server.serve(new Site(base, 1_000, proxies).add(new WhoAsks()));
            var request =
                    HttpRequest.newBuilder(URI.create(base + "/who"))
                            .header("X-Forwarded-For", "192.0.2.66, 198.51.100.7")
                            .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Path("/who")
    public static final class WhoAsks {
        @GET
        public String get(@Context ContainerRequestContext request) {
            return RemoteAddress.of(request).host();
        }
    }

    private static List<String> lines(String line) {
        return Stream.ofNullable(line).toList();
    }
}
