// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

/// Decides which numbers of a table others must not see: those of 1 to 4, and as many more as it
/// takes that none of them can be computed from its neighbours and the totals, nor what those that
/// are hidden in one line come to, where that is 1 to 4.
///
/// A hidden number is safe when another table has the same visible numbers and totals and another
/// number there. Such a table is found by moving one from corner to corner of a rectangle of hidden
/// numbers; totals count as one more row and column.
final class Suppression {

    /// referral.md, Evidence: 0 or at least 5.
    static final long LEAST = 5;

    // What it costs to hide a total, in people: more than any cell, and the total of all most.
    private static final long TOTAL_COST = 1_000_000_000L;

    private static final int NONE = -1;

    private final long[][] cells;
    private final boolean[][] small;
    private final boolean[][] hidden;
    private final int lastRow;
    private final int lastColumn;
    private final boolean totalsStay;

    private Suppression(long[][] table, boolean[][] alsoSmall, boolean totalsStay) {
        this.cells = withTotals(table);
        this.lastRow = cells.length - 1;
        this.lastColumn = cells[0].length - 1;
        this.totalsStay = totalsStay;
        this.hidden = new boolean[cells.length][cells[0].length];
        this.small = new boolean[cells.length][cells[0].length];
        for (int row = 0; row <= lastRow; row++) {
            for (int column = 0; column <= lastColumn; column++) {
                var isNamed = row < lastRow && column < lastColumn && alsoSmall[row][column];
                small[row][column] =
                        isNamed || cells[row][column] > 0 && cells[row][column] < LEAST;
            }
        }
    }

    /// @param table at least one row and one column, nothing below 0
    /// @return what is hidden, by row and column; the last row and the last column are the totals
    static boolean[][] hide(long[][] table) {
        return hide(table, new boolean[table.length][table[0].length], false);
    }

    /// @param alsoSmall what is to be hidden though its number is not small
    /// @param totalsStay readers know the totals from elsewhere; if that leaves too little to hide
    ///   behind, everything is hidden
    static boolean[][] hide(long[][] table, boolean[][] alsoSmall, boolean totalsStay) {
        var work = new Suppression(table, alsoSmall, totalsStay);
        work.run();
        return work.hidden;
    }

    private static long[][] withTotals(long[][] table) {
        var rows = table.length;
        var columns = table[0].length;
        var all = new long[rows + 1][columns + 1];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                var number = table[row][column];
                if (number < 0) {
                    throw new IllegalArgumentException("Counts are not below 0");
                }
                all[row][column] = number;
                all[row][columns] += number;
                all[rows][column] += number;
                all[rows][columns] += number;
            }
        }
        return all;
    }

    private void run() {
        for (int row = 0; row <= lastRow; row++) {
            for (int column = 0; column <= lastColumn; column++) {
                hidden[row][column] = small[row][column];
            }
        }
        // Hiding more makes nothing unsafe that was safe: once through is enough.
        for (int row = 0; row <= lastRow; row++) {
            for (int column = 0; column <= lastColumn; column++) {
                if (small[row][column] && !isSafe(row, column) && !cover(row, column)) {
                    hideAll();
                    return;
                }
            }
        }
        if (!hideSmallSums()) {
            hideAll();
        }
    }

    /// What is hidden of a line whose total is shown has a sum that everybody can compute: that is
    /// 0 or at least 5, too.
    ///
    /// @return false when there is nothing more to hide behind
    private boolean hideSmallSums() {
        // What is hidden for one line may lie in another that was looked at before.
        var again = true;
        while (again) {
            again = false;
            for (int row = 0; lastColumn > 1 && row <= lastRow; row++) {
                if (isTold(row, NONE)) {
                    again = true;
                    if (!hideMore(row, NONE)) {
                        return false;
                    }
                }
            }
            for (int column = 0; lastRow > 1 && column <= lastColumn; column++) {
                if (isTold(NONE, column)) {
                    again = true;
                    if (!hideMore(NONE, column)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /// Whether the hidden numbers of a line come to 1 to 4, and readers can tell.
    ///
    /// @param row [#NONE] for a column
    /// @param column [#NONE] for a row
    private boolean isTold(int row, int column) {
        var last = row < 0 ? lastRow : lastColumn;
        if (row < 0 ? hidden[last][column] : hidden[row][last]) {
            return false;
        }
        long sum = 0;
        for (int at = 0; at < last; at++) {
            var r = row < 0 ? at : row;
            var c = row < 0 ? column : at;
            sum += hidden[r][c] ? cells[r][c] : 0;
        }
        return sum > 0 && sum < LEAST;
    }

    /// Hides the cheapest other number of a line, and what it takes that it cannot be computed,
    /// until the line tells nothing.
    private boolean hideMore(int row, int column) {
        while (isTold(row, column)) {
            var last = row < 0 ? lastRow : lastColumn;
            int bestRow = -1;
            int bestColumn = -1;
            for (int at = 0; at <= last; at++) {
                var r = row < 0 ? at : row;
                var c = row < 0 ? column : at;
                if (!hidden[r][c]
                        && cells[r][c] > 0
                        && mayHide(r, c)
                        && (bestRow < 0 || priceOf(r, c) < priceOf(bestRow, bestColumn))) {
                    bestRow = r;
                    bestColumn = c;
                }
            }
            if (bestRow < 0) {
                return false;
            }
            hidden[bestRow][bestColumn] = true;
            if (!isSafe(bestRow, bestColumn) && !cover(bestRow, bestColumn)) {
                return false;
            }
        }
        return true;
    }

    private void hideAll() {
        for (var line : hidden) {
            java.util.Arrays.fill(line, true);
        }
    }

    private boolean isSafe(int row, int column) {
        for (int otherRow = 0; otherRow <= lastRow; otherRow++) {
            for (int otherColumn = 0; otherColumn <= lastColumn; otherColumn++) {
                if (isCorner(row, column, otherRow, otherColumn)
                        && price(row, column, otherRow, otherColumn) == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Hides the cheapest rectangle around it.
    ///
    /// @return false when there is none
    private boolean cover(int row, int column) {
        long cheapest = Long.MAX_VALUE;
        int bestRow = -1;
        int bestColumn = -1;
        for (int otherRow = 0; otherRow <= lastRow; otherRow++) {
            for (int otherColumn = 0; otherColumn <= lastColumn; otherColumn++) {
                if (isCorner(row, column, otherRow, otherColumn)) {
                    var price = price(row, column, otherRow, otherColumn);
                    if (price < cheapest) {
                        cheapest = price;
                        bestRow = otherRow;
                        bestColumn = otherColumn;
                    }
                }
            }
        }
        if (bestRow < 0) {
            return false;
        }
        hidden[row][bestColumn] = true;
        hidden[bestRow][column] = true;
        hidden[bestRow][bestColumn] = true;
        return true;
    }

    private boolean isCorner(int row, int column, int otherRow, int otherColumn) {
        return otherRow != row
                && otherColumn != column
                && mayHide(row, otherColumn)
                && mayHide(otherRow, column)
                && mayHide(otherRow, otherColumn)
                && (isMovable(row, column, otherRow, otherColumn, 1)
                        || isMovable(row, column, otherRow, otherColumn, -1));
    }

    private boolean mayHide(int row, int column) {
        return !totalsStay || !isTotal(row, column);
    }

    /// With one column only, the total of a row is its cell once more, and is not shown.
    private boolean isTotal(int row, int column) {
        return row == lastRow && lastRow > 1 || column == lastColumn && lastColumn > 1;
    }

    /// What it costs to hide what of the rectangle is not hidden yet.
    private long price(int row, int column, int otherRow, int otherColumn) {
        return priceOf(row, otherColumn)
                + priceOf(otherRow, column)
                + priceOf(otherRow, otherColumn);
    }

    private long priceOf(int row, int column) {
        if (hidden[row][column]) {
            return 0;
        }
        var isAll = row == lastRow && column == lastColumn;
        var extra = !isTotal(row, column) ? 0 : isAll ? 10 * TOTAL_COST : TOTAL_COST;
        return 1 + cells[row][column] + extra;
    }

    /// Whether one more, or one less, here can be made good at the three other corners without
    /// anything falling to nothing: a hidden number is at least 1 for all that readers know.
    private boolean isMovable(int row, int column, int otherRow, int otherColumn, int by) {
        int across = column == lastColumn || otherColumn == lastColumn ? by : -by;
        int along = row == lastRow || otherRow == lastRow ? by : -by;
        int opposite = across == along ? by : -by;
        return bears(row, column, by)
                && bears(row, otherColumn, across)
                && bears(otherRow, column, along)
                && bears(otherRow, otherColumn, opposite);
    }

    private boolean bears(int row, int column, int change) {
        return change > 0 || cells[row][column] >= 2;
    }
}
