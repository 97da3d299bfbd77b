// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.waymark.node.listing.Intake;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.Scratch;

/// Reads the CSV files of a HSDS 2.0 or 3.x package and nests their rows as HSDS 3.1 nests objects.
final class TabularSource implements Intake.Source {

    private static final String TABLE = "_table";
    private static final String WHERE = "_where";
    private static final String FILE = "_file";

    private final PackageFiles files;
    private final Scratch scratch;
    private final TableRenames renames = new TableRenames();

    /// Where rows lie, by table and id.
    private final Map<HsdsTable, Map<String, Long>> rows = new EnumMap<>(HsdsTable.class);

    /// What belongs to the row that lies there.
    private final Map<Long, long[]> belongings = new HashMap<>();

    TabularSource(PackageFiles files, Scratch scratch) {
        this.files = files;
        this.scratch = scratch;
        for (var table : HsdsTable.values()) {
            rows.put(table, new LinkedHashMap<>());
        }
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
            for (var position : of(table).values()) {
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

    private Map<String, Long> of(HsdsTable table) {
        return rows.computeIfAbsent(table, _ -> new LinkedHashMap<>());
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
        if (standsAlone) {
            json.put(FILE, file);
            // A row without an id of its own is still a record, which nothing can name.
            var key = id.isEmpty() || of(table).containsKey(id) ? where : id;
            of(table).put(key, scratch.add(json));
            return;
        }
        if (table == HsdsTable.UNIT) {
            of(table).putIfAbsent(id, scratch.add(json));
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
        var position = scratch.add(json);
        if (!id.isEmpty()) {
            of(table).putIfAbsent(id, position);
        }
        belongings.merge(owner.get(), new long[] {position}, TabularSource::joined);
        sink.report().imported(file);
    }

    private static long[] joined(long[] some, long[] more) {
        var all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private Optional<Long> owner(HsdsTable table, ObjectNode json) {
        if (table.isLinked()) {
            return linked(json);
        }
        return table.owners().stream()
                .map(possible -> of(possible).get(json.path(possible.key()).asText().strip()))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private Optional<Long> linked(ObjectNode json) {
        var id = (json.has("link_id") ? json.path("link_id") : json.path("resource_id")).asText();
        var type =
                (json.has("link_entity") ? json.path("link_entity") : json.path("resource_type"))
                        .asText();
        return HsdsTable.named(type)
                .map(table -> of(table).get(id))
                // Some packages say nothing of use there; ids are unique enough.
                .or(
                        () ->
                                Arrays.stream(HsdsTable.values())
                                        .map(table -> of(table).get(id))
                                        .filter(Objects::nonNull)
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
        json.remove(List.of(TABLE, WHERE, FILE));
        if (table.entity().isEmpty()) {
            // What it belongs to is said by where it stands.
            table.owners().forEach(owner -> json.remove(owner.key()));
        }
        if (table == HsdsTable.SERVICE_CAPACITY) {
            unit(json);
        }
        for (var part : belongings.getOrDefault(position, new long[0])) {
            var of = HsdsTable.valueOf(scratch.get(part).path(TABLE).asText());
            json.withArray("/" + of.member(table)).add(nested(part));
        }
        renames.joinEligibility(json);
        return json;
    }

    private void unit(ObjectNode capacity) {
        Optional.ofNullable(of(HsdsTable.UNIT).get(capacity.path("unit_id").asText()))
                .ifPresent(
                        position -> {
                            var unit = scratch.get(position);
                            unit.remove(List.of(TABLE, WHERE));
                            capacity.set("unit", unit);
                        });
        capacity.remove("unit_id");
    }
}
