// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.PackagedNode.IMAGE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The Java runtime that travels with the program. The development JDK has everything and so hides
/// what the small one lacks.
@Tag("packaged")
final class RuntimeTest {

    /// Named by libraries in parts that a node never enters: compiling at run time, attaching to
    /// other processes, scripts in the database's changes, vector instructions.
    private static final Set<String> UNUSED =
            Set.of(
                    "java.compiler",
                    "java.scripting",
                    "jdk.attach",
                    "jdk.incubator.vector",
                    "jdk.jdi");

    @ParameterizedTest
    @CsvSource({
        "en, November",
        "ar, نوفمبر",
        "fr, novembre",
        "es, noviembre",
        "uk, листопада",
    })
    void writesDatesInEveryShippedLanguage(String language, String month) throws Exception {
        var date =
                java(
                        "-cp",
                        Path.of("target/test-classes").toAbsolutePath().toString(),
                        PackagedDate.class.getName(),
                        language);

        assertThat(date).contains(month);
    }

    @Test
    void hasEveryModuleThatTheJarsName() throws Exception {
        var present =
                java("--list-modules").lines().map(line -> line.replaceFirst("@.*", "")).toList();

        var named = modulesNamedByTheJars();

        assertThat(named).contains("java.base", "java.sql");
        assertThat(present).containsAll(named);
    }

    @Test
    void bringsNoLibraryThatNeedsAScreen() throws IOException {
        try (Stream<Path> files = Files.list(IMAGE.resolve("runtime/lib"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .doesNotContain(
                            "libawt.so", "libawt_xawt.so", "libjsound.so", "libfreetype.so");
        }
    }

    private static Set<String> modulesNamedByTheJars() throws IOException {
        var lib = IMAGE.resolve("lib");
        var jars = Files.readString(lib.resolve("class-path")).strip().substring(4).split(":");
        var classPath =
                Stream.of(jars)
                        .map(jar -> lib.resolve(jar).toString())
                        .collect(Collectors.joining(":"));
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var exit =
                ToolProvider.findFirst("jdeps")
                        .orElseThrow()
                        .run(
                                stream,
                                stream,
                                "--recursive",
                                "--ignore-missing-deps",
                                "--multi-release",
                                "25",
                                "--class-path",
                                classPath,
                                "-summary",
                                lib.resolve(jars[0]).toString());
        var said = out.toString(StandardCharsets.UTF_8);
        assertThat(exit).as(said).isZero();
        return said.lines()
                .map(line -> line.replaceFirst(".* -> ", ""))
                .filter(name -> name.startsWith("java.") || name.startsWith("jdk."))
                .filter(name -> !UNUSED.contains(name))
                .collect(Collectors.toSet());
    }

    private static String java(String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(IMAGE.resolve("runtime/bin/java").toString()));
        words.addAll(List.of(arguments));
        var process = new ProcessBuilder(words).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }
}
