// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.packaging.PackagedNode;

/// The public pages, as shipped.
@Tag("packaged")
final class PublicSiteTest {

    /// Every kind of public page, by the name its picture gets.
    private static final String[][] PAGES = {
        {"home", ""},
        {"now", "now"},
        {"complaint", "complaint"},
        {"privacy", "privacy"},
        {"accessibility", "accessibility"},
        {"design", "design"},
    };

    private static PackagedNode shelter;
    private static Chromium chromium;

    @BeforeAll
    static void start(@TempDir Path scratch) {
        shelter = PackagedNode.init(PackagedNode.IMAGE, scratch.resolve("node"), "Shelter").start();
        chromium = Chromium.open();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        shelter.close();
    }

    @ParameterizedTest
    @CsvSource({"en, ltr", "ar, rtl"})
    void greetsInTheReadersLanguageAndDirection(String language, String direction) {
        try (var visit = visit(Visitor.reading(language))) {
            var response = visit.open("/");

            assertThat(response.status()).isEqualTo(200);
            assertThat(visit.page().url()).isEqualTo(shelter.address() + "/" + language + "/");
            assertThat(visit.attribute("html", "lang")).isEqualTo(language);
            assertThat(visit.attribute("html", "dir")).isEqualTo(direction);
            assertThat(visit.page().getByRole(AriaRole.HEADING).count()).isPositive();
        }
    }

    @Test
    void writesArabicMonthsFromThePackagedRuntime() {
        try (var visit = visit(Visitor.reading("ar"))) {
            visit.open("/leave");

            assertThat(visit.text())
                    .doesNotContainPattern("[A-Z][a-z]+ 20\\d\\d")
                    .containsPattern("\\p{IsArabic}+ (\\p{Nd}{4})");
        }
    }

    @Test
    void changesTheLanguageWithoutScripts() {
        try (var visit = visit(Visitor.reading("en").wide())) {
            visit.open("/en/now");
            visit.page().locator("header summary").click();
            visit.page().locator("header a[lang=ar]").click();

            assertThat(visit.page().url()).isEqualTo(shelter.address() + "/ar/now");
            assertThat(visit.attribute("html", "dir")).isEqualTo("rtl");
        }
    }

    @ParameterizedTest
    @MethodSource("pagesAndVisitors")
    void showsItselfWhole(String name, String path, Visitor visitor) {
        try (var visit = visit(visitor)) {
            visit.open("/" + visitor.language() + "/" + path);
            visit.photograph(name);

            assertThat(visit.attribute("html", "lang")).isEqualTo(visitor.language());
            assertThat(visit.foreignRequests()).isEmpty();
            assertThat(visit.complaints()).as("errors").isEmpty();
            assertThat(visit.scrollsSideways()).as("scrolls sideways").isFalse();
        }
    }

    @Test
    void saysKindlyThatAPageDoesNotExist() {
        try (var visit = visit(Visitor.reading("ar"))) {
            var response = visit.open("/ar/nowhere");
            visit.photograph("not-found");

            assertThat(response.status()).isEqualTo(404);
            assertThat(visit.attribute("html", "dir")).isEqualTo("rtl");
            assertThat(visit.page().getByRole(AriaRole.HEADING).count()).isPositive();
        }
    }

    /// Whoever opens a shared computer afterwards finds where somebody was, and neither what they
    /// looked for nor their code: not in the history, whose entries hold what a form sent, nor
    /// anywhere else in the profile.
    @Test
    void leavesNeitherWordsNorCodeInTheBrowsersProfile(@TempDir Path profile) throws IOException {
        var words = "zquietwordmark كلمةسرية";
        var town = "zquiettown";
        var code = "ACDE-FGHJ-KMNP-QRTU";
        Chromium.visitKeeping(
                profile,
                page -> {
                    page.navigate(shelter.address() + "/en/");
                    page.locator("main input[name=q]").first().fill(words);
                    page.locator("main form[action$='/search'] button").first().click();
                    assertThat(page.locator("#q").inputValue()).isEqualTo(words);
                    page.locator("details.filters").evaluate("it => it.open = true");
                    page.locator("#postcode").fill(town);
                    page.locator("main form[action$='/search'] button").first().click();
                    assertThat(page.content()).contains(town);
                    for (var form : List.of("/en/code", "/en/wrong", "/en/complaint/answer")) {
                        page.navigate(shelter.address() + form);
                        type(page, form, code);
                        page.goBack();
                        type(page, form, code);
                    }
                    page.navigate(shelter.address() + "/en/now");
                });

        var markers =
                Stream.of(words, "zquietwordmark", "كلمةسرية", town, code, code.replace("-", ""))
                        .flatMap(PublicSiteTest::spellings)
                        .toList();
        try (var files = Files.walk(profile)) {
            var kept = files.filter(Files::isRegularFile).toList();
            assertThat(kept)
                    .as("the history is where it is looked for")
                    .anyMatch(
                            it ->
                                    profile.relativize(it).startsWith("Default/Sessions")
                                            && !found(it, List.of("/en/now")).isEmpty());
            assertThat(kept)
                    .allSatisfy(it -> assertThat(found(it, markers)).as(it.toString()).isEmpty());
        }
    }

    private static void type(Page page, String form, String code) {
        assertThat(page.locator("#code").inputValue()).as("by the back button").isEmpty();
        page.locator("#code").fill(code);
        page.locator("main form[action='" + form + "'] button").click();
        assertThat(page.locator("#code").inputValue()).as("in the answer").isEmpty();
    }

    /// As typed, and as a form or an address carries it.
    private static Stream<String> spellings(String text) {
        var form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return Stream.of(text, form, form.replace("+", "%20")).distinct();
    }

    /// Which of the words stand in a file, in capitals or not, in the encodings of Chromium.
    private static List<String> found(Path file, List<String> words) {
        try {
            var bytes = lower(Files.readAllBytes(file));
            return words.stream()
                    .filter(
                            word ->
                                    Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)
                                            .map(it -> lower(word.getBytes(it)))
                                            .anyMatch(bytes::contains))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lower(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    static Stream<Arguments> pagesAndVisitors() {
        return Stream.of(PAGES)
                .flatMap(
                        page ->
                                visitors()
                                        .map(
                                                visitor ->
                                                        Arguments.of(page[0], page[1], visitor)));
    }

    private static Stream<Visitor> visitors() {
        return Stream.of("en", "ar")
                .map(Visitor::reading)
                .map(Visitor::withScripts) // so that a script that fails is heard
                .flatMap(visitor -> Stream.of(visitor, visitor.wide()))
                .flatMap(visitor -> Stream.of(visitor, visitor.inTheDark()));
    }

    private static Visit visit(Visitor visitor) {
        return chromium.visit(shelter.address(), visitor);
    }
}
