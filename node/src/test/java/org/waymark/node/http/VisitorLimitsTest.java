// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.TestClock;
import org.waymark.node.http.VisitorLimits.Rule;
import org.waymark.node.page.Contact;
import org.waymark.node.page.ErrorPage;
import org.waymark.node.page.Imprint;
import org.waymark.node.page.Languages;
import org.waymark.node.page.Pages;
import org.waymark.node.page.Styles;

class VisitorLimitsTest {

    private static final List<Rule> RULES =
            List.of(
                    new Rule("search", "search", 3, 0, Duration.ofMinutes(1)),
                    new Rule("check", "check/[^/]+", 100, 2, Duration.ofMinutes(10)),
                    new Rule("other", ".*", 1, 0, Duration.ofMinutes(1)));

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final TestClock clock = new TestClock();
    private final HttpServer server = HttpServer.bind("127.0.0.1", 0);

    /// Answers whatever one posts.
    @Path("/")
    public static final class Everything {

        @POST
        @Path("{path:.*}")
        public String posted() {
            return "done";
        }

        @GET
        @Path("{path:.*}")
        public String shown() {
            return "shown";
        }
    }

    @BeforeEach
    void serve() {
        var imprint =
                new Imprint(
                        "Lindmar",
                        "XL",
                        new Contact(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty());
        var pages = new Pages(() -> imprint, Languages.shipped(), new Styles());
        var base = BaseUrl.parse("http://127.0.0.1:" + server.port());
        server.serve(
                new Site(base, 1 << 16, TrustedProxies.of(List.of("127.0.0.0/8")))
                        .add(new ErrorPageFilter(new ErrorPage(pages)))
                        .add(new VisitorLimits(RULES, clock))
                        .add(new Everything()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whoPostsTooOftenIsToldInTheirLanguageWhenToComeAgain() {
        for (int i = 0; i < 3; i++) {
            assertThat(post("/ar/search", "192.0.2.1").statusCode()).isEqualTo(200);
        }

        var refused = post("/ar/search", "192.0.2.1");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("61");
        assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(refused.body())
                .contains("<html lang=\"ar\" dir=\"rtl\">")
                .contains("طلبات كثيرة في وقت واحد");

        clock.advance(Duration.ofSeconds(61));
        assertThat(post("/ar/search", "192.0.2.1").statusCode()).isEqualTo(200);
    }

    @Test
    void oneVisitorKeepsNoOtherOut() {
        for (int i = 0; i < 10; i++) {
            post("/en/search", "192.0.2.1");
        }

        assertThat(post("/en/search", "192.0.2.1").statusCode()).isEqualTo(429);
        assertThat(post("/en/search", "192.0.2.2").statusCode()).isEqualTo(200);
        assertThat(get("/en/search", "192.0.2.1").statusCode()).as("reading").isEqualTo(200);
        assertThat(post("/en/wrong", "192.0.2.1").statusCode()).as("another form").isEqualTo(200);
        assertThat(post("/en/wrong", "192.0.2.1").statusCode()).isEqualTo(429);
    }

    @Test
    void aHouseholdIsOneVisitorByWhicheverOfItsAddressesItComes() {
        for (int i = 0; i < 3; i++) {
            post("/en/search", "2001:db8:1:1::" + (i + 1));
        }

        assertThat(post("/en/search", "2001:db8:1:1:ffff::9").statusCode()).isEqualTo(429);
        assertThat(post("/en/search", "2001:db8:1:2::1").statusCode()).isEqualTo(200);
    }

    @Test
    void aLinkIsPostedToOnlySoOftenWhoeverDoes() {
        assertThat(post("/en/check/abc", "192.0.2.1").statusCode()).isEqualTo(200);
        assertThat(post("/uk/check/abc", "192.0.2.2").statusCode()).isEqualTo(200);
        assertThat(post("/en/check/abc", "192.0.2.3").statusCode()).isEqualTo(429);
        assertThat(post("/en/check/abc;1", "192.0.2.4").statusCode()).isEqualTo(429);
        assertThat(post("/en;x/check/abc;2", "192.0.2.5").statusCode()).isEqualTo(429);
        assertThat(post("/en/check/other", "192.0.2.3").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "172.17.0.1", "10.0.0.2", "fe80::1", "fd00:1::2"})
    void whereAllComeFromOneAddressTheyAreNotTakenForOneVisitor(String proxy) {
        for (int i = 0; i < 100; i++) {
            assertThat(post("/en/search", proxy).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatStaffAndPartnersSendIsLimitedElsewhere() {
        for (var path : List.of("/admin/listings", "/inbox", "/o/x/inbox", "/api/v1/referrals")) {
            for (int i = 0; i < 5; i++) {
                assertThat(post(path, "192.0.2.9").statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    private HttpResponse<String> post(String path, String from) {
        return send(request(path, from).POST(HttpRequest.BodyPublishers.ofString("q=x")));
    }

    private HttpResponse<String> get(String path, String from) {
        return send(request(path, from));
    }

    private HttpRequest.Builder request(String path, String from) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Accept", "text/html")
                .header("X-Forwarded-For", from);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
