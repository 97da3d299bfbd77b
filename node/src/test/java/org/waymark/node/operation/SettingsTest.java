// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("waymark.conf");
        Files.writeString(file, "http.port = 8081\nlanguages = en, ar\n");
    }

    @Test
    void theFileIsOverriddenByTheEnvironmentAndThatByTheCommandLine() {
        var environment = Map.of("WAYMARK_HTTP_PORT", "8082", "PATH", "/bin");

        assertThat(port(load(Map.of()))).isEqualTo(8081);
        assertThat(port(load(environment))).isEqualTo(8082);
        assertThat(port(load(environment, "http.port=8083"))).isEqualTo(8083);
    }

    @Test
    void anUnknownKeyStopsTheStartAndNamesTheNearest() {
        var settings = load(Map.of(), "http.prot=8083");
        port(settings);
        settings.list("languages", "");

        assertThatThrownBy(settings::refuseUnknown)
                .isInstanceOf(UnusableSettingException.class)
                .hasMessage("Unknown setting http.prot (--set). Did you mean http.port?");
    }

    @Test
    void anUnknownVariableStopsTheStartToo() {
        var settings = load(Map.of("WAYMARK_HTTP_PROT", "1"));
        port(settings);
        settings.list("languages", "");

        assertThatThrownBy(settings::refuseUnknown)
                .hasMessage(
                        "Unknown setting WAYMARK_HTTP_PROT (environment)."
                                + " Did you mean WAYMARK_HTTP_PORT?");
    }

    @Test
    void knownKeysPass() {
        var settings = load(Map.of("WAYMARK_TEST_POSTGRES", "not a setting"));
        port(settings);
        settings.list("languages", "");

        settings.refuseUnknown();
    }

    @Test
    void aValueOutOfRangeSaysTheRange() {
        assertThatThrownBy(() -> port(load(Map.of(), "http.port=99999")))
                .hasMessage("http.port takes a whole number from 0 to 65535, but got 99999");
        assertThatThrownBy(() -> port(load(Map.of(), "http.port=eighty")))
                .isInstanceOf(UnusableSettingException.class);
    }

    @Test
    void listsAreSplitAtCommas() {
        assertThat(load(Map.of()).list("languages", "")).containsExactly("en", "ar");
        assertThat(load(Map.of()).list("federation.allow-networks", "")).isEmpty();
    }

    @Test
    void aTimeZoneIsKnownByItsIanaName() {
        var utc = java.time.ZoneOffset.UTC;

        assertThat(load(Map.of(), "zone=Europe/Athens").zone("zone", utc).getId())
                .isEqualTo("Europe/Athens");
        assertThat(load(Map.of()).zone("zone", utc)).isEqualTo(utc);
        assertThatThrownBy(() -> load(Map.of(), "zone=Athens").zone("zone", utc))
                .hasMessage("zone takes a time zone such as Europe/Athens, but got Athens");
    }

    private Settings load(Map<String, String> environment, String... overrides) {
        return Settings.load(file, environment, List.of(overrides));
    }

    private static int port(Settings settings) {
        return settings.integer("http.port", 8080, 0, 65_535);
    }
}
