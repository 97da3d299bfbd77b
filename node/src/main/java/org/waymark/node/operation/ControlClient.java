// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.webclient.api.WebClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// Sends a command line to the node that runs on the same machine, and shows what it answers.
public final class ControlClient {

    private static final JsonMapper JSON = new JsonMapper();

    private ControlClient() {}

    /// @return the command's exit code; 1 when the node stopped meanwhile
    public static int run(RunFile run, List<String> arguments, Terminal terminal) {
        var call =
                new ControlResource.Call(
                        arguments, terminal.directory().toAbsolutePath().toString());
        var client =
                WebClient.builder()
                        .baseUri("http://127.0.0.1:" + run.port())
                        .readTimeout(Duration.ofMinutes(30))
                        .build();
        try (var response =
                        client.post("/control/v1/" + arguments.getFirst())
                                .header(
                                        io.helidon.http.HeaderNames.AUTHORIZATION,
                                        "Bearer " + run.token())
                                .contentType(
                                        io.helidon.common.media.type.MediaTypes.APPLICATION_JSON)
                                .submit(JSON.writeValueAsBytes(call));
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        response.inputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var message = JSON.readTree(line);
                if (message.has("exit")) {
                    return message.get("exit").asInt();
                } else if (message.has("line")) {
                    terminal.line(message.get("line").asText());
                } else if (message.has("error")) {
                    terminal.error(message.get("error").asText());
                } else if (message.has("step")) {
                    terminal.step(
                            message.get("step").asText(),
                            message.get("done").asLong(),
                            message.get("total").asLong());
                }
            }
        } catch (IOException e) {
            terminal.error("The running node broke off: " + e.getMessage());
        }
        return 1;
    }
}
