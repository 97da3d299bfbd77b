// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.waymark.node.listing.UnusablePackageException;

/// Where one thing that a listing says comes from.
///
/// @param to what it becomes, see [Meaning]
/// @param from a column, or with a leading slash a way through a record (RFC 6901, `*` for each
///   element of a list), by language; `""` for all languages; several: the first that has a text
/// @param language of the texts; empty for the base language
/// @param keys the names of an object's true members are the values
/// @param byLanguage the value is an object of texts by language
/// @param values what values become; `""` leaves one out
/// @param otherwise values that are not among `values` stay as they are
/// @param missing taken when there is no value
/// @param split what stands between several values in one cell
/// @param pattern whose first group is the value
/// @param label put before the text, by language
/// @param join between this and what an earlier rule wrote to the same place
/// @param lookup another list, in which the value is an id
/// @param member of the object found there
record MappingRule(
        String to,
        Map<String, List<String>> from,
        Optional<String> language,
        boolean keys,
        boolean byLanguage,
        Map<String, String> values,
        boolean otherwise,
        Optional<String> missing,
        Optional<Pattern> split,
        Optional<Pattern> pattern,
        Map<String, String> label,
        String join,
        Optional<String> lookup,
        String member) {

    private static final String BEFORE = "\\s*\\Q";
    private static final String AFTER = "\\E\\s*";

    static MappingRule read(JsonNode json) {
        var to = json.path("to").asText();
        if (Meaning.of(to).isEmpty()) {
            throw new UnusablePackageException(
                    "mapping-unusable", "The mapping knows no \"" + to + "\" to write to.");
        }
        var values = texts(json.path("values"));
        return new MappingRule(
                to,
                from(json.path("from")),
                text(json, "language"),
                json.path("keys").asBoolean(),
                json.path("by_language").asBoolean(),
                values,
                json.has("otherwise")
                        ? json.path("otherwise").asText().equals("keep")
                        : values.isEmpty(),
                text(json, "missing"),
                pattern(json, "split"),
                pattern(json, "pattern"),
                json.path("label").isTextual()
                        ? Map.of("", json.path("label").asText())
                        : texts(json.path("label")),
                json.has("join") ? json.path("join").asText() : "\n",
                text(json, "lookup"),
                json.has("member") ? json.path("member").asText() : "name");
    }

    private static Map<String, List<String>> from(JsonNode json) {
        if (!json.isObject()) {
            return Map.of("", list(json));
        }
        var all = new LinkedHashMap<String, List<String>>();
        json.properties().forEach(it -> all.put(it.getKey(), list(it.getValue())));
        return all;
    }

    private static List<String> list(JsonNode json) {
        if (json.isTextual()) {
            return List.of(json.asText());
        }
        var all = new ArrayList<String>();
        json.forEach(it -> all.add(it.asText()));
        return all;
    }

    static Map<String, String> texts(JsonNode json) {
        var all = new LinkedHashMap<String, String>();
        json.properties().forEach(it -> all.put(it.getKey(), it.getValue().asText()));
        return all;
    }

    private static Optional<String> text(JsonNode json, String member) {
        return json.path(member).isTextual()
                ? Optional.of(json.path(member).asText())
                : Optional.empty();
    }

    private static Optional<Pattern> pattern(JsonNode json, String member) {
        try {
            return text(json, member).map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw new UnusablePackageException(
                    "mapping-unusable", "Not a pattern in the mapping: " + e.getMessage());
        }
    }

    /// The ways to look for a value in a record of a language.
    List<String> from(String tag) {
        return from.getOrDefault(tag, from.getOrDefault("", List.of()));
    }

    String label(String tag) {
        return label.getOrDefault(tag, label.getOrDefault("", ""));
    }

    /// For a column of a table, as the staff screen makes it.
    static ObjectNode column(ColumnMeaning column) {
        var json =
                JsonSource.JSON
                        .createObjectNode()
                        .put("to", column.meaning().orElseThrow().target())
                        .put("from", column.column());
        if (!column.language().isEmpty()) {
            json.put("language", column.language());
        }
        if (!column.values().isEmpty()) {
            column.values().forEach(json.putObject("values")::put);
        }
        if (!column.split().isEmpty()) {
            json.put("split", BEFORE + column.split() + AFTER);
        }
        return json;
    }

    /// What the staff screen was told to split at; empty when it was something else.
    String separator() {
        return split.map(Pattern::pattern)
                .filter(it -> it.startsWith(BEFORE) && it.endsWith(AFTER))
                .map(it -> it.substring(BEFORE.length(), it.length() - AFTER.length()))
                .orElse("");
    }
}
