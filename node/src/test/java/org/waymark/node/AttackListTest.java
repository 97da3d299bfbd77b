// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// One report that names every line of the attack list with the tests that hold it.
class AttackListTest {

    private static final Path LIST = Path.of("../docs/reference/attack-list.md");
    private static final List<Path> MODULES =
            List.of(
                    Path.of("../federation/src"),
                    Path.of("../node/src"),
                    Path.of("../admin-ui/src"),
                    Path.of("../packaging/src"));

    private static final Pattern LINE = Pattern.compile("\\| ([a-z][a-z0-9-]+) \\| ([^|]+) \\|.*");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"attack:([^\"]*)\"\\)");
    private static final Pattern METHOD = Pattern.compile("(?:void|Stream<DynamicTest>) (\\w+)\\(");

    @TestFactory
    Stream<DynamicTest> everyLineIsHeldByATest() {
        var tests = tests();
        return lines("Who signed", "Open").entrySet().stream()
                .map(
                        line -> {
                            var held = tests.getOrDefault(line.getKey(), List.of());
                            return DynamicTest.dynamicTest(
                                    line.getKey() + ": " + line.getValue() + " " + held,
                                    () -> assertThat(held).isNotEmpty());
                        });
    }

    @Test
    void everyTaggedTestNamesALine() {
        var open = lines("Open", "");

        assertThat(lines("Who signed", "Open").keySet()).containsAll(tests().keySet());
        assertThat(tests()).doesNotContainKeys(open.keySet().toArray(String[]::new));
        System.out.println(
                "attack list: " + tests().size() + " lines held, " + open.size() + " open");
    }

    /// Lines between two headings: id, and what is tried.
    private static Map<String, String> lines(String from, String to) {
        try {
            var lines = new LinkedHashMap<String, String>();
            boolean inside = false;
            for (String line : Files.readAllLines(LIST)) {
                if (line.startsWith("## ")) {
                    inside = inside ? !line.equals("## " + to) : line.equals("## " + from);
                }
                var matcher = LINE.matcher(line);
                if (inside && matcher.matches() && !matcher.group(1).equals("id")) {
                    assertThat(lines.put(matcher.group(1), matcher.group(2))).isNull();
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The tests of all modules by the attacks they carry, as `Class.method`.
    private static Map<String, List<String>> tests() {
        var tests = new TreeMap<String, List<String>>();
        for (Path module : MODULES) {
            try (var files = Files.walk(module)) {
                files.filter(it -> it.toString().endsWith("Test.java"))
                        .forEach(it -> collect(it, tests));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tests;
    }

    private static void collect(Path file, Map<String, List<String>> tests) {
        try {
            var name = file.getFileName().toString().replace(".java", "");
            var waiting = new ArrayList<String>();
            for (String line : Files.readAllLines(file)) {
                var tag = TAG.matcher(line);
                while (tag.find()) {
                    waiting.add(tag.group(1));
                }
                var method = METHOD.matcher(line);
                if (!waiting.isEmpty() && method.find()) {
                    waiting.forEach(
                            it ->
                                    tests.computeIfAbsent(it, _ -> new ArrayList<>())
                                            .add(name + "." + method.group(1)));
                    waiting.clear();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
