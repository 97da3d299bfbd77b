// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.work.Progress;

/// Reads a whole package once for its ids and once for its rows, before anything is written. Each
/// row ends either among the contents or in the report.
final class PackageReader {

    private final HsdsPackage source;
    private final OrganizationId publisher;
    private final Set<UUID> closedHere;
    private final ImportReport report;
    private final Progress progress;
    private final CellCleaner cleaner;
    private final PackageContents contents;

    /// Ids that stand several times in their table.
    private final Map<PackageTable, Set<String>> repeated = new EnumMap<>(PackageTable.class);

    /// Which of ours such an id means: the first that has it.
    private final Map<PackageTable, Map<String, UUID>> firstOfRepeated =
            new EnumMap<>(PackageTable.class);

    private final Set<UUID> leftOutAsClosed = new HashSet<>();
    private final IdMap names = new IdMap();
    private long rows;
    private long done;

    /// @param closedHere services that staff have closed
    PackageReader(
            HsdsPackage source,
            Scratch scratch,
            OrganizationId publisher,
            Set<UUID> closedHere,
            ImportReport report,
            Progress progress) {
        this.source = source;
        this.publisher = publisher;
        this.closedHere = closedHere;
        this.report = report;
        this.progress = progress;
        this.cleaner = new CellCleaner(report);
        this.contents = new PackageContents(scratch);
    }

    PackageContents read() {
        // Let go of afterwards: there may be a million.
        var ids = new IdMap();
        for (var resource : source.resources()) {
            report.file(resource.name());
            source.read(resource, new ImportReport(), row -> scan(resource, row, ids));
        }
        for (var resource : source.resources()) {
            source.read(resource, report, row -> read(resource, row));
        }
        return contents;
    }

    private void scan(HsdsPackage.Resource resource, NamedCsvRecord row, IdMap ids) {
        rows++;
        resource.table()
                .ifPresent(
                        table -> {
                            var id = row.findField("id").orElse("").strip();
                            if (id.isEmpty()) {
                                return;
                            }
                            var ours = uuid(table, id);
                            if (ids.has(ours)) {
                                repeated(table).add(id);
                            } else {
                                ids.put(ours, rows);
                            }
                        });
    }

    private Set<String> repeated(PackageTable table) {
        return repeated.computeIfAbsent(table, _ -> new HashSet<>());
    }

    /// Which of ours a foreign id means.
    private Optional<UUID> meaning(PackageTable table, String foreign) {
        if (repeated(table).contains(foreign)) {
            return Optional.ofNullable(firstOfRepeated.getOrDefault(table, Map.of()).get(foreign));
        }
        var id = uuid(table, foreign);
        return contents.has(table, id) ? Optional.of(id) : Optional.empty();
    }

    private void read(HsdsPackage.Resource resource, NamedCsvRecord row) {
        if (done++ % 500 == 0) {
            progress.step("Reading", done, rows);
        }
        var file = resource.name();
        report.row(file);
        var where = file + " line " + row.getStartingLineNumber();
        if (resource.table().isEmpty()) {
            report.leftOut(file, Problem.UNKNOWN_FILE, where);
            return;
        }
        var table = resource.table().get();
        var cells = cleaner.clean(file, row);
        if (!saysSomething(table, cells)) {
            report.leftOut(file, Problem.BLANK_ROW, where);
            return;
        }
        if (needsName(table) && !cells.containsKey("name")) {
            report.leftOut(file, Problem.NAME_MISSING, where);
            return;
        }
        var owner = owner(table, cells);
        if (owner instanceof Owner.Refused(var problem)) {
            report.leftOut(file, problem, where + example(table, cells));
            return;
        }
        var id = id(table, cells, where);
        if (contents.has(table, id)) {
            report.leftOut(file, Problem.DUPLICATE_ROW, where);
            return;
        }
        if (table == PackageTable.SERVICE && !service(id, cells, where)) {
            report.leftOut(file, Problem.CLOSED_HERE, where + ": " + cells.get("name"));
            return;
        }
        if (table == PackageTable.CONTACT && cells.containsKey("name")) {
            contents.contactIsAPerson(id);
        }
        var json = Document.object();
        cells.forEach(json::put);
        translateReferences(table, json, where);
        contents.add(
                table,
                id,
                owner instanceof Owner.Found(var it) ? Optional.of(it) : Optional.empty(),
                json,
                table.isReferredTo() || !hasIdOfItsOwn(table, cells));
        if (repeated(table).contains(cells.getOrDefault("id", ""))) {
            firstOfRepeated
                    .computeIfAbsent(table, _ -> new HashMap<>())
                    .putIfAbsent(cells.get("id"), id);
        }
        report.imported(file);
    }

    private static boolean needsName(PackageTable table) {
        return switch (table) {
            case ORGANIZATION, SERVICE, PROGRAM, TAXONOMY -> true;
            default -> false;
        };
    }

    /// Whether there is more in the row than ids.
    private static boolean saysSomething(PackageTable table, Map<String, String> cells) {
        return switch (table) {
            case SERVICE_AT_LOCATION -> cells.containsKey("location_id");
            case SERVICE_TAXONOMY -> cells.containsKey("taxonomy_id");
            case PHONE -> cells.containsKey("number");
            default ->
                    cells.keySet().stream()
                            .anyMatch(column -> !column.equals("id") && !column.endsWith("_id"));
        };
    }

    private static String example(PackageTable table, Map<String, String> cells) {
        return table == PackageTable.ELIGIBILITY ? ": " + cells.get("eligibility") : "";
    }

    private sealed interface Owner {
        record Nobody() implements Owner {}

        record Found(UUID id) implements Owner {}

        record Refused(Problem problem) implements Owner {}
    }

    /// What a row belongs to: the first of the possible owners that it names and that we have.
    private Owner owner(PackageTable table, Map<String, String> cells) {
        if (table.owners().isEmpty()) {
            return new Owner.Nobody();
        }
        var problem = Problem.ATTACHES_TO_NOTHING;
        for (var possible : table.owners()) {
            var foreign = cells.get(possible.key());
            if (foreign == null) {
                continue;
            }
            var id = meaning(possible, foreign);
            if (id.isPresent()) {
                return new Owner.Found(id.get());
            }
            problem =
                    leftOutAsClosed.contains(uuid(possible, foreign))
                            ? Problem.CLOSED_HERE
                            : Problem.OWNER_NOT_IN_PACKAGE;
        }
        return new Owner.Refused(problem);
    }

    private UUID id(PackageTable table, Map<String, String> cells, String where) {
        var foreign = cells.get("id");
        if (foreign != null && hasIdOfItsOwn(table, cells)) {
            return uuid(table, foreign);
        }
        report.note(foreign == null ? Problem.BLANK_ID : Problem.REPEATED_ID, where);
        return NameUuid.of(
                publisher.value(), table.key(), "content", new TreeMap<>(cells).toString());
    }

    /// Whether its id stands once in its table.
    private boolean hasIdOfItsOwn(PackageTable table, Map<String, String> cells) {
        var foreign = cells.get("id");
        return foreign != null && !repeated(table).contains(foreign);
    }

    private UUID uuid(PackageTable table, String foreignId) {
        return NameUuid.of(publisher.value(), table.key(), foreignId);
    }

    /// @return false when staff have closed it and the package still has it as running
    private boolean service(UUID id, Map<String, String> cells, String where) {
        var status = cells.getOrDefault("status", "");
        if (closedHere.contains(id) && !status.equalsIgnoreCase("defunct")) {
            leftOutAsClosed.add(id);
            return false;
        }
        if (status.isEmpty()) {
            report.note(Problem.STATUS_MISSING, where);
        }
        if (!cells.containsKey("description")) {
            report.note(Problem.DESCRIPTION_MISSING, where);
        }
        var name = cells.getOrDefault("name", "");
        var known = NameUuid.of(publisher.value(), "name", name);
        if (names.has(known)) {
            report.note(Problem.REPEATED_NAME, where + ": " + name);
        }
        names.put(known, done);
        return true;
    }

    /// Puts our ids in place of the package's, in the members that the projection follows.
    private void translateReferences(PackageTable table, ObjectNode row, String where) {
        if (table == PackageTable.SERVICE) {
            Document.text(row, "organization_id")
                    .ifPresent(foreign -> provider(row, foreign, where));
            translate(row, PackageTable.PROGRAM, where);
        }
        if (table == PackageTable.SERVICE_AT_LOCATION) {
            translate(row, PackageTable.LOCATION, where);
        }
        if (table == PackageTable.SERVICE_TAXONOMY) {
            translate(row, PackageTable.TAXONOMY, where);
        }
    }

    private void provider(ObjectNode service, String foreign, String where) {
        var known = meaning(PackageTable.ORGANIZATION, foreign);
        var id = known.orElseGet(() -> uuid(PackageTable.ORGANIZATION, foreign));
        if (known.isEmpty()) {
            var serviceId = Document.text(service, "id").map(it -> uuid(PackageTable.SERVICE, it));
            contents.placeholder(id, foreign, serviceId.orElse(id));
            report.note(
                    Problem.ORGANIZATION_NOT_IN_PACKAGE,
                    "%s: service %s (%s) of organisation %s"
                            .formatted(
                                    where,
                                    service.path("id").asText(),
                                    service.path("name").asText(),
                                    foreign));
        }
        service.put("organization_id", id.toString());
    }

    private void translate(ObjectNode row, PackageTable to, String where) {
        Document.text(row, to.key())
                .ifPresent(
                        foreign -> {
                            var id = meaning(to, foreign);
                            if (id.isEmpty()) {
                                row.remove(to.key());
                                report.note(
                                        Problem.REFERENCE_NOT_IN_PACKAGE,
                                        where + ": " + to.key() + " " + foreign);
                            } else {
                                row.put(to.key(), id.get().toString());
                            }
                        });
    }

    /// Reads which service belongs to which of the nine pillars (service_id, pillar, strength).
    void readTopics(Path file) {
        var name = file.getFileName().toString();
        report.file(name);
        try (var stream = Files.newInputStream(file)) {
            HsdsPackage.read(stream, name, report, row -> topic(name, row));
        } catch (IOException e) {
            throw new UnusablePackageException("topics-unreadable", file + " cannot be read");
        }
    }

    private void topic(String file, NamedCsvRecord row) {
        report.row(file);
        var where = file + " line " + row.getStartingLineNumber();
        var foreign = row.findField("service_id").orElse("").strip();
        var pillar = row.findField("pillar").orElse("").strip();
        var service = meaning(PackageTable.SERVICE, foreign);
        if (service.isEmpty()) {
            report.leftOut(
                    file,
                    leftOutAsClosed.contains(uuid(PackageTable.SERVICE, foreign))
                            ? Problem.CLOSED_HERE
                            : Problem.OWNER_NOT_IN_PACKAGE,
                    where);
            return;
        }
        Topic.ofCode(pillar)
                .or(() -> Topic.ofSlug(pillar))
                .ifPresentOrElse(
                        topic -> {
                            contents.topic(service.get(), topic);
                            report.imported(file);
                        },
                        () -> report.leftOut(file, Problem.TOPIC_UNKNOWN, where + ": " + pillar));
    }
}
