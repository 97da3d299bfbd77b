// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Expected forms are from the CLDR table "Language Plural Rules", cardinals.
class PluralsTest {

    @Test
    void everyLanguageTakesItsOwnForm() {
        assertThat(forms("en", 0, 1, 2, 11)).isEqualTo("other one other other");
        assertThat(forms("ar", 0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111))
                .isEqualTo("zero one two few few many many other other few many");
        assertThat(forms("fr", 0, 1, 2)).isEqualTo("one one other");
        assertThat(forms("es", 0, 1, 2)).isEqualTo("other one other");
        assertThat(forms("uk", 0, 1, 2, 5, 11, 12, 21, 22, 112, 121))
                .isEqualTo("many one few many many many one few many one");
        assertThat(forms("pl", 1, 2, 5, 12, 21, 22)).isEqualTo("one few many many many few");
        assertThat(forms("cs", 1, 3, 5)).isEqualTo("one few other");
        assertThat(forms("bs", 1, 2, 5, 21)).isEqualTo("one few other one");
        assertThat(forms("ro", 0, 1, 19, 20, 101)).isEqualTo("few one few other few");
        assertThat(forms("lt", 1, 2, 10, 11, 21)).isEqualTo("one few other other one");
        assertThat(forms("lv", 0, 1, 2, 11, 21)).isEqualTo("zero one other zero one");
        assertThat(forms("sl", 1, 2, 3, 5, 101)).isEqualTo("one two few other one");
        assertThat(forms("he", 1, 2, 3)).isEqualTo("one two other");
        assertThat(forms("fa", 0, 1, 2)).isEqualTo("one one other");
        assertThat(forms("zh", 1, 2)).isEqualTo("other other");
        assertThat(forms("so", 1, 2)).isEqualTo("one other");
    }

    private static String forms(String language, long... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(n -> Plurals.of(language, n).suffix())
                .collect(Collectors.joining(" "));
    }
}
