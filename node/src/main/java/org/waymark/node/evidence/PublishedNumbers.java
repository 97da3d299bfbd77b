// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A table as others may see it: some numbers are hidden, so that nobody can tell of whom they are.
///
/// @param name what is counted; the end of a message key
/// @param rows names of the rows, in their order
/// @param columns one or more
public record PublishedNumbers(
        String name,
        List<String> rows,
        List<String> columns,
        List<List<Optional<Long>>> cells,
        boolean hasTotals) {

    public PublishedNumbers {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        cells = cells.stream().map(List::copyOf).toList();
    }

    static PublishedNumbers of(
            String name,
            List<String> rows,
            List<String> columns,
            long[][] numbers,
            boolean[][] hidden,
            boolean hasTotals) {
        var cells = new java.util.ArrayList<List<Optional<Long>>>();
        for (int row = 0; row <= rows.size(); row++) {
            var line = new java.util.ArrayList<Optional<Long>>();
            for (int column = 0; column <= columns.size(); column++) {
                line.add(
                        hidden[row][column]
                                ? Optional.empty()
                                : Optional.of(
                                        sum(numbers, rows.size(), columns.size(), row, column)));
            }
            cells.add(line);
        }
        return new PublishedNumbers(name, rows, columns, cells, hasTotals);
    }

    private static long sum(long[][] numbers, int rows, int columns, int row, int column) {
        long sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                if ((row == rows || i == row) && (column == columns || j == column)) {
                    sum += numbers[i][j];
                }
            }
        }
        return sum;
    }

    /// The same with nothing shown.
    PublishedNumbers hidden() {
        List<List<Optional<Long>>> nothing =
                cells.stream()
                        .map(line -> line.stream().map(_ -> Optional.<Long>empty()).toList())
                        .toList();
        return new PublishedNumbers(name, rows, columns, nothing, hasTotals);
    }

    /// Empty when it is hidden.
    public OptionalLong cell(int row, int column) {
        return cells.get(row).get(column).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /// The sum of a row; 0 for a row that there is not, empty when it is hidden.
    OptionalLong rowTotal(String row) {
        var at = rows.indexOf(row);
        return at < 0 ? OptionalLong.of(0) : cell(at, columns.size());
    }

    OptionalLong find(String row, String column) {
        var at = rows.indexOf(row);
        return at < 0 ? OptionalLong.of(0) : cell(at, columns.indexOf(column));
    }
}
