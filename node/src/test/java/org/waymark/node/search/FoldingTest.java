// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

    @ParameterizedTest
    @CsvSource({
        "Hébergement, hebergement",
        "señora, senora",
        "Straße, strasse",
        "Łódź, lodz",
        "أُسْرَة, اسره",
        "إقامة, اقامه",
        "آخر, اخر",
        "مسؤول, مسوول",
        "لاجئ, لاجي",
        "مســتشفى, مستشفي",
        "می‌خواهم, ميخواهم",
        "کودک, كودك",
        "٢٤, 24",
        "۲۴, 24",
        "їжа, іжа",
        "здоров’я, здоровя",
        "ﻻجئ, لاجي",
        "\u200Fعيادة\u200E, عياده",
        "کیک, كيك",
    })
    void spellingsThatPeopleDoNotTellApartBecomeEqual(String written, String folded) {
        assertThat(Folding.fold(written)).isEqualTo(folded);
    }

    @Test
    void vowelSignsOfIndianScriptsAreLetters() {
        assertThat(Folding.fold("हिन्दी")).isEqualTo("हिन्दी");
        assertThat(Folding.fold("বাংলা")).isEqualTo("বাংলা");
    }

    @Test
    void latinWordsPartAtTheApostrophe() {
        assertThat(Words.of("l’asile women's")).containsExactly("l", "asile", "women", "s");
    }

    @Test
    void aTypedWordHasTheStemsOfAllLanguages() {
        assertThat(Words.stemsInAnyLanguage("lawyers")).contains("lawyers", "lawyer");
        assertThat(Words.stemsInAnyLanguage(Folding.fold("المستشفيات"))).contains("مستشف");
        assertThat(Words.stemsInAnyLanguage(Folding.fold("лікаря"))).contains("лікар");
    }
}
