// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;

/// Tables for spreadsheets, RFC 4180 with the mark that says UTF-8. A text that a spreadsheet would
/// take for a formula gets an apostrophe in front.
final class Csv {

    private static final String UTF_8_MARK = "\uFEFF";
    private static final String BEGINS_FORMULA = "=+-@";

    private Csv() {}

    static String of(List<List<String>> lines) {
        return UTF_8_MARK
                + lines.stream()
                        .map(
                                line ->
                                        line.stream()
                                                .map(Csv::cell)
                                                .collect(Collectors.joining(",", "", "\r\n")))
                        .collect(Collectors.joining());
    }

    private static String cell(String text) {
        // Spreadsheets look past blanks, and take the wide signs of East Asia for the narrow ones.
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        var isFormula =
                !plain.isEmpty()
                        && BEGINS_FORMULA.indexOf(plain.charAt(0)) >= 0
                        && !plain.matches("-[0-9]+");
        var isPlain = text.matches("[A-Za-z0-9_.#+ -]*") && !isFormula;
        return isPlain ? text : '"' + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
