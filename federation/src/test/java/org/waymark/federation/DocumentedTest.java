// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every public type says what it promises, and nothing in the documentation is broken: links,
/// tags, markup. The judge is doclint, as `javadoc` would run it.
class DocumentedTest {
    // What a name says already needs no words: parameters, results, members of a record.
    private static final Pattern ALLOWED = Pattern.compile("no @(param|return|throws).*");
    private static final Pattern TYPE =
            Pattern.compile("(?:^|.*\\s)(?:@?interface|class|record|enum) \\w+.*");

    @TempDir private Path scratch;

    @Test
    void everyPublicTypeIsDescribedAndNothingIsBroken() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"));
                var known =
                        ToolProvider.getSystemJavaCompiler()
                                .getStandardFileManager(null, null, null)) {
            var sources = files.filter(it -> it.toString().endsWith(".java")).toList();

            assertThat(sources).hasSizeGreaterThan(70);
            assertThat(complaints(asObjects(known.getJavaFileObjectsFromPaths(sources)))).isEmpty();
        }
    }

    @Test
    void whatIsNotDescribedOrBrokenIsFound() {
        var bare =
                """
                /** Described. */
                public interface Described {
                    record Bare(int it) {}

                    /** See {@link Missing}, &notAnEntity; */
                    void act();

                    void needsNoWords();
                }
                """;

        assertThat(complaints(List.of(new Source("Described", bare))))
                .anyMatch(it -> it.contains("no comment") && it.contains("record Bare"))
                .anyMatch(it -> it.contains("reference not found"))
                .anyMatch(it -> it.contains("invalid entity"))
                .noneMatch(it -> it.contains("needsNoWords"));
    }

    @Test
    void everyPackageIsDescribed() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var packages =
                    files.filter(it -> it.toString().endsWith(".java"))
                            .map(Path::getParent)
                            .distinct()
                            .toList();
            assertThat(packages)
                    .hasSizeGreaterThan(6)
                    .map(it -> it.resolve("package-info.java"))
                    .allSatisfy(it -> assertThat(Files.readString(it)).contains("///"));
        }
    }

    private List<String> complaints(List<JavaFileObject> sources) {
        var found = new DiagnosticCollector<JavaFileObject>();
        var options =
                List.of(
                        "-Xdoclint:all/public",
                        "-proc:none",
                        "-Xmaxwarns",
                        "10000",
                        "-d",
                        scratch.toString(),
                        "-cp",
                        System.getProperty("java.class.path"));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, options, null, sources)
                .call();
        return found.getDiagnostics().stream()
                .filter(it -> it.getSource() != null && sources.contains(it.getSource()))
                .filter(DocumentedTest::counts)
                .map(it -> it.getSource().getName() + ": " + it.getMessage(null) + line(it))
                .toList();
    }

    private static boolean counts(Diagnostic<? extends JavaFileObject> it) {
        var message = it.getMessage(null);
        return message.startsWith("no comment")
                ? TYPE.matcher(line(it)).matches()
                : !ALLOWED.matcher(message).lookingAt();
    }

    private static String line(Diagnostic<? extends JavaFileObject> it) {
        try {
            var lines = it.getSource().getCharContent(true).toString().lines().toList();
            return " at " + lines.get((int) it.getLineNumber() - 1).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<JavaFileObject> asObjects(Iterable<? extends JavaFileObject> files) {
        var list = new ArrayList<JavaFileObject>();
        files.forEach(list::add);
        return list;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
