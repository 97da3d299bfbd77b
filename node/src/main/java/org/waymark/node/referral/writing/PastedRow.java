// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.writing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A row copied from a spreadsheet, with or without the line of column names above it: cells
/// between tabs, in quotation marks where they hold a line break. Pure; it keeps nothing.
public record PastedRow(Optional<List<String>> header, List<String> cells) {

    /// 60 columns: a wider table is pasted by its columns that matter.
    public static final int MOST_COLUMNS = 60;

    /// What a cell can be for. There is none for what must never travel.
    public enum Column {
        REASON(
                "reason",
                "need",
                "needs",
                "request",
                "besoin",
                "motif",
                "necesidad",
                "motivo",
                "потреба",
                "причина",
                "الحاجة",
                "السبب"),
        NAME(
                "name",
                "first name",
                "given name",
                "preferred name",
                "client",
                "nom",
                "prénom",
                "nombre",
                "ім'я",
                "імʼя",
                "імя",
                "الاسم"),
        PHONE(
                "phone",
                "telephone",
                "mobile",
                "phone number",
                "contact",
                "téléphone",
                "teléfono",
                "телефон",
                "الهاتف",
                "رقم الهاتف"),
        ADULTS("adults", "adult", "adultes", "adultos", "дорослі", "بالغون", "البالغون"),
        CHILDREN(
                "children",
                "child",
                "kids",
                "enfants",
                "niños",
                "menores",
                "діти",
                "أطفال",
                "الأطفال"),
        LANGUAGE("language", "lang", "langue", "idioma", "lengua", "мова", "اللغة"),
        CASE_NUMBER(
                "case number",
                "case no",
                "case id",
                "case",
                "our number",
                "id",
                "file",
                "numéro de dossier",
                "dossier",
                "número de caso",
                "caso",
                "номер справи",
                "رقم الحالة",
                "رقم الملف"),
        SAFE_TIMES(
                "safe times",
                "call times",
                "when to call",
                "heures",
                "horas",
                "коли дзвонити",
                "أوقات الاتصال"),
        /// Read and left out.
        NOTHING;

        private final Set<String> names;

        Column(String... names) {
            this.names = Set.of(names);
        }

        /// What a column of this name is for.
        static Column named(String name) {
            var plain =
                    name.strip()
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[_.:*]+", " ")
                            .replaceAll("\\s+", " ")
                            .strip();
            return Arrays.stream(values())
                    .filter(it -> it.names.contains(plain))
                    .findFirst()
                    .orElse(NOTHING);
        }
    }

    public PastedRow {
        header = header.map(List::copyOf);
        cells = List.copyOf(cells);
    }

    /// Reads what was pasted: its first row, or the second when the first names the columns.
    public static Optional<PastedRow> read(String text) {
        var rows = rows(text);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (rows.size() > 1 && isHeader(rows.getFirst())) {
            return Optional.of(new PastedRow(Optional.of(rows.getFirst()), rows.get(1)));
        }
        return isHeader(rows.getFirst())
                ? Optional.empty()
                : Optional.of(new PastedRow(Optional.empty(), rows.getFirst()));
    }

    /// What each cell is for, as far as the column names tell.
    public Optional<List<Column>> columns() {
        return header.map(names -> names.stream().map(Column::named).toList());
    }

    /// The cells by what they are for. Of two for the same thing, the first that says something
    /// counts.
    public Map<Column, String> values(List<Column> order) {
        var values = new EnumMap<Column, String>(Column.class);
        for (int i = 0; i < Math.min(order.size(), cells.size()); i++) {
            if (order.get(i) != Column.NOTHING && !cells.get(i).isBlank()) {
                values.putIfAbsent(order.get(i), cells.get(i).strip());
            }
        }
        return values;
    }

    // Two known names: one may be a word somebody wrote.
    private static boolean isHeader(List<String> row) {
        return row.stream().filter(it -> Column.named(it) != Column.NOTHING).count() >= 2;
    }

    private static List<List<String>> rows(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var cell = new StringBuilder();
        var quoted = false;
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == '\t') {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                add(rows, row);
                row = new ArrayList<>();
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        row.add(cell.toString());
        add(rows, row);
        return rows;
    }

    private static void add(List<List<String>> rows, List<String> row) {
        if (row.stream().anyMatch(it -> !it.isBlank())) {
            rows.add(row.stream().limit(MOST_COLUMNS).toList());
        }
    }

    @Override
    public String toString() {
        return "PastedRow[hidden]";
    }
}
