// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.database.Database;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

/// Tables that staff uploaded, until they are imported or a day has passed.
public final class Uploads {

    // 1 day: long enough to come back to it after lunch; tables often name people.
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int SAMPLES = 4;
    private static final int LONGEST_SAMPLE = 60;
    // 30: more is no list of kinds but texts.
    private static final int MOST_KINDS = 30;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Upload(UUID id, String name, byte[] content) {}

    /// A column with some of what stands in it.
    ///
    /// @param kinds all its values, when they are few; else none
    public record Column(String name, List<String> samples, Set<String> kinds) {}

    /// A table as it was understood.
    ///
    /// @param notes what was found out about the file
    public record Sheet(
            UUID id, String name, List<Column> columns, int rows, List<ImportReport.Line> notes) {}

    private final Database database;
    private final Access access;
    private final MappedImport mapped;
    private final Clock clock;
    private final Supplier<UUID> ids;

    public Uploads(
            Database database,
            Access access,
            MappedImport mapped,
            Clock clock,
            Supplier<UUID> ids) {
        this.database = database;
        this.access = access;
        this.mapped = mapped;
        this.clock = clock;
        this.ids = ids;
    }

    /// Takes a file.
    ///
    /// @throws org.waymark.node.listing.UnusablePackageException when it is no table
    public UUID add(Acting acting, String name, byte[] content) {
        access.require(acting, Right.EDIT_LISTINGS);
        var id = ids.get();
        sheet(new Upload(id, name, content));
        database.run(
                tx -> {
                    MappingTable.removeUploadsBefore(tx, clock.instant().minus(KEPT));
                    MappingTable.addUpload(
                            tx, id, acting.organization(), name, content, clock.instant());
                });
        return id;
    }

    public Optional<Sheet> find(Acting acting, UUID id) {
        access.require(acting, Right.EDIT_LISTINGS);
        return upload(acting, id).map(Uploads::sheet);
    }

    /// Imports it, or tells what would come of it. An imported one is thrown away.
    public Optional<ImportReport> run(Acting acting, UUID id, Mapping mapping, boolean dryRun) {
        access.require(acting, Right.EDIT_LISTINGS);
        var report =
                upload(acting, id)
                        .map(
                                upload ->
                                        inFile(
                                                upload,
                                                file ->
                                                        mapped.table(
                                                                acting,
                                                                acting.organization(),
                                                                file,
                                                                upload.name(),
                                                                mapping,
                                                                dryRun,
                                                                Progress.SILENT)));
        if (!dryRun) {
            database.run(tx -> MappingTable.removeUpload(tx, id, acting.organization()));
        }
        return report;
    }

    private Optional<Upload> upload(Acting acting, UUID id) {
        return database.read(tx -> MappingTable.findUpload(tx, id, acting.organization()));
    }

    private static Sheet sheet(Upload upload) {
        return inFile(
                upload,
                file -> {
                    var report = new ImportReport();
                    var columns = new ArrayList<Column>();
                    var rows = new int[1];
                    TableFile.read(
                            file,
                            upload.name(),
                            report,
                            row -> {
                                rows[0]++;
                                while (columns.size() < row.header().size()) {
                                    columns.add(
                                            new Column(
                                                    row.header().get(columns.size()),
                                                    new ArrayList<>(),
                                                    new LinkedHashSet<>()));
                                }
                                for (int i = 0;
                                        i < Math.min(columns.size(), row.cells().size());
                                        i++) {
                                    note(columns.get(i), row.cells().get(i).strip());
                                }
                            });
                    return new Sheet(
                            upload.id(),
                            upload.name(),
                            columns.stream().map(Uploads::finished).toList(),
                            rows[0],
                            report.problems());
                });
    }

    private static void note(Column column, String cell) {
        if (cell.isEmpty()) {
            return;
        }
        var sample =
                cell.length() <= LONGEST_SAMPLE ? cell : cell.substring(0, LONGEST_SAMPLE) + "…";
        if (column.samples().size() < SAMPLES && !column.samples().contains(sample)) {
            column.samples().add(sample);
        }
        if (column.kinds().size() <= MOST_KINDS) {
            column.kinds().add(cell);
        }
    }

    private static Column finished(Column column) {
        return new Column(
                column.name(),
                List.copyOf(column.samples()),
                column.kinds().size() <= MOST_KINDS
                        ? new LinkedHashSet<>(column.kinds())
                        : Set.of());
    }

    private static <T> T inFile(Upload upload, Function<java.nio.file.Path, T> work) {
        try {
            var file = Files.createTempFile("waymark-upload", ".table");
            try {
                Files.write(file, upload.content());
                return work.apply(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
