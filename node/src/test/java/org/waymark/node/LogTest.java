// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.http.BaseUrl;
import org.waymark.node.http.HttpServer;
import org.waymark.node.http.RawHttp;
import org.waymark.node.http.Site;
import org.waymark.node.operation.LogFormat;

/// What people type and where they come from never reaches the log, as it is written.
class LogTest {

    private static final String MARKER = "Zamzam7391";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<String> LINES = new CopyOnWriteArrayList<>();
    private static final Logger ROOT = Logger.getLogger("");
    private static final Handler CAPTURE =
            new Handler() {
                private final Formatter format = new LogFormat();

                @Override
                public void publish(LogRecord entry) {
                    LINES.add(format.format(entry));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    private static TestNode shelter;
    private static HttpServer brittle;

    /// Fails where a library repeats in its message what it was given.
    @Path("/break")
    public static final class Brittle {
        @GET
        public String find(@QueryParam("name") String name) {
            return UUID.fromString(name).toString();
        }
    }

    @BeforeAll
    static void start() {
        shelter = TestNode.start("shelter", "Lindmar Shelter");
        brittle = HttpServer.bind("127.0.0.1", 0);
        brittle.serve(new Site(BaseUrl.parse("http://shelter.example"), 1_000).add(new Brittle()));
        ROOT.addHandler(CAPTURE);
    }

    @AfterAll
    static void stop() {
        ROOT.removeHandler(CAPTURE);
        brittle.close();
        shelter.close();
    }

    @BeforeEach
    void forget() {
        LINES.clear();
    }

    @Test
    void aFailedRequestIsLoggedWithItsPlaceAndWithoutItsWords() throws Exception {
        var answer =
                CLIENT.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + brittle.port()
                                                        + "/break?name="
                                                        + MARKER))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(LINES).anyMatch(line -> line.contains("error id") && line.contains("Brittle"));
        assertNothingPersonal();
    }

    @Test
    void aWrongPasswordIsNobodysBusiness() {
        var sessions = shelter.domains().sessions();

        sessions.signIn(MARKER + "@a.example", MARKER + " secret", Optional.empty(), "192.0.2.7");
        sessions.signIn("admin@shelter.example", MARKER + " secret", Optional.empty(), "192.0.2.7");

        assertNothingPersonal();
    }

    @Test
    void aSignInThatBreaksTellsWhereAndNotWho() {
        var other = TestNode.start("clinic", "Lindmar Clinic");
        var sessions = other.domains().sessions();
        other.database().close();
        LINES.clear(); // what a node says of its own start
        try {
            assertThatThrownBy(
                            () ->
                                    sessions.signIn(
                                            MARKER + "@a.example",
                                            MARKER,
                                            Optional.empty(),
                                            "192.0.2.7"))
                    .isInstanceOf(RuntimeException.class);
        } finally {
            other.close();
        }

        assertNothingPersonal();
    }

    @Test
    void whatPeopleSearchForStaysWithThem() throws Exception {
        get("/en/search?q=" + MARKER);
        post("/en/search", "q=" + MARKER);
        get("/en/s/" + MARKER + "?q=" + MARKER);
        get("/hsds/services/" + MARKER);
        get("/nowhere?name=" + MARKER);

        assertNothingPersonal();
    }

    @Test
    void whatIsNoRequestIsNotRepeated() throws Exception {
        for (var target :
                List.of(
                        "/en/search?q=%zz" + MARKER,
                        "/en/" + MARKER + "|{}?q=" + MARKER,
                        MARKER,
                        "/" + MARKER.repeat(3_000))) {
            RawHttp.head(shelter.url().getPort(), target);
        }

        assertNothingPersonal();
    }

    private static void assertNothingPersonal() {
        assertThat(LINES)
                .noneMatch(line -> line.contains(MARKER))
                .noneMatch(line -> line.contains("127.0.0.1") || line.contains("192.0.2."))
                .noneMatch(line -> line.contains("?q=") || line.contains("?name="));
    }

    private static void get(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(shelter.url().resolve(path)));
    }

    private static void post(String path, String form) throws IOException, InterruptedException {
        send(
                HttpRequest.newBuilder(shelter.url().resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    private static void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        CLIENT.send(request.build(), BodyHandlers.discarding());
    }
}
