// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.waymark.node.listing.IdMap;
import org.waymark.node.listing.Intake;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.Scratch;

/// Reads the CSV files of a HSDS 2.0 or 3.x package and nests their rows as HSDS 3.1 nests objects.
final class TabularSource implements Intake.Source {

    private static final String TABLE = "_table";
    private static final String WHERE = "_where";
    private static final String FILE = "_file";
    private static final String BEFORE = "_before";

    private final PackageFiles files;
    private final Scratch scratch;
    private final TableRenames renames = new TableRenames();

    /// Where rows lie, by table and id.
    private final Map<HsdsTable, IdMap> rows = new EnumMap<>(HsdsTable.class);

    /// The last of what belongs to the row that lies there; each names the one before it.
    private final IdMap belongings = new IdMap();

    TabularSource(PackageFiles files, Scratch scratch) {
        this.files = files;
        this.scratch = scratch;
    }

    @Override
    public void read(Intake.Sink sink) {
        // Owners come before what belongs to them, so each row finds its owner at once.
        for (var name :
                files.csv().stream().sorted(Comparator.comparing(TabularSource::order)).toList()) {
            sink.report().file(name);
            var table = HsdsTable.named(PackageFiles.base(name));
            files.rows(name, sink.report(), row -> take(name, table, row, sink));
        }
        for (var table :
                List.of(
                        HsdsTable.TAXONOMY,
                        HsdsTable.TAXONOMY_TERM,
                        HsdsTable.ORGANIZATION,
                        HsdsTable.PROGRAM,
                        HsdsTable.LOCATION,
                        HsdsTable.SERVICE)) {
            for (long position : of(table).values().toArray()) {
                var json = scratch.get(position);
                var file = json.path(FILE).asText();
                var where = json.path(WHERE).asText();
                sink.add(table.entity().orElseThrow(), nested(position), file, where);
            }
        }
    }

    private static int order(String name) {
        return HsdsTable.named(PackageFiles.base(name))
                .map(Enum::ordinal)
                .orElse(Integer.MAX_VALUE);
    }

    private IdMap of(HsdsTable table) {
        return rows.computeIfAbsent(table, _ -> new IdMap());
    }

    private Optional<Long> find(HsdsTable table, String id) {
        var position = of(table).get(key(id));
        return position.isPresent() ? Optional.of(position.getAsLong()) : Optional.empty();
    }

    private void put(HsdsTable table, String id, long position) {
        if (find(table, id).isEmpty()) {
            of(table).put(key(id), position);
        }
    }

    /// Ids may be any text; the same text has the same key.
    private static UUID key(String id) {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    private static UUID key(long position) {
        return new UUID(0, position);
    }

    private void take(
            String file, Optional<HsdsTable> known, PackageFiles.Line line, Intake.Sink sink) {
        var where = file + " line " + line.number();
        var standsAlone = known.flatMap(HsdsTable::entity).isPresent();
        if (!standsAlone) {
            sink.report().row(file);
        }
        if (known.isEmpty()) {
            sink.report().leftOut(file, Problem.UNKNOWN_FILE, where);
            return;
        }
        var table = known.get();
        var json = line.object();
        renames.apply(table, json);
        var id = json.path("id").asText().strip();
        json.put(TABLE, table.name()).put(WHERE, where);
        json.remove(BEFORE);
        if (standsAlone) {
            json.put(FILE, file);
            // A row without an id of its own is still a record, which nothing can name.
            var name = id.isEmpty() || find(table, id).isPresent() ? where : id;
            put(table, name, scratch.add(json));
            return;
        }
        if (table == HsdsTable.UNIT) {
            put(table, id, scratch.add(json));
            sink.report().imported(file);
            return;
        }
        var owner = owner(table, json);
        if (owner.isEmpty()) {
            sink.report()
                    .leftOut(
                            file,
                            namesAnOwner(table, json)
                                    ? Problem.OWNER_NOT_IN_PACKAGE
                                    : Problem.ATTACHES_TO_NOTHING,
                            where);
            return;
        }
        belongings.get(key(owner.get())).ifPresent(before -> json.put(BEFORE, before));
        var position = scratch.add(json);
        if (!id.isEmpty()) {
            put(table, id, position);
        }
        belongings.put(key(owner.get()), position);
        sink.report().imported(file);
    }

    private Optional<Long> owner(HsdsTable table, ObjectNode json) {
        if (table.isLinked()) {
            return linked(json);
        }
        return table.owners().stream()
                .flatMap(
                        possible ->
                                find(possible, json.path(possible.key()).asText().strip()).stream())
                .findFirst();
    }

    private Optional<Long> linked(ObjectNode json) {
        var id = (json.has("link_id") ? json.path("link_id") : json.path("resource_id")).asText();
        var type =
                (json.has("link_entity") ? json.path("link_entity") : json.path("resource_type"))
                        .asText();
        return HsdsTable.named(type)
                .flatMap(table -> find(table, id))
                // Some packages say nothing of use there; ids are unique enough.
                .or(
                        () ->
                                Arrays.stream(HsdsTable.values())
                                        .flatMap(table -> find(table, id).stream())
                                        .findFirst());
    }

    private static boolean namesAnOwner(HsdsTable table, ObjectNode json) {
        return table.isLinked()
                ? json.has("link_id") || json.has("resource_id")
                : table.owners().stream().anyMatch(owner -> json.has(owner.key()));
    }

    private ObjectNode nested(long position) {
        var json = scratch.get(position);
        var table = HsdsTable.valueOf(json.path(TABLE).asText());
        json.remove(List.of(TABLE, WHERE, FILE, BEFORE));
        if (table.entity().isEmpty()) {
            // What it belongs to is said by where it stands.
            table.owners().forEach(owner -> json.remove(owner.key()));
        }
        if (table == HsdsTable.SERVICE_CAPACITY) {
            unit(json);
        }
        for (var part : belongings(position)) {
            var of = HsdsTable.valueOf(scratch.get(part).path(TABLE).asText());
            json.withArray("/" + of.member(table)).add(nested(part));
        }
        renames.joinEligibility(json);
        return json;
    }

    /// In the order of the package.
    private List<Long> belongings(long owner) {
        var all = new ArrayDeque<Long>();
        var at = belongings.get(key(owner));
        while (at.isPresent()) {
            all.addFirst(at.getAsLong());
            var before = scratch.get(at.getAsLong()).path(BEFORE);
            at = before.isNumber() ? OptionalLong.of(before.asLong()) : OptionalLong.empty();
        }
        return List.copyOf(all);
    }

    private void unit(ObjectNode capacity) {
        find(HsdsTable.UNIT, capacity.path("unit_id").asText())
                .ifPresent(
                        position -> {
                            var unit = scratch.get(position);
                            unit.remove(List.of(TABLE, WHERE));
                            capacity.set("unit", unit);
                        });
        capacity.remove("unit_id");
    }
}
