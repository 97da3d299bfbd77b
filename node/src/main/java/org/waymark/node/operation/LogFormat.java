// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// One JSON object a line, on standard error: time, level, where, what, and the trace of a failure.
/// Nobody's name, address or words belong in a log message; ids do.
public final class LogFormat extends Formatter {

    private static final JsonMapper JSON = new JsonMapper();

    /// Libraries that tell at INFO what only their authors want to know.
    private static final Map<String, Level> QUIET =
            Map.of(
                    "io.helidon", Level.WARNING,
                    "liquibase", Level.WARNING,
                    "com.zaxxer.hikari", Level.WARNING,
                    // Jersey misses an optional class of jakarta.activation, which nobody uses.
                    "org.glassfish.jersey.message.internal.MessagingBinders", Level.SEVERE,
                    "org.apache.lucene", Level.WARNING,
                    // It asks for a JVM module that we leave out to stay small.
                    "org.apache.lucene.internal.vectorization", Level.SEVERE);

    // Held here because java.util.logging keeps only weak references.
    private static final java.util.List<Logger> HELD = new java.util.ArrayList<>();

    /// Sends every log of this process through this format. Called once, by `Main`.
    public static void install() {
        var root = Logger.getLogger("");
        for (var handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        var console = new ConsoleHandler();
        console.setFormatter(new LogFormat());
        root.addHandler(console);
        QUIET.forEach(
                (name, level) -> {
                    var logger = Logger.getLogger(name);
                    logger.setLevel(level);
                    HELD.add(logger);
                });
    }

    @Override
    public String format(LogRecord entry) {
        var members = new LinkedHashMap<String, Object>();
        members.put("time", entry.getInstant().toString());
        members.put("level", entry.getLevel().getName());
        members.put("logger", String.valueOf(entry.getLoggerName()));
        members.put("message", formatMessage(entry));
        if (entry.getThrown() != null) {
            var trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            members.put("trace", trace.toString());
        }
        try {
            return JSON.writeValueAsString(members) + "\n";
        } catch (JsonProcessingException e) {
            return "{\"level\":\"SEVERE\",\"message\":\"A log entry could not be written\"}\n";
        }
    }
}
