// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.waymark.node.listing.ImportReport;
import org.waymark.node.listing.Problem;
import org.waymark.node.listing.SafeZip;
import org.waymark.node.listing.UnusablePackageException;

/// The first sheet of an XLSX file (ECMA-376, part 1): texts, numbers, dates and what formulas last
/// came to. Formulas are never worked out, links never followed.
final class Workbook {

    // The day before 1900 began, as spreadsheets count: they think that 1900 was a leap year.
    private static final LocalDate FIRST_DAY = LocalDate.of(1899, 12, 30);
    // 12 Mi letters, and 40 for what each text costs: two bytes each where they are not Latin, and
    // more do not fit into the memory of a small server.
    private static final long MOST_LETTERS = 12L << 20;
    private static final int LETTERS_PER_TEXT = 40;
    private static final Set<Integer> DATE_FORMATS = Set.of(14, 15, 16, 17, 22, 27, 30, 36, 50, 57);

    private final Path file;
    private final String name;
    private final ImportReport report;
    private final List<String> texts = new ArrayList<>();
    private long letters;
    private final Set<Integer> dateStyles = new HashSet<>();

    Workbook(Path file, String name, ImportReport report) {
        this.file = file;
        this.name = name;
        this.report = report;
    }

    void read(Consumer<TableFile.Row> rows) {
        try (var zip = SafeZip.open(file)) {
            var sheet =
                    zip.names().stream()
                            .filter(it -> it.matches("xl/worksheets/[^/]+\\.xml"))
                            .min(
                                    java.util.Comparator.comparing(String::length)
                                            .thenComparing(it -> it))
                            .orElseThrow(
                                    () ->
                                            new UnusablePackageException(
                                                    "table-without-sheet",
                                                    name + " is a zip without a sheet in it."));
            each(zip, "xl/sharedStrings.xml", xml -> text(xml));
            styles(zip);
            sheet(zip, sheet, rows);
        }
    }

    private interface Reading {
        void read(XMLStreamReader xml) throws XMLStreamException;
    }

    private void each(SafeZip zip, String part, Reading reading) {
        try (var stream = new PartStream(zip.read(part), name)) {
            if (!zip.names().contains(part)) {
                return;
            }
            var factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            var xml = factory.createXMLStreamReader(stream);
            while (xml.hasNext()) {
                stream.begin();
                xml.next();
                if (xml.isStartElement()) {
                    reading.read(xml);
                }
            }
        } catch (XMLStreamException | IOException e) {
            throw new UnusablePackageException(
                    "file-unreadable", name + " is not a spreadsheet that can be read.");
        }
    }

    private void text(XMLStreamReader xml) throws XMLStreamException {
        if (xml.getLocalName().equals("si")) {
            var text = textUntil(xml, "si");
            letters += text.length() + LETTERS_PER_TEXT;
            if (letters > MOST_LETTERS) {
                throw new UnusablePackageException(
                        "package-too-large", name + " holds too many texts.");
            }
            texts.add(text);
        }
    }

    /// The texts within an element, without how they are pronounced.
    private static String textUntil(XMLStreamReader xml, String end) throws XMLStreamException {
        var text = new StringBuilder();
        var silent = false;
        var inText = false;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    silent |= xml.getLocalName().equals("rPh");
                    inText = xml.getLocalName().equals("t");
                }
                case XMLStreamConstants.CHARACTERS -> {
                    if (inText && !silent) {
                        text.append(xml.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    inText = false;
                    if (xml.getLocalName().equals("rPh")) {
                        silent = false;
                    }
                    if (xml.getLocalName().equals(end)) {
                        return text.toString();
                    }
                }
                default -> {}
            }
        }
        return text.toString();
    }

    private void styles(SafeZip zip) {
        var own = new HashSet<Integer>(DATE_FORMATS);
        var style = new int[] {-1};
        each(
                zip,
                "xl/styles.xml",
                xml -> {
                    switch (xml.getLocalName()) {
                        case "numFmt" -> {
                            var code =
                                    Optional.ofNullable(xml.getAttributeValue(null, "formatCode"))
                                            .orElse("")
                                            .replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]", "");
                            if (code.contains("y") || code.contains("d")) {
                                own.add(number(xml, "numFmtId"));
                            }
                        }
                        case "cellXfs" -> style[0] = 0;
                        case "xf" -> {
                            if (style[0] >= 0) {
                                if (own.contains(number(xml, "numFmtId"))) {
                                    dateStyles.add(style[0]);
                                }
                                style[0]++;
                            }
                        }
                        case "cellStyles" -> style[0] = -1;
                        default -> {}
                    }
                });
    }

    private static int number(XMLStreamReader xml, String attribute) {
        var text = xml.getAttributeValue(null, attribute);
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private void sheet(SafeZip zip, String part, Consumer<TableFile.Row> rows) {
        var header = new ArrayList<String>();
        each(
                zip,
                part,
                xml -> {
                    if (!xml.getLocalName().equals("row")) {
                        return;
                    }
                    var number = number(xml, "r");
                    var cells = row(xml);
                    if (cells.stream().allMatch(String::isBlank)) {
                        return;
                    }
                    if (header.isEmpty()) {
                        header.addAll(TableFile.header(cells));
                    } else {
                        rows.accept(new TableFile.Row(number, header, cells));
                    }
                });
    }

    private List<String> row(XMLStreamReader xml) throws XMLStreamException {
        var cells = new ArrayList<String>();
        while (xml.hasNext()) {
            var event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
                var column = column(xml.getAttributeValue(null, "r"), cells.size());
                while (cells.size() < column) {
                    cells.add("");
                }
                cells.add(cell(xml));
            }
        }
        return cells;
    }

    /// Which column a cell such as C12 stands in.
    private static int column(String reference, int otherwise) {
        if (reference == null) {
            return otherwise;
        }
        int column = 0;
        for (char letter : reference.toCharArray()) {
            if (letter < 'A' || letter > 'Z' || column > 20_000) {
                break;
            }
            column = column * 26 + letter - 'A' + 1;
        }
        return Math.min(16_384, Math.max(otherwise, column - 1));
    }

    private String cell(XMLStreamReader xml) throws XMLStreamException {
        var type = Optional.ofNullable(xml.getAttributeValue(null, "t")).orElse("n");
        var where = name + " cell " + xml.getAttributeValue(null, "r");
        var style = number(xml, "s");
        var value = "";
        while (xml.hasNext()) {
            var event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("c")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "f" -> report.note(Problem.FORMULA, where);
                    case "v" -> value = xml.getElementText();
                    case "is" -> value = textUntil(xml, "is");
                    default -> {}
                }
            }
        }
        return switch (type) {
            case "s" ->
                    value.matches("\\d{1,9}") && Integer.parseInt(value) < texts.size()
                            ? texts.get(Integer.parseInt(value))
                            : "";
            case "b" -> value.equals("1") ? "TRUE" : "FALSE";
            case "e" -> "";
            case "n" -> number(value, dateStyles.contains(style));
            default -> value;
        };
    }

    private static String number(String value, boolean isDate) {
        if (isDate && value.matches("\\d{1,6}(\\.\\d+)?")) {
            return FIRST_DAY.plusDays((long) Double.parseDouble(value)).toString();
        }
        return value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
    }
}
