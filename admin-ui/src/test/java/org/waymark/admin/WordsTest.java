// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.page.Languages;

/// The words of the staff pages: none missing, none for nothing.
class WordsTest {

    private static final Pattern FORM = Pattern.compile("\\.(zero|one|two|few|many|other)$");
    private static final Pattern KEY = Pattern.compile("\"(staff\\.[a-z0-9.-]*)\"");

    @ParameterizedTest
    @MethodSource("shipped")
    void everyLanguageSaysEverythingThatEnglishSays(String language) throws IOException {
        assertThat(plain(keys(language))).containsAll(plain(keys("en")));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void noLanguageSaysWhatEnglishDoesNot(String language) throws IOException {
        assertThat(plain(keys("en"))).containsAll(plain(keys(language)));
    }

    @Test
    void everyWordThatAPageNamesIsThere() throws IOException {
        var known = plain(keys("en"));
        try (var files = Stream.concat(walk("src/main/templates"), walk("src/main/java"))) {
            var named =
                    files.flatMap(file -> KEY.matcher(read(file)).results())
                            .map(found -> found.group(1))
                            .collect(Collectors.toCollection(TreeSet::new));
            assertThat(named).isNotEmpty();
            assertThat(named)
                    .allSatisfy(
                            key ->
                                    assertThat(known)
                                            .as(key)
                                            .anyMatch(
                                                    one ->
                                                            one.equals(key)
                                                                    || one.startsWith(
                                                                            key.endsWith(".")
                                                                                    ? key
                                                                                    : key + ".")));
        }
    }

    private static List<String> shipped() {
        return Languages.shipped().tags();
    }

    private static Set<String> keys(String language) throws IOException {
        var messages = new Properties();
        // Ours, by its path: the node's file of the same name may stand first on the class path.
        var own = Path.of("src/main/resources/messages/" + language + ".properties");
        try (var reader =
                new InputStreamReader(Files.newInputStream(own), StandardCharsets.UTF_8)) {
            messages.load(reader);
        }
        return messages.stringPropertyNames();
    }

    private static Set<String> plain(Set<String> keys) {
        return keys.stream()
                .map(key -> FORM.matcher(key).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Path> walk(String folder) throws IOException {
        return Files.walk(Path.of(folder)).filter(Files::isRegularFile);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
