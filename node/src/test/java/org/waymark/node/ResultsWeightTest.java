// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.extension.Domains;
import org.waymark.node.operation.Terminal;
import org.waymark.node.operation.demo.City;
import org.waymark.node.operation.demo.StoryClock;

/// A full page of results, in scripts whose letters take two bytes, comes with the first ten
/// segments of a connection (look.md): the heaviest public page there is.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultsWeightTest {

    // 14 KB less the headers.
    private static final int FIRST_RESPONSE = 13 * 1024;

    private final HttpClient browser =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
    private TestNode node;

    @BeforeAll
    void serve() {
        node =
                TestNode.still(
                        Clock.systemUTC(),
                        "shelter",
                        "Harbour House Lindmar",
                        "complaint.outside-phone=01632 960 150",
                        "country=XL");
        var city = City.read();
        var domains = new HashMap<String, Domains>();
        for (var member : city.members()) {
            city.settle(node.domains(), member);
            domains.put(member.slug(), node.domains());
        }
        var now = new StoryClock(Clock.systemUTC(), Instant.now().minus(Duration.ofDays(1)));
        city.open(domains, now, new Silent());
        node.domains().listingIndex().catchUp();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar", "fr", "es", "uk"})
    void aFullPageOfResultsFitsIntoTheFirstResponse(String language) throws Exception {
        var packed = sent("/" + language + "/search");
        var page = unpacked(packed);
        assertThat(page.split("<article", -1)).hasSizeGreaterThan(20);
        assertThat(packed).hasSizeLessThan(FIRST_RESPONSE);
    }

    private static final class Silent implements Terminal {
        @Override
        public void line(String text) {}

        @Override
        public void error(String text) {}

        @Override
        public Path directory() {
            return Path.of("");
        }

        @Override
        public void step(String what, long done, long total) {}
    }

    private byte[] sent(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(node.url() + path))
                        .header("Accept-Encoding", "gzip");
        var answer = browser.send(request.build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        return answer.body();
    }

    private static String unpacked(byte[] packed) throws IOException {
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
