// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Sees to it that nothing of a row is lost in silence: what nobody took is kept under its own
/// name, and what was changed is reported.
final class RowNotes {

    private final ImportReport report;
    private final Set<String> unknownColumns = new HashSet<>();

    RowNotes(ImportReport report) {
        this.report = report;
    }

    void integer(Cells cells, String column, ObjectNode json) {
        cells.take(column)
                .ifPresent(
                        text -> {
                            if (text.matches("\\d{1,9}")) {
                                json.put(column, Integer.parseInt(text));
                            } else {
                                note(Problem.NUMBER_UNUSABLE, cells, column + " " + text);
                            }
                        });
    }

    /// Unknown members survive, under their own names.
    void keepRest(Cells cells, ObjectNode json) {
        var rest = cells.rest();
        noteUnknown(cells.table(), rest);
        rest.properties()
                .forEach(
                        it -> {
                            if (!json.has(it.getKey())) {
                                json.set(it.getKey(), it.getValue());
                            }
                        });
    }

    void noteUnknown(PackageTable table, ObjectNode rest) {
        for (var column : (Iterable<String>) rest::fieldNames) {
            if (unknownColumns.add(table + " " + column)) {
                report.note(
                        Problem.UNKNOWN_COLUMN,
                        table.name().toLowerCase(Locale.ROOT) + ", " + column);
            }
        }
    }

    void note(Problem problem, Cells cells) {
        report.note(problem, cells.table().name().toLowerCase(Locale.ROOT) + " " + cells.id());
    }

    void note(Problem problem, Cells cells, String example) {
        report.note(
                problem,
                cells.table().name().toLowerCase(Locale.ROOT) + " " + cells.id() + ": " + example);
    }
}
