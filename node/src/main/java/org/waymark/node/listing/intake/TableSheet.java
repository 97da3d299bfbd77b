// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.waymark.node.listing.ImportReport;

/// A table as it was understood, before anybody said what its columns mean.
///
/// @param notes what was found out about the file
public record TableSheet(
        UUID id, String name, List<Column> columns, int rows, List<ImportReport.Line> notes) {

    private static final int SAMPLES = 4;
    private static final int LONGEST_SAMPLE = 60;
    // 30: more is no list of kinds but texts.
    private static final int MOST_KINDS = 30;
    private static final int LONGEST_KIND = 200;

    /// A column with some of what stands in it.
    ///
    /// @param kinds all its values, when they are few; else none
    public record Column(String name, List<String> samples, Set<String> kinds) {}

    /// @throws org.waymark.node.listing.UnusablePackageException when it is no table
    static TableSheet read(UUID id, String name, Path file) {
        var report = new ImportReport();
        var columns = new ArrayList<Column>();
        var texts = new HashSet<Integer>();
        var rows = new int[1];
        TableFile.read(
                file,
                name,
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
                    for (int i = 0; i < Math.min(columns.size(), row.cells().size()); i++) {
                        note(columns.get(i), row.cells().get(i).strip(), texts, i);
                    }
                });
        return new TableSheet(
                id,
                name,
                columns.stream().map(TableSheet::finished).toList(),
                rows[0],
                report.problems());
    }

    /// Texts are not kept whole: a cell may have millions of letters.
    private static void note(Column column, String cell, Set<Integer> texts, int number) {
        if (cell.isEmpty()) {
            return;
        }
        var sample =
                cell.length() <= LONGEST_SAMPLE ? cell : cell.substring(0, LONGEST_SAMPLE) + "…";
        if (column.samples().size() < SAMPLES && !column.samples().contains(sample)) {
            column.samples().add(sample);
        }
        if (!texts.contains(number)) {
            if (cell.length() <= LONGEST_KIND) {
                column.kinds().add(cell);
            }
            if (cell.length() > LONGEST_KIND || column.kinds().size() > MOST_KINDS) {
                column.kinds().clear();
                texts.add(number);
            }
        }
    }

    private static Column finished(Column column) {
        return new Column(
                column.name(), List.copyOf(column.samples()), new LinkedHashSet<>(column.kinds()));
    }
}
