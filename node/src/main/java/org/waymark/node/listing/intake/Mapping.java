// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.waymark.node.listing.UnusablePackageException;

/// What the columns of a table, or the members of records, mean. Written down as JSON, see
/// `docs/reference/mapping.md`.
public final class Mapping {

    /// Another list of the same source whose records are named by id.
    record Lookup(String file, String records, String id) {}

    private final JsonNode json;
    private final List<MappingRule> rules;

    private Mapping(JsonNode json) {
        this.json = json;
        if (!json.path("rules").isArray() || json.path("rules").isEmpty()) {
            throw new UnusablePackageException("mapping-unusable", "The mapping has no rules.");
        }
        this.rules =
                StreamSupport.stream(json.path("rules").spliterator(), false)
                        .map(MappingRule::read)
                        .toList();
        if (rules.stream().noneMatch(rule -> rule.to().equals(Meaning.NAME.target()))) {
            throw new UnusablePackageException(
                    "mapping-without-name", "The mapping does not say what the name is.");
        }
    }

    /// @throws UnusablePackageException when it is no mapping
    public static Mapping parse(String text) {
        try {
            return new Mapping(JsonSource.JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new UnusablePackageException(
                    "mapping-unusable", "The mapping is no JSON: " + e.getOriginalMessage());
        }
    }

    /// @throws UnusablePackageException when it is no mapping
    public static Mapping read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UnusablePackageException(
                    "mapping-not-found", "The mapping " + file + " cannot be read");
        }
    }

    static Mapping of(ObjectNode json) {
        return new Mapping(json);
    }

    /// As it is written down.
    public String text() {
        return json.toPrettyString();
    }

    public String name() {
        return json.path("name").asText();
    }

    List<MappingRule> rules() {
        return rules;
    }

    Optional<String> language() {
        return Optional.of(json.path("language").asText())
                .filter(text -> !text.isEmpty())
                .map(text -> Locale.forLanguageTag(text).toLanguageTag());
    }

    public Optional<String> country() {
        return Optional.of(json.path("country").asText()).filter(text -> !text.isEmpty());
    }

    public Optional<String> zone() {
        return Optional.of(json.path("zone").asText()).filter(text -> !text.isEmpty());
    }

    /// Where the records stand in a file; a JSON pointer.
    String records() {
        return json.path("records").asText();
    }

    /// A file for each language, the base language first; empty when one file says all.
    Map<String, String> files() {
        return MappingRule.texts(json.path("files"));
    }

    Map<String, Lookup> lookups() {
        var all = new LinkedHashMap<String, Lookup>();
        json.path("lookups")
                .properties()
                .forEach(
                        it ->
                                all.put(
                                        it.getKey(),
                                        new Lookup(
                                                it.getValue().path("file").asText(),
                                                it.getValue().path("records").asText(),
                                                it.getValue().path("id").asText("id"))));
        return all;
    }

    /// What is knowingly not used.
    Set<String> ignored() {
        return StreamSupport.stream(json.path("ignore").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    /// The columns that rules read.
    public Set<String> columns() {
        return rules.stream()
                .flatMap(rule -> rule.from().values().stream())
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /// A mapping for a table.
    ///
    /// @param country ISO 3166 code for addresses that name none; may be empty
    /// @param zone of the hours, such as `Europe/Berlin`; empty: the node's
    /// @throws UnusablePackageException when no column is the name
    public static Mapping ofColumns(
            String name,
            String language,
            String country,
            String zone,
            List<ColumnMeaning> columns) {
        var json = JsonSource.JSON.createObjectNode().put("name", name).put("language", language);
        if (!country.isEmpty()) {
            json.put("country", country);
        }
        if (!zone.isEmpty()) {
            json.put("zone", zone);
        }
        var rules = json.putArray("rules");
        var ignored = json.putArray("ignore");
        for (var column : columns) {
            if (column.meaning().isEmpty()) {
                ignored.add(column.column());
            } else {
                rules.add(MappingRule.column(column));
            }
        }
        return new Mapping(json);
    }

    /// The language of what says nothing else.
    public String baseLanguage() {
        return language().orElse("en");
    }

    /// How a column is understood.
    public ColumnMeaning of(String column) {
        return rules.stream()
                .filter(rule -> rule.from("").contains(column))
                .findFirst()
                .map(
                        rule ->
                                new ColumnMeaning(
                                        column,
                                        Meaning.of(rule.to()),
                                        rule.language().orElse(""),
                                        rule.separator(),
                                        rule.values()))
                .orElseGet(() -> new ColumnMeaning(column, Optional.empty(), "", "", Map.of()));
    }
}
