// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A second demonstration beside the first one is told what to do, in one sentence and without what
/// the server has to say of it.
class DemoPortsTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTakenPortIsSaidInOneSentence(boolean isBuilt) throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = other.getLocalPort();
            if (isBuilt) {
                var demo = Files.createDirectories(folder.resolve("data/demo"));
                Files.writeString(demo.resolve("shape"), "1 " + port);
            }

            var said = runDemo(port);

            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.errors().lines())
                    .singleElement()
                    .asString()
                    .contains(port + " is taken");
            assertThat(said.log()).isEmpty();
        }
    }

    /// Or the test above could not hear anything.
    @Test
    void theLogIsHeard() {
        try (var log = new Heard()) {
            Logger.getLogger("io.helidon.webserver").warning("heard");

            assertThat(log.records()).containsExactly("heard");
        }
    }

    private record Said(int exit, String errors, List<String> log) {}

    private Said runDemo(int port) {
        var errors = new ByteArrayOutputStream();
        var before = System.err;
        try (var log = new Heard();
                var stream = new PrintStream(errors, true, StandardCharsets.UTF_8)) {
            System.setErr(stream);
            var exit =
                    Main.run(
                            folder,
                            "demo",
                            "--data",
                            "data",
                            "--nodes",
                            "1",
                            "--port",
                            String.valueOf(port));
            return new Said(exit, errors.toString(StandardCharsets.UTF_8), log.records());
        } finally {
            System.setErr(before);
        }
    }

    private static final class Heard extends Handler implements AutoCloseable {

        private final List<String> records = new CopyOnWriteArrayList<>();
        private final Logger root = Logger.getLogger("");

        Heard() {
            root.addHandler(this);
        }

        List<String> records() {
            return List.copyOf(records);
        }

        @Override
        public void publish(LogRecord record) {
            records.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            root.removeHandler(this);
        }
    }
}
