// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.extension.Domains;
import org.waymark.node.http.Problem;

/// Runs a command inside the running node. It is on the internal listener only, and always asks for
/// the token, because behind a proxy every visitor comes from loopback.
///
/// The answer is one JSON object a line: `{"line":…}`, `{"error":…}`,
/// `{"step":…,"done":…,"total":…}`, and at the end `{"exit":…}`.
@Path("/control/v1")
public final class ControlResource {

    /// What the caller sends.
    ///
    /// @param arguments the command line after `waymark`
    /// @param directory the folder the operator stands in
    public record Call(List<String> arguments, String directory) {}

    /// Whether there is anything to run; what is missing in the JSON is missing here.
    private static boolean isWhole(@Nullable Call call) {
        return call != null
                && Objects.nonNull(call.arguments())
                && call.arguments().stream().noneMatch(Objects::isNull)
                && Objects.nonNull(call.directory());
    }

    /// Parses a command line and hands over the command it names.
    @FunctionalInterface
    public interface CommandLineParser {
        NodeCommand parse(List<String> arguments);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ControlResource.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Domains domains;
    private final CommandLineParser parser;
    private final String token;

    public ControlResource(Domains domains, CommandLineParser parser, String token) {
        this.domains = domains;
        this.parser = parser;
        this.token = token;
    }

    @POST
    @Path("{command}")
    @Produces("application/x-ndjson")
    public StreamingOutput run(
            @HeaderParam("Authorization") String authorization,
            @PathParam("command") String command,
            @Nullable Call call) {
        if (authorization == null
                || !MessageDigest.isEqual(bytes(authorization), bytes("Bearer " + token))) {
            throw Problem.of(401, "control-token-needed");
        }
        if (call == null || !isWhole(call)) {
            throw Problem.of(400, "body-not-understood", "arguments and directory are needed");
        }
        LOG.info("Command {} from the command line", command);
        return out -> {
            var terminal = new StreamTerminal(out, java.nio.file.Path.of(call.directory()));
            int exit;
            try {
                exit = parser.parse(call.arguments()).run(domains, terminal);
            } catch (UnusableSettingException e) {
                terminal.error(String.valueOf(e.getMessage()));
                exit = 2;
            } catch (RuntimeException e) {
                LOG.error("Command {} failed", command, e);
                terminal.error(String.valueOf(e.getMessage()));
                exit = 1;
            }
            terminal.write(Map.of("exit", exit));
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record StreamTerminal(OutputStream out, java.nio.file.Path directory)
            implements Terminal {

        @Override
        public void line(String text) {
            write(Map.of("line", text));
        }

        @Override
        public void error(String text) {
            write(Map.of("error", text));
        }

        @Override
        public void step(String what, long done, long total) {
            write(Map.of("step", what, "done", done, "total", total));
        }

        void write(Map<String, Object> message) {
            try {
                out.write(JSON.writeValueAsBytes(message));
                out.write('\n');
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
