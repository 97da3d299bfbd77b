// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.database.Databases;

class SiteTest {

    private static final BaseUrl BASE = BaseUrl.parse("https://shelter.example");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static HttpServer server;

    @Path("/")
    public static final class Echo {
        @GET
        @Path("target/{rest: .*}")
        public String target(@Context ContainerRequestContext request, @Context UriInfo uri) {
            return RawTarget.of(request).pathAndQuery() + " " + uri.getBaseUri();
        }

        @GET
        @Path("thing/{name}")
        @Produces("application/json")
        public Map<String, String> thing(@PathParam("name") String name) {
            if (name.equals("gone")) {
                throw Problem.of(410, "thing-gone");
            }
            if (name.equals("busy")) {
                throw Databases.turnedAway();
            }
            if (name.equals("broken")) {
                throw new IllegalStateException("secret detail");
            }
            return Map.of("name", name);
        }

        @GET
        @Path("long")
        public String longText() {
            return "x".repeat(300_000);
        }

        @GET
        @Path("greeting")
        @Produces("text/plain")
        public Response greeting() {
            return Response.ok("x".repeat(3_000))
                    .header("Vary", "Accept-Language")
                    .tag("v1")
                    .build();
        }

        @POST
        @Path("length")
        public String length(byte[] body) {
            return String.valueOf(body.length);
        }
    }

    @BeforeAll
    static void serve() {
        server = HttpServer.bind("127.0.0.1", 0);
        server.serve(
                new Site(BASE, 1000)
                        .add(new Echo())
                        .addShortcut(SiteTest::shortcut)
                        .add(new SecurityHeaders(BASE, List.of("sha256-abc")))
                        .add(new ErrorPageFilter((_, problem) -> "<h1>" + problem.code())));
    }

    private static Optional<Function<Shortcut.Posted, Response>> shortcut(RawTarget target) {
        return switch (target.path()) {
            case "/length" ->
                    target.equals(new RawTarget("/length?short"))
                            ? Optional.of(SiteTest::refused)
                            : Optional.empty();
            case "/thing/broken" ->
                    Optional.of(
                            _ -> {
                                throw new IllegalStateException("secret detail");
                            });
            default -> Optional.empty();
        };
    }

    private static Response refused(Shortcut.Posted posted) {
        try {
            var name = new String(posted.body().readAllBytes(), StandardCharsets.UTF_8);
            return Response.fromResponse(Problem.response(403, "no-" + name))
                    .header("X-Length", posted.length())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whomTheDatabaseTurnsAwayIsAskedToComeAgain() throws Exception {
        var answer = get("/thing/busy", Map.of());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("busy-now").doesNotContain("lock");
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    }

    @Test
    void theRawTargetIsKeptAndTheBaseComesFromTheSettings() throws Exception {
        var answer = get("/target/a%2Fb%20c?q=%C3%A9&x", Map.of());

        assertThat(answer.body())
                .isEqualTo("/target/a%2Fb%20c?q=%C3%A9&x https://shelter.example/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@stranger.example/target/x",
                ".stranger.example/target/x",
                ":81/target/x",
                "http://stranger.example/target/x",
                "*"
            })
    void aTargetThatIsNoPathGetsNoWordIntoTheAddress(String target) throws Exception {
        var answer = RawHttp.head(server.port(), target);

        assertThat(answer).startsWith("HTTP/1.1 4");
    }

    @Test
    void jsonGoesOutWithItsTypeAndTheSecurityHeaders() throws Exception {
        var answer = get("/thing/lamp", Map.of());

        assertThat(answer.body()).isEqualTo("{\"name\":\"lamp\"}");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("'sha256-abc'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("strict-transport-security")).isPresent();
    }

    @Test
    void aRefusalIsAProblemForMachinesAndAPageForPeople() throws Exception {
        var machine = get("/thing/gone", Map.of());
        var person = get("/thing/gone", Map.of("Accept", "text/html,*/*;q=0.8"));

        assertThat(machine.statusCode()).isEqualTo(410);
        assertThat(machine.body()).contains("\"code\":\"thing-gone\"");
        assertThat(machine.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(person.statusCode()).isEqualTo(410);
        assertThat(person.body()).isEqualTo("<h1>thing-gone");
    }

    @Test
    void anUnexpectedFailureTellsOnlyItsId() throws Exception {
        var answer = get("/thing/broken", Map.of());

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("internal-error").doesNotContain("secret");
    }

    @Test
    void aShortcutAnswersAsAResourceWould() throws Exception {
        var answer = post("/length?short", Map.of());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"no-lamp\"");
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(answer.headers().firstValue("x-length")).contains("4");
        assertThat(answer.headers().map())
                .containsKeys("content-security-policy", "strict-transport-security");
        assertThat(post("/thing/broken", Map.of()).body())
                .contains("internal-error")
                .doesNotContain("secret");
    }

    @Test
    void whatAShortcutIsNotForHasItsBodyStill() throws Exception {
        assertThat(post("/length", Map.of()).body()).isEqualTo("4");
        assertThat(post("/length?short", Map.of("Accept", "text/html")).body()).isEqualTo("4");
    }

    @Test
    void whatIsNotThereIsAProblemToo() throws Exception {
        assertThat(get("/nowhere", Map.of()).body()).contains("\"code\":\"not-found\"");
    }

    @Test
    void longAnswersArriveWhole() throws Exception {
        assertThat(get("/long", Map.of()).body()).hasSize(300_000);
    }

    @Test
    void answersAreCompressedWhenAsked() throws Exception {
        var answer = get("/long", Map.of("Accept-Encoding", "gzip"));

        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(answer.body().length()).isLessThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "br, gzip; q=0.0"})
    void answersAreNotCompressedForThoseWhoCannotUnpack(String encodings) throws Exception {
        var answer = get("/long", Map.of("Accept-Encoding", encodings));

        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(answer.body()).hasSize(300_000);
    }

    @Test
    void whatAnAnswerDependsOnIsToldWhole() throws Exception {
        var answer = get("/greeting", Map.of());

        assertThat(String.join(", ", answer.headers().allValues("vary")))
                .contains("Accept-Language")
                .contains("Accept-Encoding");
    }

    @Test
    void theTagOfACompressedAnswerPromisesMeaningAndNotBytes() throws Exception {
        var plain = get("/greeting", Map.of());
        var packed = get("/greeting", Map.of("Accept-Encoding", "br, gzip;q=0.8"));

        assertThat(plain.headers().firstValue("etag")).contains("\"v1\"");
        assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(packed.headers().firstValue("etag")).contains("W/\"v1\"");
    }

    @Test
    void aBodyOverTheLimitIsRefusedAndOneAtTheLimitIsRead() throws Exception {
        assertThat(post(BodyPublishers.ofByteArray(new byte[1000])).body()).isEqualTo("1000");
        assertThat(post(BodyPublishers.ofByteArray(new byte[1001])).statusCode()).isEqualTo(413);
        var unannounced =
                BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[1001]));
        assertThat(post(unannounced).statusCode()).isEqualTo(413);
    }

    @Test
    void whatTheServerAnswersByItselfIsFramedByNobodyEither() throws Exception {
        assertThat(post(BodyPublishers.ofByteArray(new byte[1001])).headers().map())
                .containsKeys("content-security-policy", "x-frame-options", "referrer-policy");
        for (var target : List.of("@stranger.example/", "/%zz", "/a b")) {
            assertThat(RawHttp.head(server.port(), target))
                    .as(target)
                    .contains(" 400 ")
                    .containsIgnoringCase("x-content-type-options: nosniff")
                    .containsIgnoringCase("content-security-policy: default-src 'none'");
        }
        try (var early = HttpServer.bind("127.0.0.1", 0)) {
            assertThat(RawHttp.head(early.port(), "/"))
                    .contains(" 503 ")
                    .containsIgnoringCase("x-frame-options: DENY");
        }
    }

    private static HttpResponse<String> get(String target, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at(target));
        headers.forEach(request::header);
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(at("/length")).POST(body).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String target, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at(target)).POST(BodyPublishers.ofString("lamp"));
        headers.forEach(request::header);
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static URI at(String target) {
        return URI.create("http://127.0.0.1:" + server.port() + target);
    }
}
