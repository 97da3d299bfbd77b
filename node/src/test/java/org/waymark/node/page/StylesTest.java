// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StylesTest {

    private static final Path FOLDER = Path.of("src/main/resources/styles");

    /// Text on ground, as the style sheets pair them.
    private static final List<List<String>> PAIRS =
            List.of(
                    List.of("ink", "paper"),
                    List.of("ink", "surface"),
                    List.of("ink", "wash"),
                    List.of("muted", "paper"),
                    List.of("muted", "surface"),
                    List.of("muted", "wash"),
                    List.of("teal", "paper"),
                    List.of("teal", "surface"),
                    List.of("teal", "wash"),
                    List.of("on-teal", "teal"),
                    List.of("paper", "ink"),
                    List.of("paper", "danger"),
                    List.of("danger", "paper"),
                    List.of("danger", "surface"),
                    List.of("danger", "wash"),
                    List.of("danger", "danger-wash"),
                    List.of("ink", "danger-wash"),
                    List.of("ok", "surface"),
                    List.of("ok", "paper"),
                    List.of("ok", "ok-wash"),
                    List.of("ink", "ok-wash"),
                    List.of("wait", "surface"),
                    List.of("wait", "paper"),
                    List.of("wait", "wait-wash"),
                    List.of("ink", "wait-wash"),
                    List.of("on-focus", "focus"));

    @Test
    void everyTextCanBeReadInTheLightAndInTheDark() throws IOException {
        var css = Files.readString(FOLDER.resolve("page.css"));
        var light = tokens(css.substring(0, css.indexOf("@media")));
        var dark = new HashMap<>(light);
        dark.putAll(tokens(css.substring(css.indexOf("@media"), css.indexOf("* { box-sizing"))));

        assertThat(dark.get("paper")).isNotEqualTo(light.get("paper"));
        for (var pair : PAIRS) {
            for (var colours : List.of(light, dark)) {
                assertThat(contrast(colour(colours, pair.get(0)), colour(colours, pair.get(1))))
                        .as(pair + " in " + (colours == light ? "the light" : "the dark"))
                        .isGreaterThanOrEqualTo(4.5);
            }
        }
    }

    @Test
    void nothingKnowsLeftOrRight() throws IOException {
        var physical =
                Pattern.compile(
                        "(margin|padding|border|inset)-(left|right|top|bottom)|[^-](left|right|top|bottom|width|height)\\s*:"
                                + "|text-align:\\s*(left|right)|float:");
        for (var name : List.of("page.css", "print.css", "staff.css", "map.css")) {
            var css = Files.readString(FOLDER.resolve(name)).replaceAll("\\((min|max)-width:", "(");
            assertThat(physical.matcher(css).results().map(m -> m.group()).toList())
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void whatIsFetchedOnceIsAddressedByItsContent() {
        var styles = new Styles();
        var version = styles.print().split("/")[2];

        assertThat(styles.find(version, "print.css")).isPresent();
        assertThat(styles.find("000000000000", "print.css")).isEmpty();
        assertThat(styles.find(version, "page.css")).isEmpty();
        assertThat(styles.inlineHash()).matches("sha256-[A-Za-z0-9+/]{43}=");
    }

    private static Map<String, String> tokens(String css) {
        var tokens = new HashMap<String, String>();
        Pattern.compile("--([a-z-]+): (#[0-9a-f]{6})")
                .matcher(css)
                .results()
                .forEach(m -> tokens.put(m.group(1), m.group(2)));
        return tokens;
    }

    private static String colour(Map<String, String> tokens, String name) {
        return Objects.requireNonNull(tokens.get(name), name);
    }

    /// WCAG 2.2, relative luminance and contrast ratio.
    private static double contrast(String one, String other) {
        var lighter = Math.max(luminance(one), luminance(other));
        var darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(String colour) {
        var sum = 0.0;
        var weights = new double[] {0.2126, 0.7152, 0.0722};
        for (var i = 0; i < 3; i++) {
            var part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum +=
                    weights[i]
                            * (part <= 0.04045
                                    ? part / 12.92
                                    : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
