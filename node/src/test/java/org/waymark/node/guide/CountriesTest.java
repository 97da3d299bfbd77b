// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountriesTest {

    @TempDir Path folder;

    @Test
    void theInventedCountryIsThereAndNoOther() {
        var countries = new Countries(folder);

        var lindmar = countries.find("XL").orElseThrow();
        assertThat(lindmar.dangerLine()).isPresent();
        assertThat(lindmar.lines())
                .allSatisfy(line -> assertThat(line.number()).startsWith("01632 960 "));
        assertThat(countries.find("DE")).isEmpty();
        assertThat(countries.find("../secret")).isEmpty();
    }

    @Test
    void whatTheOperatorCheckedComesFirst() throws IOException {
        write("\"free\":true,");

        var own = new Countries(folder).find("XL").orElseThrow();

        assertThat(own.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.number()).isEqualTo("999"));
        assertThat(own.lines().getFirst().withoutCredit()).as("nobody knows").isEmpty();
    }

    @Test
    void aMisspeltMemberIsNamed() throws IOException {
        write("\"fre\":true,");

        assertThatThrownBy(() -> new Countries(folder).find("XL"))
                .hasMessageContaining("XL.json")
                .hasMessageContaining("fre");
    }

    @Test
    void numbersNobodyCheckedForAYearAreNamed() throws IOException {
        write("");
        var country = new Countries(folder).find("XL").orElseThrow();

        assertThat(country.warnings(LocalDate.of(2027, 1, 2))).isEmpty();
        assertThat(country.warnings(LocalDate.of(2027, 1, 3)))
                .singleElement()
                .asString()
                .contains("999")
                .contains("2026-01-02");
        assertThat(country.isOld(LocalDate.of(2027, 1, 3))).isTrue();
    }

    private void write(String more) throws IOException {
        Files.writeString(
                folder.resolve("XL.json"),
                """
                {"code":"XL","name":{"en":"X"},"lines":[{"number":"999","name":{"en":"Help"},"danger":true,%s
                 "languages":[],"hours":{},"checked":"2026-01-02","source":"a call"}]}
                """
                        .formatted(more));
    }
}
