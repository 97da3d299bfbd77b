// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// One JSON object a line, on standard error: time, level, where, what, and the trace of a failure.
/// Nobody's name, address or words belong in a log message; ids do. A trace tells the classes and
/// places of a failure, and its message only where our own code worded it.
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
            members.put("trace", trace(entry.getThrown()));
        }
        try {
            return JSON.writeValueAsString(members) + "\n";
        } catch (JsonProcessingException e) {
            return "{\"level\":\"SEVERE\",\"message\":\"A log entry could not be written\"}\n";
        }
    }

    private static String trace(Throwable thrown) {
        var text = new StringBuilder();
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            text.append(cause == thrown ? "" : "\nCaused by: ").append(cause.getClass().getName());
            if (isOurWording(cause)) {
                text.append(": ").append(cause.getMessage());
            }
            for (var frame : cause.getStackTrace()) {
                text.append("\n\tat ").append(frame);
            }
        }
        return text.toString();
    }

    /// Whether our own code wrote the message. Others repeat in theirs what they were given, such
    /// as `For input string: …`, and that may be somebody's words.
    private static boolean isOurWording(Throwable thrown) {
        var frames = thrown.getStackTrace();
        var repeatsCause =
                thrown.getCause() != null
                        && thrown.getCause().toString().equals(thrown.getMessage());
        return frames.length > 0
                && frames[0].getClassName().startsWith("org.waymark.")
                && !repeatsCause;
    }
}
