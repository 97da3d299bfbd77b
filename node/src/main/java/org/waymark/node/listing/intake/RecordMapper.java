// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.TextLanguages;

/// Makes HSDS 3 services from records of any shape, by a mapping.
final class RecordMapper {

    private final Mapping mapping;
    private final String base;
    private final Map<String, Map<String, JsonNode>> lookups;
    private final ImportReport report;
    private final Set<String> unused = new HashSet<>();

    /// @param base language of what says nothing else
    /// @param lookups the objects of other lists, by name of the list and id
    RecordMapper(
            Mapping mapping,
            String base,
            Map<String, Map<String, JsonNode>> lookups,
            ImportReport report) {
        this.mapping = mapping;
        this.base = base;
        this.lookups = lookups;
        this.report = report;
    }

    /// @param records of one thing, by language; the base language first
    ObjectNode service(Map<String, JsonNode> records, String where) {
        var service = new ServiceBuilding(base);
        for (var rule : mapping.rules()) {
            var meaning = Meaning.of(rule.to()).orElseThrow();
            for (var texts : texts(rule, records, where).entrySet()) {
                if (texts.getKey().equals(base) || meaning.isText()) {
                    service.put(
                            meaning,
                            texts.getKey(),
                            rule.label(texts.getKey()),
                            rule.join(),
                            texts.getValue());
                }
            }
        }
        records.values().forEach(record -> noteUnused(record, where));
        var json = service.build();
        dropUntranslated(json, where);
        return json;
    }

    /// The values of a rule, by language.
    private Map<String, List<String>> texts(
            MappingRule rule, Map<String, JsonNode> records, String where) {
        var all = new LinkedHashMap<String, List<String>>();
        for (var record : records.entrySet()) {
            var language = rule.language().orElse(record.getKey());
            var found = find(rule, record.getKey(), record.getValue());
            for (var node : found) {
                values(rule, node, language, where, all);
            }
        }
        if (all.values().stream().allMatch(List::isEmpty) && rule.missing().isPresent()) {
            all.put(rule.language().orElse(base), List.of(rule.missing().get()));
        }
        return all;
    }

    /// What the first way leads to that leads anywhere.
    private static List<JsonNode> find(MappingRule rule, String language, JsonNode record) {
        for (var way : rule.from(language)) {
            var found = walk(record, way).stream().filter(RecordMapper::saysSomething).toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static boolean saysSomething(JsonNode node) {
        return !node.isMissingNode()
                && !node.isNull()
                && !(node.isContainerNode() && node.isEmpty())
                && !(node.isTextual() && node.asText().isBlank());
    }

    static List<JsonNode> walk(JsonNode record, String way) {
        if (!way.startsWith("/")) {
            return List.of(record.path(way));
        }
        var at = List.of(record);
        for (var step : way.substring(1).split("/", -1)) {
            var name = step.replace("~1", "/").replace("~0", "~");
            var next = new ArrayList<JsonNode>();
            for (var node : at) {
                if (name.equals("*")) {
                    node.forEach(next::add);
                } else if (node.isArray()) {
                    next.add(
                            name.matches("\\d{1,6}")
                                    ? node.path(Integer.parseInt(name))
                                    : MissingNode.getInstance());
                } else {
                    next.add(node.path(name));
                }
            }
            at = next;
        }
        return at;
    }

    private void values(
            MappingRule rule,
            JsonNode node,
            String language,
            String where,
            Map<String, List<String>> all) {
        if (rule.lookup().isPresent()) {
            for (var id : plain(rule, node)) {
                var found = lookups.getOrDefault(rule.lookup().get(), Map.of()).get(id);
                if (found == null) {
                    report.note(Problem.VALUE_NOT_KNOWN, where + ", " + rule.to() + ": " + id);
                } else {
                    inLanguages(rule, found.path(rule.member()), language, where, all);
                }
            }
        } else {
            inLanguages(rule, node, language, where, all);
        }
    }

    private void inLanguages(
            MappingRule rule,
            JsonNode node,
            String language,
            String where,
            Map<String, List<String>> all) {
        if (!rule.byLanguage()) {
            add(
                    all,
                    language,
                    plain(rule, node).stream().map(it -> mapped(rule, it, where)).toList());
            return;
        }
        // Before texts of several rules are put together, when letters still tell them apart.
        var swapped = TextLanguages.areSwapped(node.path("ru").asText(), node.path("uk").asText());
        if (swapped) {
            report.note(Problem.TEXTS_SWAPPED, where + ", " + rule.to() + " in ru and uk");
        }
        for (var text : node.properties()) {
            var tag = Locale.forLanguageTag(text.getKey()).toLanguageTag();
            if (swapped && (tag.equals("ru") || tag.equals("uk"))) {
                tag = tag.equals("ru") ? "uk" : "ru";
            }
            add(
                    all,
                    tag,
                    plain(rule, text.getValue()).stream()
                            .map(it -> mapped(rule, it, where))
                            .toList());
        }
    }

    private static void add(Map<String, List<String>> all, String language, List<String> texts) {
        texts.stream()
                .filter(text -> !text.isBlank())
                .forEach(text -> all.computeIfAbsent(language, _ -> new ArrayList<>()).add(text));
    }

    private static List<String> plain(MappingRule rule, JsonNode node) {
        var texts = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(it -> texts.addAll(plain(rule, it)));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(
                            it -> {
                                if (rule.keys() && it.getValue().asBoolean()) {
                                    texts.add(it.getKey());
                                }
                            });
        } else if (!node.isMissingNode() && !node.isNull()) {
            texts.add(node.asText().strip());
        }
        return rule.split().isEmpty()
                ? texts
                : texts.stream().flatMap(text -> rule.split().get().splitAsStream(text)).toList();
    }

    private String mapped(MappingRule rule, String value, String where) {
        var known = rule.values().get(value);
        if (known != null) {
            return known;
        }
        var text = value;
        if (rule.pattern().isPresent()) {
            var matcher = rule.pattern().get().matcher(value);
            text = matcher.find() && matcher.groupCount() > 0 ? matcher.group(1) : "";
        }
        if (rule.otherwise() && !text.isEmpty()) {
            return text;
        }
        if (!value.isBlank()) {
            report.note(Problem.VALUE_NOT_KNOWN, where + ", " + rule.to() + ": " + value);
        }
        return "";
    }

    /// A translation that says the same as the original is none.
    private void dropUntranslated(ObjectNode json, String where) {
        for (var holder :
                List.of(
                        json,
                        json.path("organization"),
                        json.at("/service_at_locations/0/location"))) {
            for (var translation : holder.path("translations").properties()) {
                var same =
                        translation.getValue().properties().stream()
                                .filter(it -> it.getValue().equals(holder.get(it.getKey())))
                                .map(Map.Entry::getKey)
                                .toList();
                same.forEach(
                        member -> {
                            ((ObjectNode) translation.getValue()).remove(member);
                            report.note(
                                    Problem.NOT_TRANSLATED,
                                    "%s, %s in %s".formatted(where, member, translation.getKey()));
                        });
            }
        }
    }

    /// Says once of each column, or member at the first two levels, that nobody reads it.
    private void noteUnused(JsonNode record, String where) {
        noteUnused(record, "", 0, where);
    }

    private void noteUnused(JsonNode node, String way, int depth, String where) {
        for (var member : node.properties()) {
            var name = member.getKey();
            var here = way + "/" + name.replace("~", "~0").replace("/", "~1");
            if (!saysSomething(member.getValue())) {
                continue;
            }
            var isRead =
                    mapping.columns().stream()
                            .anyMatch(
                                    it ->
                                            it.equals(here)
                                                    || it.startsWith(here + "/")
                                                    || (depth == 0 && it.equals(name)));
            var isIgnored = mapping.ignored().contains(here) || mapping.ignored().contains(name);
            if (isRead
                    && member.getValue().isObject()
                    && depth < 1
                    && mapping.columns().stream().noneMatch(here::equals)) {
                noteUnused(member.getValue(), here, depth + 1, where);
            } else if (!isRead && !isIgnored && unused.add(depth == 0 ? name : here)) {
                report.note(Problem.COLUMN_NOT_USED, where + ": " + (depth == 0 ? name : here));
            }
        }
    }
}
