// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How the import reads what people wrote into cells.
class SourceWordsTest {

    @ParameterizedTest
    @CsvSource({
        "9:00am, 09:00",
        "12:00am, 00:00",
        "12:30pm, 12:30",
        "5 p.m., 17:00",
        "9a, 09:00",
        "17:30, 17:30",
        "08:00:00, 08:00",
        "noon, 12:00",
    })
    void timesOfDay(String words, LocalTime time) {
        assertThat(TimeOfDay.parse(words)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5:00", "13:00pm", "25:00", "9:75am", "830am", "Dismissal Bell", ""})
    void noTimesOfDay(String words) {
        assertThat(TimeOfDay.parse(words)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "English, en", "SPANISH, es", "Spanish (limited), es", "Haitian-Creole, ht", "Creole, ht",
        "Farsi, fa", "American Sign Language, ase", "Mandarin., cmn", "ar, ar", "Arabisch, ar",
    })
    void languages(String words, String tag) {
        assertThat(new LanguageNames("de", Optional.of("US")).tag(words)).contains(tag);
    }

    @Test
    void creoleIsNoOneLanguageElsewhere() {
        assertThat(new LanguageNames("en", Optional.of("CV")).tag("Creole")).isEmpty();
        assertThat(new LanguageNames("en", Optional.empty()).tag("interpreters")).isEmpty();
    }

    @Test
    void listsOfLanguagesAreTakenApartOnlyWhenEachIsKnown() {
        var names = new LanguageNames("en", Optional.empty());

        assertThat(names.apart("English, French and Arabic"))
                .isEqualTo(List.of("English", "French", "Arabic"));
        assertThat(names.apart("English and others on request")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Call for an appointment, APPOINTMENT",
        "No appointment needed, WALK_IN",
        "Walk in or call, WALK_IN",
        "Must be referred through the helpline, REFERRAL_ONLY",
        "Call for information, CALL_FIRST",
        "Apply online, ONLINE",
        "None, UNKNOWN",
    })
    void howToGetIn(String words, Access access) {
        assertThat(AccessWords.access(words)).isEqualTo(access);
    }

    @Test
    void anIdMadeFromANameIsTheOneOfTheStandard() {
        // RFC 9562, appendix A.4: www.example.com in the DNS namespace.
        assertThat(
                        NameUuid.of(
                                UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
                                "www.example.com"))
                .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }
}
