// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// No number of 1 to 4 leaves, and none can be computed from what does.
class SuppressionTest {

    private static final int TABLES = 4_000;
    private static final long LARGEST = 12;

    @Test
    void aTableWithoutSmallNumbersIsShownWhole() {
        assertThat(hidden(Suppression.hide(new long[][] {{0, 5}, {7, 12}}))).isZero();
    }

    @Test
    void aSmallNumberTakesARectangleWithIt() {
        var hidden = Suppression.hide(new long[][] {{3, 20, 9}, {30, 40, 50}, {8, 60, 70}});

        assertThat(hidden[0]).containsExactly(true, false, true, false);
        assertThat(hidden[2]).containsExactly(true, false, true, false);
        assertThat(hidden(hidden)).as("the totals stay").isEqualTo(4);
    }

    @Test
    void aLoneSmallNumberTakesItsTotalsWithIt() {
        var hidden = Suppression.hide(new long[][] {{2}});

        assertThat(hidden(hidden)).isEqualTo(4);
    }

    @Test
    void aListWhoseTotalIsKnownHidesAnotherNumberOrEverything() {
        var none = new boolean[3][1];
        var some = Suppression.hide(new long[][] {{3}, {20}, {9}}, none, true);
        assertThat(some[0][0]).isTrue();
        assertThat(some[1][0]).isFalse();
        assertThat(some[2][0]).as("the smallest that it can hide behind").isTrue();

        var all = Suppression.hide(new long[][] {{3}, {0}, {0}}, none, true);
        assertThat(all[0][0] && all[1][0] && all[2][0]).isTrue();
    }

    @Test
    void noSmallNumberFollowsFromTheOthersAndTheTotals() {
        var seed = Long.getLong("waymark.seed", new Random().nextLong());
        var random = new Random(seed);
        for (int i = 0; i < TABLES; i++) {
            var table = randomTable(random);
            var hidden = Suppression.hide(table);
            check(table, hidden, "-Dwaymark.seed=" + seed + " table " + Arrays.deepToString(table));
        }
    }

    /// 13 less 10 is 3, whatever 1 and 2 hide behind.
    @Test
    void whatIsHiddenOfALineDoesNotComeToASmallNumber() {
        var hidden = Suppression.hide(new long[][] {{10, 0, 1, 2}});

        assertThat(hidden[0][0]).as("10 hides 1 and 2").isTrue();
        assertThat(hidden[0][4]).as("13 may be shown").isFalse();
        var seed = Long.getLong("waymark.seed", new Random().nextLong());
        var random = new Random(seed);
        for (int i = 0; i < TABLES; i++) {
            var table = randomTable(random);
            var which = "-Dwaymark.seed=" + seed + " table " + Arrays.deepToString(table);
            checkSums(table, Suppression.hide(table), which);
            var list = new long[table.length][1];
            var small = new boolean[table.length][1];
            for (int row = 0; row < list.length; row++) {
                list[row][0] = table[row][0];
                small[row][0] = list[row][0] > 0 && random.nextInt(3) == 0;
            }
            var shown = Suppression.hide(list, small, true);
            checkSums(list, shown, which);
            for (int row = 0; row < list.length; row++) {
                assertThat(!small[row][0] || shown[row][0]).as(which).isTrue();
            }
        }
    }

    private static void checkSums(long[][] table, boolean[][] hidden, String which) {
        var rows = table.length;
        var columns = table[0].length;
        for (int row = 0; columns > 1 && row <= rows; row++) {
            long sum = 0;
            for (int column = 0; column < columns; column++) {
                sum += hidden[row][column] ? number(table, row, column) : 0;
            }
            assertThat(hidden[row][columns] || sum == 0 || sum >= Suppression.LEAST)
                    .as("row %d of %s: %s", row, which, Arrays.deepToString(hidden))
                    .isTrue();
        }
        for (int column = 0; rows > 1 && column <= columns; column++) {
            long sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += hidden[row][column] ? number(table, row, column) : 0;
            }
            assertThat(hidden[rows][column] || sum == 0 || sum >= Suppression.LEAST)
                    .as("column %d of %s: %s", column, which, Arrays.deepToString(hidden))
                    .isTrue();
        }
    }

    private static long[][] randomTable(Random random) {
        var table = new long[1 + random.nextInt(3)][1 + random.nextInt(3)];
        for (var row : table) {
            for (int column = 0; column < row.length; column++) {
                row[column] = random.nextInt(3) == 0 ? 0 : random.nextLong(LARGEST + 1);
            }
        }
        return table;
    }

    private static void check(long[][] table, boolean[][] hidden, String which) {
        var rows = table.length;
        var columns = table[0].length;
        for (int row = 0; row <= rows; row++) {
            for (int column = 0; column <= columns; column++) {
                var number = number(table, row, column);
                if (number > 0 && number < Suppression.LEAST) {
                    assertThat(hidden[row][column]).as(which).isTrue();
                    if (!hasOtherValue(table, hidden, row, column)) {
                        fail(
                                "%s: %d can be computed at %d, %d; hidden %s",
                                which, number, row, column, Arrays.deepToString(hidden));
                    }
                }
            }
        }
    }

    /// By trying: fill in the hidden numbers, each at least 1 where it is, so that all that is
    /// shown stays and this one is another. Knows nothing of rectangles.
    private static boolean hasOtherValue(long[][] table, boolean[][] hidden, int row, int column) {
        for (long by : new long[] {1, -1, 2, -2, 3, -3}) {
            var wanted = number(table, row, column) + by;
            if (wanted >= 1 && new Search(table, hidden, row, column, wanted).finds(0)) {
                return true;
            }
        }
        return false;
    }

    private static final class Search {
        private final long[][] table;
        private final boolean[][] hidden;
        private final int row;
        private final int column;
        private final long wanted;
        private final long[][] tried;

        Search(long[][] table, boolean[][] hidden, int row, int column, long wanted) {
            this.table = table;
            this.hidden = hidden;
            this.row = row;
            this.column = column;
            this.wanted = wanted;
            this.tried = Arrays.stream(table).map(long[]::clone).toArray(long[][]::new);
        }

        boolean finds(int at) {
            var columns = table[0].length;
            if (at == table.length * columns) {
                return fits();
            }
            var i = at / columns;
            var j = at % columns;
            if (j == 0 && i > 0 && !rowFits(i - 1)) {
                return false;
            }
            if (!hidden[i][j]) {
                return finds(at + 1);
            }
            // A nothing that is hidden, too, stays; the others lie close to what they are.
            var least = table[i][j] == 0 ? 0 : 1;
            for (long by : new long[] {0, 1, -1, 2, -2, 3, -3}) {
                tried[i][j] = table[i][j] + by;
                if (tried[i][j] >= least && finds(at + 1)) {
                    return true;
                }
            }
            tried[i][j] = table[i][j];
            return false;
        }

        private boolean rowFits(int i) {
            return hidden[i][table[0].length]
                    || number(tried, i, table[0].length) == number(table, i, table[0].length);
        }

        private boolean fits() {
            if (number(tried, row, column) != wanted) {
                return false;
            }
            for (int i = 0; i <= table.length; i++) {
                for (int j = 0; j <= table[0].length; j++) {
                    if (!hidden[i][j] && number(tried, i, j) != number(table, i, j)) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    private static long number(long[][] table, int row, int column) {
        long sum = 0;
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table[0].length; j++) {
                if ((row == table.length || i == row)
                        && (column == table[0].length || j == column)) {
                    sum += table[i][j];
                }
            }
        }
        return sum;
    }

    private static int hidden(boolean[][] all) {
        var count = 0;
        for (var line : all) {
            for (var one : line) {
                count += one ? 1 : 0;
            }
        }
        return count;
    }
}
