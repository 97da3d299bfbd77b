// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Takes out of cells what an old system left in them, and counts it.
final class CellCleaner {

    private static final Pattern MARKER =
            Pattern.compile("#{2,}(?:[A-Z0-9 ]{1,12}#{2,})+|\\b[A-Z]{2,8}#{3,}");
    // Excel's way of keeping the zeros of 007.
    private static final Pattern TEXT_FORMULA = Pattern.compile("=\"([^\"]*)\"");
    private static final Pattern MANY_BREAKS = Pattern.compile("\n\\s*\n\\s*\n+");

    // UTF-8 that someone read as code page 437: dashes, quotes, dots.
    private static final Map<String, String> MISREAD =
            Map.of(
                    "GÇô", "–", "GÇö", "—", "GÇÖ", "’", "GÇÿ", "‘", "GÇ£", "“", "GÇ¥", "”", "GÇª",
                    "…", "GÇó", "•", "+¦", "ñ");

    // 20,000 characters: some ten printed pages; whoever needs more means another page.
    private static final int LONGEST = 20_000;

    private final ImportReport report;

    CellCleaner(ImportReport report) {
        this.report = report;
    }

    /// The cells that say something, by column.
    Map<String, String> clean(String file, NamedCsvRecord row) {
        var cells = new LinkedHashMap<String, String>();
        var header = row.getHeader();
        for (int i = 0; i < header.size() && i < row.getFieldCount(); i++) {
            var cell = row.getField(i);
            if (!cell.isEmpty()) {
                var line = row.getStartingLineNumber();
                var clean = clean(withoutFormula(cell, file, line), file, line, header.get(i));
                if (!clean.isEmpty()) {
                    cells.put(header.get(i).strip(), clean);
                }
            }
        }
        return cells;
    }

    /// What a formula last came to, if it is there: it is never worked out, here or by whoever gets
    /// the text.
    private String withoutFormula(String cell, String file, long line) {
        var start = cell.strip();
        if (!start.startsWith("=") || start.length() == 1) {
            return cell;
        }
        report.note(Problem.FORMULA, file + " line " + line);
        var text = TEXT_FORMULA.matcher(start);
        return text.matches() ? text.group(1) : "";
    }

    private String clean(String cell, String file, long line, String column) {
        return clean(cell, () -> file + " line " + line + ", " + column);
    }

    /// @param where the text stands
    String clean(String cell, Supplier<String> where) {
        var text = cell.strip();
        if (!text.equals(cell) && !text.isEmpty()) {
            note(Problem.BLANKS_AROUND, where);
        }
        if (text.contains("\\n")) {
            text = text.replace("\\r", "").replace("\\n", "\n");
            note(Problem.LITERAL_LINE_BREAK, where);
        }
        if (text.contains("##")) {
            var without = MARKER.matcher(text).replaceAll("");
            if (!without.equals(text)) {
                text = without;
                note(Problem.MARKER, where);
            }
        }
        if (text.contains("GÇ") || text.contains("+¦")) {
            for (var entry : MISREAD.entrySet()) {
                text = text.replace(entry.getKey(), entry.getValue());
            }
            note(Problem.MISREAD_CHARACTERS, where);
        }
        if (PlainText.hasMarkup(text)) {
            note(Problem.MARKUP, where);
            text = PlainText.of(text, Integer.MAX_VALUE);
        } else if (PlainText.hasInvisible(text)) {
            note(Problem.INVISIBLE_CHARACTERS, where);
            text = PlainText.of(text.replace("\r\n", "\n").replace('\r', '\n'), Integer.MAX_VALUE);
        }
        if (text.length() > LONGEST) {
            note(Problem.TEXT_TOO_LONG, where);
            text = PlainText.of(text, LONGEST);
        }
        return text.indexOf('\n') < 0 ? text : MANY_BREAKS.matcher(text).replaceAll("\n\n").strip();
    }

    private void note(Problem problem, Supplier<String> where) {
        report.note(problem, where.get());
    }
}
