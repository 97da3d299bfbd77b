// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.TestNode;

/// What watches over a node and what commands it, on its own listeners.
class ControlTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static TestNode node;
    private static RunFile run;

    @BeforeAll
    static void start() {
        node = TestNode.start("shelter", "The Shelter");
        run = RunFile.find(node.settings().data()).orElseThrow();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "{\"arguments\":[\"version\"]}",
                "{\"arguments\":[null],\"directory\":\"/\"}"
            })
    void aCallThatSaysNothingIsRefused(String body) throws Exception {
        assertThat(command(body, run.token()).statusCode()).isEqualTo(400);
    }

    @Test
    void withoutTheTokenNothingRuns() throws Exception {
        var whole = "{\"arguments\":[\"account\",\"list\"],\"directory\":\"/\"}";

        assertThat(command(whole, "guessed").statusCode()).isEqualTo(401);
        assertThat(command(whole, run.token()).body()).contains("\"exit\":0");
    }

    @Test
    void aPackageThatCannotBeUsedEndsTheCommandWithTwo(@TempDir Path folder) throws Exception {
        var empty = Files.createDirectory(folder.resolve("empty"));
        var half = Files.writeString(folder.resolve("half.zip"), "PK\3\4half of it");
        var text = Files.writeString(folder.resolve("cut.json"), "[{\"name\": \"A\", \"sta");
        for (var path : List.of(folder.resolve("nothing"), empty, half, text)) {
            var call =
                    "{\"arguments\":[\"import\",\"hsds\",\"%s\",\"--publisher\",\"shelter\"],\"directory\":\"/\"}";

            var answer = command(call.formatted(path), run.token()).body();

            assertThat(answer).as(path.toString()).contains("\"exit\":2");
            assertThat(answer).doesNotContain("\\tat ");
        }
        assertThat(node.domains().listings().countOpen(node.acting())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "*/*"})
    void healthIsPlainTextWhateverIsAskedFor(String accept) throws Exception {
        for (var path : new String[] {"/health/live", "/health/ready", "/health/started"}) {
            var request = HttpRequest.newBuilder(node.url().resolve(path)).header("Accept", accept);
            var answer = CLIENT.send(request.build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/plain");
        }
    }

    private static HttpResponse<String> command(String body, String token)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + run.port() + "/control/v1/x"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
