// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.waymark.node.listing.CsvText;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.UnusablePackageException;

/// A table: a CSV file however it was written, or the first sheet of an XLSX file.
final class TableFile {

    // Excel's way of keeping the zeros of 007.
    private static final Pattern TEXT_FORMULA = Pattern.compile("=\"([^\"]*)\"");
    private static final int MOST_COLUMNS = 500;

    /// One row, its cells in the order of the header.
    record Row(long number, List<String> header, List<String> cells) {

        /// The cells that say something, by column.
        ObjectNode object() {
            var json = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < header.size() && i < cells.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    json.put(header.get(i), cells.get(i));
                }
            }
            return json;
        }
    }

    private TableFile() {}

    /// Hands over the rows of a file, whichever kind it is.
    ///
    /// @param name how it is called in the report
    static void read(Path file, String name, ImportReport report, Consumer<Row> rows) {
        try (var stream = new BufferedInputStream(Files.newInputStream(file))) {
            stream.mark(4);
            var isZip =
                    new String(stream.readNBytes(2), java.nio.charset.StandardCharsets.ISO_8859_1)
                            .equals("PK");
            stream.reset();
            if (isZip) {
                new Workbook(file, name, report).read(rows);
            } else {
                csv(stream, name, report, rows);
            }
        } catch (IOException e) {
            throw new UnusablePackageException("file-unreadable", file + " cannot be read");
        }
    }

    static void csv(InputStream stream, String name, ImportReport report, Consumer<Row> rows) {
        try {
            var text = CsvText.of(stream, name, report);
            var header = new ArrayList<String>();
            try (var records = text.rows().skipEmptyLines(true).ofCsvRecord(text.text())) {
                for (var record : records) {
                    if (header.isEmpty()) {
                        header.addAll(header(record.getFields()));
                        continue;
                    }
                    var number = record.getStartingLineNumber();
                    rows.accept(
                            new Row(
                                    number,
                                    header,
                                    record.getFields().stream()
                                            .map(cell -> cell(cell, name, number, report))
                                            .toList()));
                }
            }
        } catch (CsvParseException e) {
            throw UnusablePackageException.from(e, name + " is not a CSV file: " + e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            throw new UnusablePackageException("file-unreadable", name + " cannot be read");
        }
    }

    private static String cell(String cell, String file, long line, ImportReport report) {
        if (!cell.startsWith("=") || cell.length() == 1) {
            return cell;
        }
        var text = TEXT_FORMULA.matcher(cell);
        report.note(Problem.FORMULA, file + " line " + line);
        return text.matches() ? text.group(1) : "";
    }

    /// Names of columns, each different.
    static List<String> header(List<String> cells) {
        if (cells.size() > MOST_COLUMNS) {
            throw new UnusablePackageException(
                    "table-too-wide", "The table has more than " + MOST_COLUMNS + " columns.");
        }
        var names = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (var cell : cells) {
            var name = cell.strip().isEmpty() ? "column " + (names.size() + 1) : cell.strip();
            var different = name;
            for (int i = 2; !seen.add(different); i++) {
                different = name + " (" + i + ")";
            }
            names.add(different);
        }
        return names;
    }
}
