// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.evidence;

import gg.jte.Content;
import java.util.ArrayList;
import java.util.List;

/// A picture of numbers beside the table that has the same: two bars below a name, the second with
/// a pattern, so that nobody needs colours to tell them apart. Lines begin where the page's writing
/// begins.
///
/// @param id of the picture in the page, for its title and its pattern
/// @param title what it shows, read out with `told`
/// @param told the same numbers in a sentence or two
/// @param first what the plain bars are
/// @param second what the patterned bars are
public record BarChart(
        String id,
        String title,
        String told,
        Content first,
        Content second,
        boolean rightToLeft,
        List<Line> lines) {

    // A phone's: there the picture is as wide as it is drawn, and its writing as large as the
    // page's.
    public static final int WIDTH = 340;
    private static final int NUMBER = 60;
    private static final int NAME = 18;
    private static final int BAR = 14;
    private static final int GAP = 8;

    /// @param one as the reader writes it
    public record Line(String label, long first, String one, long second, String other) {

        /// It has a name and a nought, and no bars.
        public boolean isEmpty() {
            return first == 0 && second == 0;
        }

        private int height() {
            return isEmpty() ? NAME + GAP : NAME + 2 * BAR + GAP;
        }
    }

    /// One bar, where it stands.
    ///
    /// @param labelX where its number begins
    public record Bar(boolean patterned, int x, int y, int width, int labelX, String number) {}

    /// The name of a line, where it begins.
    public record Name(int x, int y, String text) {}

    public BarChart {
        lines = List.copyOf(lines);
    }

    public int height() {
        return top(lines.size());
    }

    private int top(int line) {
        return lines.stream().limit(line).mapToInt(Line::height).sum();
    }

    public List<Name> names() {
        var names = new ArrayList<Name>();
        for (int at = 0; at < lines.size(); at++) {
            var y = top(at) + BAR - 1;
            var line = lines.get(at);
            names.add(new Name(begin(0, 0), y, line.label()));
            if (line.isEmpty()) {
                names.add(new Name(begin(WIDTH - NUMBER, 0), y, line.one()));
            }
        }
        return names;
    }

    public List<Bar> bars() {
        var most =
                Math.max(
                        1,
                        lines.stream()
                                .mapToLong(it -> Math.max(it.first(), it.second()))
                                .max()
                                .orElse(1));
        var bars = new ArrayList<Bar>();
        for (int at = 0; at < lines.size(); at++) {
            var line = lines.get(at);
            var y = top(at) + NAME;
            if (!line.isEmpty()) {
                bars.add(bar(false, line.first(), most, y, line.one()));
                bars.add(bar(true, line.second(), most, y + BAR, line.other()));
            }
        }
        return bars;
    }

    private Bar bar(boolean patterned, long number, long most, int y, String text) {
        var room = WIDTH - NUMBER;
        var width = Math.toIntExact(Math.max(0, number) * room / most);
        return new Bar(patterned, begin(0, width), y, width, begin(width + 6, 0), text);
    }

    /// From the side where writing begins.
    private int begin(int from, int width) {
        return rightToLeft ? WIDTH - from - width : from;
    }
}
