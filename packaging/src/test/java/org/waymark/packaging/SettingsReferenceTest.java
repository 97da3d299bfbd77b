// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.NodeSettings;

/// The annotated `waymark.conf` and the settings records say the same.
final class SettingsReferenceTest {

    private static final Pattern ENTRY = Pattern.compile("#([a-z][a-z.-]*) =(.*)");

    /// Keys whose default depends on the data folder or the machine, so the reference explains it
    /// in words.
    private static final List<String> IN_WORDS = List.of("database.url", "keys.directory", "zone");

    @TempDir Path data;

    @Test
    void everyKeyIsExplainedAndEveryExplainedKeyExists() throws IOException {
        var known = NodeSettings.load(data, Map.of(), List.of()).source().knownKeys();

        assertThat(reference().keySet()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theValuesInTheReferenceAreTheDefaults() throws IOException {
        var reference = reference();
        IN_WORDS.forEach(reference::remove);
        var overrides =
                reference.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();

        var explained = NodeSettings.load(data, Map.of(), overrides);
        var byDefault = NodeSettings.load(data, Map.of(), List.of());

        assertThat(explained)
                .usingRecursiveComparison()
                .ignoringFields("source")
                .isEqualTo(byDefault);
    }

    private static Map<String, String> reference() throws IOException {
        var entries = new TreeMap<String, String>();
        for (var line : Files.readAllLines(Path.of("config/waymark.conf"))) {
            var entry = ENTRY.matcher(line);
            if (entry.matches()) {
                entries.put(entry.group(1), entry.group(2).strip());
            }
        }
        return entries;
    }
}
