// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.waymark.node.listing.Intake;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.UnusablePackageException;

/// Reads lists of records in JSON through a mapping: one file, or one for each language, the same
/// thing having the same id in each.
final class RecordSource implements Intake.Source {

    // 256 MB: all of it is in memory at once.
    private static final long MOST_BYTES = 256L << 20;

    private final Path path;
    private final Mapping mapping;
    private final String base;

    RecordSource(Path path, Mapping mapping, String base) {
        this.path = path;
        this.mapping = mapping;
        this.base = base;
    }

    @Override
    public void read(Intake.Sink sink) {
        var files = new LinkedHashMap<String, String>(mapping.files());
        if (files.isEmpty()) {
            files.put(base, "");
        }
        var idRule =
                mapping.rules().stream()
                        .filter(rule -> rule.to().equals(Meaning.ID.target()))
                        .findFirst();
        if (files.size() > 1 && idRule.isEmpty()) {
            throw new UnusablePackageException(
                    "mapping-unusable", "Files for several languages need a rule to \"id\".");
        }
        var others = new LinkedHashMap<String, Map<String, JsonNode>>();
        var seen = new HashMap<String, HashSet<String>>();
        for (var file : files.entrySet()) {
            if (file.getKey().equals(base)) {
                continue;
            }
            var byId = new HashMap<String, JsonNode>();
            for (var record : list(file.getValue(), mapping.records())) {
                byId.putIfAbsent(id(idRule.orElseThrow(), record), record);
            }
            others.put(file.getKey(), byId);
            seen.put(file.getKey(), new HashSet<>(byId.keySet()));
        }
        var mapper = new RecordMapper(mapping, base, lookups(), sink.report());
        var main = files.getOrDefault(base, files.values().iterator().next());
        var name = main.isEmpty() ? path.getFileName() + "" : main;
        sink.report().file(name);
        int number = 0;
        for (var record : list(main, mapping.records())) {
            var where = name + " record " + ++number;
            if (!record.isObject()) {
                sink.report().row(name);
                sink.report().leftOut(name, Problem.NOT_A_RECORD, where);
                continue;
            }
            var all = new LinkedHashMap<String, JsonNode>();
            all.put(base, record);
            idRule.map(rule -> id(rule, record))
                    .ifPresent(
                            id ->
                                    others.forEach(
                                            (language, byId) -> {
                                                var other = byId.get(id);
                                                if (other != null) {
                                                    all.put(language, other);
                                                    seen.getOrDefault(language, new HashSet<>())
                                                            .remove(id);
                                                }
                                            }));
            sink.add(Intake.Entity.SERVICE, mapper.service(all, where), name, where);
        }
        seen.forEach(
                (language, left) -> {
                    var file = files.getOrDefault(language, language);
                    for (var id : left) {
                        sink.report().row(file);
                        sink.report()
                                .leftOut(file, Problem.ANOTHER_LANGUAGE_ONLY, file + " id " + id);
                    }
                });
    }

    private static String id(MappingRule rule, JsonNode record) {
        return rule.from("").stream()
                .flatMap(way -> RecordMapper.walk(record, way).stream())
                .map(JsonNode::asText)
                .findFirst()
                .orElse("");
    }

    private Map<String, Map<String, JsonNode>> lookups() {
        var all = new HashMap<String, Map<String, JsonNode>>();
        mapping.lookups()
                .forEach(
                        (name, lookup) -> {
                            var byId = new HashMap<String, JsonNode>();
                            list(lookup.file(), lookup.records())
                                    .forEach(it -> byId.put(it.path(lookup.id()).asText(), it));
                            all.put(name, byId);
                        });
        return all;
    }

    private JsonNode list(String file, String records) {
        var at = file.isEmpty() ? path : folder().resolve(file).normalize();
        if (!file.isEmpty() && !at.startsWith(folder())) {
            throw new UnusablePackageException(
                    "mapping-unusable", "The mapping names a file outside the folder: " + file);
        }
        try {
            if (Files.size(at) > MOST_BYTES) {
                throw new UnusablePackageException("package-too-large", at + " is too large.");
            }
            var list = JsonSource.JSON.readTree(at.toFile()).at(records);
            if (!list.isArray()) {
                throw new UnusablePackageException(
                        "records-not-found",
                        "There is no list at \"%s\" in %s.".formatted(records, at.getFileName()));
            }
            return list;
        } catch (JsonProcessingException e) {
            throw new UnusablePackageException(
                    "file-unreadable", at.getFileName() + " is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnusablePackageException("file-unreadable", at + " cannot be read");
        }
    }

    private Path folder() {
        var folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        return folder == null ? path : folder.normalize();
    }
}
