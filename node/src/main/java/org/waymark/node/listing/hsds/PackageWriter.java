// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Writes nested HSDS objects as a tabular data package: one CSV file (RFC 4180, UTF-8) for each
/// table that has rows, and `datapackage.json`. Rows go to the disk at once; only their ids stay in
/// memory. For one thread.
public final class PackageWriter implements AutoCloseable {

    // What other objects name by id; everything else belongs to the object that it stands in.
    private static final Set<String> NAMED_BY_ID =
            Set.of(
                    "organization",
                    "program",
                    "service",
                    "location",
                    "unit",
                    "taxonomy",
                    "taxonomy_term");

    private final Path folder;
    private final Map<String, List<String>> more;
    private final Map<String, BufferedWriter> files = new HashMap<>();
    private final Map<String, Set<UUID>> written = new HashMap<>();

    /// @param more columns beyond HSDS, by object; lists and objects in them are written as JSON
    public PackageWriter(Path folder, Map<String, List<String>> more) {
        this.folder = folder;
        this.more = more;
    }

    /// Writes an object and all that is in it.
    public void write(String object, ObjectNode json) {
        write(HsdsModel.get().object(object), json.deepCopy(), "", "");
    }

    private void write(HsdsObject object, ObjectNode json, String owner, String ownerId) {
        link(object, json, owner, ownerId);
        var id = id(json.path("id").asText());
        var ids = written.computeIfAbsent(object.name(), _ -> new HashSet<>());
        if (!ids.add(id)) {
            if (NAMED_BY_ID.contains(object.name())) {
                return;
            }
            // Several show the same contact; a row can belong to one of them only.
            id = id(ownerId + id);
            if (!ids.add(id)) {
                return;
            }
            json.put("id", id.toString());
        }
        for (var member : object.members()) {
            var value = json.path(member.name());
            if (member.type() == HsdsMember.Type.OBJECT && value instanceof ObjectNode inner) {
                write(HsdsModel.get().object(member.of()), inner, "", "");
                name(object, json, member, inner);
            } else if (member.type() == HsdsMember.Type.LIST) {
                for (var one : value) {
                    if (one instanceof ObjectNode inner) {
                        write(
                                HsdsModel.get().object(member.of()),
                                inner,
                                object.name(),
                                id.toString());
                    }
                }
            }
        }
        row(object, json);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Says in a row to what it belongs.
    private static void link(HsdsObject object, ObjectNode json, String owner, String ownerId) {
        if (owner.isEmpty()) {
            return;
        }
        switch (object.name()) {
            case "attribute" -> json.put("link_id", ownerId).put("link_entity", owner);
            case "metadata" -> json.put("resource_id", ownerId).put("resource_type", owner);
            default -> {
                if (object.member(owner + "_id").isPresent()) {
                    json.put(owner + "_id", ownerId);
                }
            }
        }
    }

    /// Says in a row which other it names.
    private static void name(
            HsdsObject object, ObjectNode json, HsdsMember member, ObjectNode inner) {
        var column = member.of() + "_id";
        if (object.member(column).isPresent() && inner.has("id")) {
            json.put(column, inner.path("id").asText());
        }
    }

    private void row(HsdsObject object, ObjectNode json) {
        var cells = new ArrayList<String>();
        for (var column : columns(object)) {
            cells.add(cell(json.path(column)));
        }
        line(file(object), cells);
    }

    private List<String> columns(HsdsObject object) {
        var columns = new ArrayList<>(object.columns().stream().map(HsdsMember::name).toList());
        columns.addAll(more.getOrDefault(object.name(), List.of()));
        return columns;
    }

    private static String cell(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        var text = value.isContainerNode() ? value.toString() : value.asText();
        return text.matches("(?s).*[\",\\r\\n].*|\\s.*|.*\\s")
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    private BufferedWriter file(HsdsObject object) {
        return files.computeIfAbsent(
                object.name(),
                _ -> {
                    try {
                        var file = Files.newBufferedWriter(folder.resolve(object.file()));
                        line(file, columns(object));
                        return file;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static void line(BufferedWriter file, List<String> cells) {
        try {
            file.write(String.join(",", cells));
            file.write("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes `datapackage.json`, and closes all files.
    ///
    /// @param about its name, title and whatever else it says of itself
    public void finish(ObjectNode about) {
        var json = about.deepCopy().put("profile", "tabular-data-package");
        var resources = json.putArray("resources");
        for (var object : HsdsModel.get().objects()) {
            if (files.containsKey(object.name())) {
                resources.add(resource(object));
            }
        }
        close();
        try {
            Files.writeString(folder.resolve("datapackage.json"), json.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode resource(HsdsObject object) {
        var resource =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", object.name())
                        .put("path", object.file())
                        .put("profile", "tabular-data-resource")
                        .put("format", "csv")
                        .put("mediatype", "text/csv")
                        .put("encoding", "utf-8");
        var schema = resource.putObject("schema").put("primaryKey", "id");
        var fields = schema.putArray("fields");
        for (var member : object.columns()) {
            fields.add(field(member));
            var named = member.name().replaceFirst("_id$", "");
            if (member.type() == HsdsMember.Type.UUID && files.containsKey(named)) {
                var key = schema.withArray("/foreignKeys").addObject();
                key.put("fields", member.name());
                key.putObject("reference").put("resource", named).put("fields", "id");
            }
        }
        more.getOrDefault(object.name(), List.of())
                .forEach(it -> fields.addObject().put("name", it).put("type", "string"));
        return resource;
    }

    private static ObjectNode field(HsdsMember member) {
        var field = JsonNodeFactory.instance.objectNode().put("name", member.name());
        switch (member.type()) {
            case UUID -> field.put("type", "string").put("format", "uuid");
            case URI -> field.put("type", "string").put("format", "uri");
            case EMAIL -> field.put("type", "string").put("format", "email");
            case NUMBER -> field.put("type", "number");
            case DATE -> field.put("type", "date");
            case TIME -> field.put("type", "time").put("format", "any");
            case INSTANT -> field.put("type", "datetime").put("format", "any");
            case TEXT, WORD, OBJECT, LIST -> field.put("type", "string");
        }
        var constraints = field.putObject("constraints").put("required", member.required());
        if (member.name().equals("id")) {
            constraints.put("unique", true);
        }
        if (!member.words().isEmpty()) {
            member.words().forEach(constraints.putArray("enum")::add);
        }
        return field;
    }

    @Override
    public void close() {
        for (var file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
