// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.translation.MachineTranslator.Answer;
import org.waymark.node.translation.TranslationSettings.Service;

/// What is said to services of both kinds over HTTP, and what is made of their answers.
@SuppressWarnings("NullAway.Init") // set before each test
class MachineServicesTest {

    private record Asked(String path, Optional<String> authorization, JsonNode body) {}

    private final List<Asked> asked = new ArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = "{}";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(
                            new Asked(
                                    exchange.getRequestURI().getPath(),
                                    Optional.ofNullable(
                                            exchange.getRequestHeaders().getFirst("Authorization")),
                                    new JsonMapper()
                                            .readTree(exchange.getRequestBody().readAllBytes())));
                    var body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private MachineTranslator service(Service kind) {
        return new TranslationSettings(
                        kind,
                        Optional.of(
                                URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                        Optional.of("a-key"),
                        List.of(),
                        List.of("127.0.0.0/8"))
                .open(Clock.systemUTC());
    }

    @Test
    void deepLIsAskedInItsOwnWords() {
        answer =
                """
                {"translations":[{"detected_source_language":"EN","text":"Bonjour <x id='1'/>"},
                 {"detected_source_language":"EN","text":"Adieu"}]}""";

        var done =
                service(Service.DEEPL)
                        .translate(List.of("Hello <x id='1'/>", "Goodbye"), "en", "fr");

        assertThat(done).isEqualTo(new Answer.Done(List.of("Bonjour <x id='1'/>", "Adieu")));
        var question = asked.getLast();
        assertThat(question.path()).isEqualTo("/v2/translate");
        assertThat(question.authorization()).contains("DeepL-Auth-Key a-key");
        assertThat(question.body().path("source_lang").asText()).isEqualTo("EN");
        assertThat(question.body().path("target_lang").asText()).isEqualTo("FR");
        assertThat(question.body().path("tag_handling").asText()).isEqualTo("xml");
        assertThat(question.body().path("text")).hasSize(2);
    }

    @Test
    void whatDeepLCannotOrWillNotDoIsSaidByCode() {
        var deepL = service(Service.DEEPL);
        var one = List.of("Hello");

        status = 456;
        answer = "{\"message\":\"Quota exceeded\"}";
        assertThat(deepL.translate(one, "en", "fr"))
                .isEqualTo(new Answer.Failed("service-refused"));

        status = 200;
        for (var wrong : Stream.of("{}", "no json", "{\"translations\":[]}", "[1,2]").toList()) {
            answer = wrong;
            assertThat(deepL.translate(one, "en", "fr"))
                    .as(wrong)
                    .isEqualTo(new Answer.Failed("answer-malformed"));
        }

        server.stop(0);
        assertThat(deepL.translate(one, "en", "fr"))
                .isEqualTo(new Answer.Failed("service-unreachable"));
    }

    @Test
    void libreTranslateIsAskedInItsOwnWords() {
        answer = "{\"translatedText\":[\"Bonjour\"]}";

        var done = service(Service.LIBRETRANSLATE).translate(List.of("Hello"), "en", "fr");

        assertThat(done).isEqualTo(new Answer.Done(List.of("Bonjour")));
        var question = asked.getLast();
        assertThat(question.path()).isEqualTo("/translate");
        assertThat(question.body().path("source").asText()).isEqualTo("en");
        assertThat(question.body().path("target").asText()).isEqualTo("fr");
        assertThat(question.body().path("api_key").asText()).isEqualTo("a-key");
    }
}
