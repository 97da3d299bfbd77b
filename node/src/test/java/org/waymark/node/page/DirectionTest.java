// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DirectionTest {

    @Test
    void likelyScriptsThatRunFromRightToLeft() {
        for (var tag :
                List.of(
                        "ar", "ar-SY", "fa", "prs", "ps", "ur", "ckb", "sd", "ug", "he", "yi", "dv",
                        "ku-Arab", "ku-IQ", "pa-Arab", "pa-PK", "az-Arab", "uz-AF", "rhg", "ks",
                        "haz", "ff-Adlm")) {
            assertThat(direction(tag)).as(tag).isEqualTo(Direction.RTL);
        }
    }

    @Test
    void likelyScriptsThatRunFromLeftToRight() {
        for (var tag :
                List.of(
                        "en", "fr", "uk", "ti", "am", "so", "tr", "ku", "pa", "az", "bn", "ks-Deva",
                        "ur-Latn", "sd-Deva", "zh", "sw", "sq", "ar-Latn")) {
            assertThat(direction(tag)).as(tag).isEqualTo(Direction.LTR);
        }
    }

    @Test
    void tagsAreMadeCanonical() {
        assertThat(new Language("PA-arab", "پنجابی").tag()).isEqualTo("pa-Arab");
        assertThat(new Language("iw", "עברית").tag()).isEqualTo("he");
        assertThatThrownBy(() -> new Language("not a tag", "?"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVisitorIsGreetedInTheBestOfTheirLanguages() {
        var languages = Languages.shipped();

        assertThat(languages.negotiate("ar-SY,ar;q=0.9,en;q=0.5").tag()).isEqualTo("ar");
        assertThat(languages.negotiate("de,uk;q=0.8").tag()).isEqualTo("uk");
        assertThat(languages.negotiate("xx").tag()).isEqualTo("en");
        assertThat(languages.negotiate("").tag()).isEqualTo("en");
        assertThat(languages.negotiate(";;;q=nonsense,\u0000").tag()).isEqualTo("en");
        assertThat(languages.only(List.of("fr", "ar")).negotiate("de").tag()).isEqualTo("fr");
        assertThatThrownBy(() -> languages.only(List.of("tlh"))).hasMessageContaining("tlh");
    }

    private static Direction direction(String tag) {
        return Direction.of(Locale.forLanguageTag(tag));
    }
}
