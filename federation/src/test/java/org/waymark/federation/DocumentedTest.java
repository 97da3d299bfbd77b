// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every public type says what it promises.
class DocumentedTest {
    private static final Pattern TOP =
            Pattern.compile(
                    "^public (?:final |sealed |non-sealed |abstract )*(?:@?interface|class|record|enum) (\\w+).*");
    private static final Pattern NESTED =
            Pattern.compile(
                    "^    (?:public |static |final |sealed )*(?:interface|class|record|enum) (\\w+).*");

    @Test
    void everyPublicTypeIsDescribed() throws IOException {
        var bare = new ArrayList<String>();
        int types = 0;
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            if (lines.stream().noneMatch(it -> TOP.matcher(it).matches())) {
                continue;
            }
            // Members of an interface are public; those of a class say so.
            boolean isOpen = lines.stream().anyMatch(it -> it.matches("^public .*interface .*"));
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean isNested =
                        NESTED.matcher(line).matches()
                                && (isOpen || line.strip().startsWith("public "));
                if (TOP.matcher(line).matches() || isNested) {
                    types++;
                    if (!isDescribed(lines, i)) {
                        bare.add(file.getFileName() + ": " + line.strip());
                    }
                }
            }
        }

        assertThat(bare).isEmpty();
        assertThat(types).isGreaterThan(100);
    }

    @Test
    void everyPackageIsDescribed() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(it -> it.endsWith("package-info.java")))
                    .hasSizeGreaterThan(6)
                    .allSatisfy(it -> assertThat(Files.readString(it)).contains("///"));
        }
    }

    private static boolean isDescribed(List<String> lines, int type) {
        int at = type - 1;
        while (at >= 0 && lines.get(at).strip().startsWith("@")) {
            at--;
        }
        return at >= 0 && lines.get(at).strip().startsWith("///");
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(it -> it.toString().endsWith(".java")).sorted().toList();
        }
    }
}
