// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The terms of a taxonomy as other systems write them: `taxonomy.csv` of HSDS 1 and 2 and of Open
/// Eligibility, `taxonomy_terms.csv` of HSDS 3, or JSON with the same members.
final class TaxonomyFile {

    // 20,000: several times the largest in use.
    private static final int MOST = 20_000;
    private static final int LONGEST = 2_000;

    /// One term in its own words.
    ///
    /// @param parent empty at the top
    /// @param taxonomy the name of what it is of; may be empty
    record Term(
            String id,
            String code,
            String name,
            String description,
            String parent,
            String taxonomy) {}

    private TaxonomyFile() {}

    /// @throws UnusablePackageException when there is no term in it
    static List<Term> read(String text) {
        var rows =
                text.strip().startsWith("{") || text.strip().startsWith("[")
                        ? json(text)
                        : csv(text);
        var terms = new ArrayList<Term>();
        for (var row : rows) {
            var id = cell(row, "id");
            var name = cell(row, "name");
            if (!id.isEmpty() && !name.isEmpty() && terms.size() < MOST) {
                var parent = cell(row, "parent_id");
                terms.add(
                        new Term(
                                id,
                                cell(row, "code"),
                                name,
                                cell(row, "description"),
                                Set.of("0", "-1", "null").contains(parent) ? "" : parent,
                                cell(
                                        row,
                                        row.containsKey("vocabulary")
                                                ? "vocabulary"
                                                : "taxonomy")));
            }
        }
        if (terms.isEmpty()) {
            throw new UnusablePackageException(
                    "taxonomy-empty", "No row of it has an id and a name.");
        }
        return terms;
    }

    private static String cell(Map<String, String> row, String name) {
        return PlainText.of(row.getOrDefault(name, ""), LONGEST).strip();
    }

    private static List<Map<String, String>> csv(String text) {
        var rows = new ArrayList<Map<String, String>>();
        var plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var first = plain.lines().findFirst().orElse("");
        var separator = first.contains(";") && !first.contains(",") ? ';' : ',';
        try (var csv = CsvReader.builder().fieldSeparator(separator).ofCsvRecord(plain)) {
            var header = new ArrayList<String>();
            for (var line : csv) {
                if (header.isEmpty()) {
                    line.getFields().forEach(it -> header.add(it.strip().toLowerCase(Locale.ROOT)));
                    continue;
                }
                var row = new LinkedHashMap<String, String>();
                for (int i = 0; i < Math.min(header.size(), line.getFieldCount()); i++) {
                    row.put(header.get(i), line.getField(i));
                }
                rows.add(row);
            }
        } catch (IOException | CsvParseException e) {
            throw new UnusablePackageException("taxonomy-malformed", "It is not CSV.");
        }
        return rows;
    }

    private static List<Map<String, String>> json(String text) {
        try {
            var rows = new ArrayList<Map<String, String>>();
            collect(Document.JSON.readTree(text), "", rows);
            return rows;
        } catch (JsonProcessingException e) {
            throw new UnusablePackageException("taxonomy-malformed", "It is not JSON.");
        }
    }

    /// Lists of terms, wherever they stand; terms inside a term are below it.
    private static void collect(JsonNode node, String parent, List<Map<String, String>> rows) {
        if (rows.size() > MOST) {
            return;
        }
        var below = parent;
        if (node.path("id").isValueNode() && node.path("name").isValueNode()) {
            var row = new LinkedHashMap<String, String>();
            row.put("parent_id", parent);
            node.properties()
                    .forEach(
                            it -> {
                                if (it.getValue().isValueNode() && !it.getValue().isNull()) {
                                    row.put(it.getKey(), it.getValue().asText());
                                }
                            });
            rows.add(row);
            below = node.path("id").asText();
        }
        for (var child : node) {
            if (child.isContainerNode()) {
                collect(child, below, rows);
            }
        }
    }
}
