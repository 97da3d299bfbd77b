// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Set<String> FORMS =
            Arrays.stream(Plurals.values()).map(Plurals::suffix).collect(Collectors.toSet());
    private static final Pattern USED =
            Pattern.compile("page\\.(?:say|plain)\\(\"([a-z][a-z0-9.-]*[a-z0-9])\"[,)]");
    private static final Pattern COUNTED =
            Pattern.compile("page\\.(?:count|plainCount)\\(\"([a-z0-9.-]+)\"");

    private final Messages english = messages("en");

    @Test
    void everyShippedLanguageIsComplete() {
        for (var language : Languages.shipped().list()) {
            assertThat(untranslated(language.tag())).as(language.tag()).isEmpty();
        }
    }

    @Test
    void noLanguageSaysWhatEnglishDoesNot() {
        for (var language : Languages.shipped().list()) {
            assertThat(stems(messages(language.tag()).keys()))
                    .as(language.tag())
                    .isSubsetOf(stems(english.keys()));
        }
    }

    @Test
    void translationsKeepTheArguments() {
        for (var language : Languages.shipped().list()) {
            var messages = messages(language.tag());
            for (var key : messages.keys()) {
                if (english.has(key) && !FORMS.contains(last(key))) {
                    assertThat(arguments(messages.find(key).pattern()))
                            .as(language.tag() + " " + key)
                            .isEqualTo(arguments(english.find(key).pattern()));
                }
            }
        }
    }

    @Test
    void everyFormALanguageNeedsIsThere() {
        for (var language : Languages.shipped().list()) {
            var keys = messages(language.tag()).keys();
            for (var stem : stems(keys)) {
                if (!keys.contains(stem)) {
                    for (var number = 0; number < 200; number++) {
                        assertThat(keys)
                                .contains(stem + "." + Plurals.of(language.tag(), number).suffix());
                    }
                }
            }
        }
    }

    @Test
    void everyMessageATemplateAsksForExists() throws IOException {
        var asked = new TreeSet<String>();
        try (var templates = Files.walk(Path.of("src/main/templates"))) {
            for (var template : templates.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(template);
                USED.matcher(text).results().forEach(use -> asked.add(use.group(1)));
                COUNTED.matcher(text).results().forEach(use -> asked.add(use.group(1) + ".other"));
            }
        }

        assertThat(asked).hasSizeGreaterThan(100);
        assertThat(english.keys()).containsAll(asked);
    }

    @Test
    void aMissingTranslationIsEnglishAndSaysSo() {
        var said = messages("fr").find("design.topics");

        assertThat(said.language()).isEqualTo(Messages.FALLBACK);
        assertThat(said.pattern()).isEqualTo(english.find("design.topics").pattern());
    }

    private static Set<String> untranslated(String tag) {
        var missing = new TreeSet<>(stems(messages("en").keys()));
        missing.removeAll(stems(messages(tag).keys()));
        missing.removeIf(key -> key.startsWith("design."));
        return missing;
    }

    private static Messages messages(String tag) {
        return Messages.load(Languages.shipped().find(tag).orElseThrow());
    }

    /// Keys without the form of their number.
    private static Set<String> stems(Set<String> keys) {
        return keys.stream()
                .map(
                        key ->
                                FORMS.contains(last(key)) && keys.contains(before(key) + ".other")
                                        ? before(key)
                                        : key)
                .collect(Collectors.toSet());
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private static String before(String key) {
        return key.substring(0, key.lastIndexOf('.'));
    }

    private static List<String> arguments(String pattern) {
        return Pattern.compile("\\{\\d}")
                .matcher(pattern)
                .results()
                .map(m -> m.group())
                .sorted()
                .toList();
    }
}
