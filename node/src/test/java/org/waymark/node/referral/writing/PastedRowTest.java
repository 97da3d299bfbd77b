// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.writing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.waymark.node.referral.writing.PastedRow.Column;

class PastedRowTest {

    @Test
    void namesOfColumnsAreKnownInSeveralLanguages() {
        for (var header :
                List.of(
                        "Name\tPhone",
                        "Nom\tTéléphone",
                        "Nombre\tTeléfono",
                        "الاسم\tالهاتف",
                        "Ім'я\tТелефон")) {
            var row = PastedRow.read(header + "\nSoraya\t+49 170 1").orElseThrow();

            assertThat(row.columns()).contains(List.of(Column.NAME, Column.PHONE));
        }
    }

    @Test
    void aRowWithoutNamesOfColumnsIsARow() {
        var row = PastedRow.read("Soraya\t\t2\r\n").orElseThrow();

        assertThat(row.columns()).isEmpty();
        assertThat(row.cells()).containsExactly("Soraya", "", "2");
        assertThat(row.values(List.of(Column.NAME, Column.PHONE, Column.CHILDREN)))
                .containsOnlyKeys(Column.NAME, Column.CHILDREN);
    }

    @Test
    void aCellInQuotationMarksKeepsItsLinesAndTabs() {
        var row = PastedRow.read("\"Two\nlines\tand a \"\"word\"\"\"\tSoraya").orElseThrow();

        assertThat(row.cells()).containsExactly("Two\nlines\tand a \"word\"", "Soraya");
    }

    @Test
    void nothingAndALoneHeaderAreNoRow() {
        for (var text : List.of("", "\t\t\n", "Name\tPhone", "Name\tPhone\n\n")) {
            assertThat(PastedRow.read(text)).isEqualTo(Optional.empty());
        }
    }

    @Test
    void papersHaveNoColumn() {
        var row = PastedRow.read("Name\tPassport\tPhone\nSoraya\tX123\t1").orElseThrow();

        assertThat(row.values(row.columns().orElseThrow())).doesNotContainValue("X123");
    }

    @Test
    void itDoesNotPrintItself() {
        assertThat(PastedRow.read("Soraya\t1").orElseThrow()).asString().doesNotContain("Soraya");
    }
}
