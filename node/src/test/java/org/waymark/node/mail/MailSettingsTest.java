// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailSettingsTest {

    @TempDir private Path folder;

    @Test
    void withoutAHostThereIsNoMail() {
        assertThat(read(Map.of())).isEqualTo(MailSettings.off());
        assertThat(read(Map.of()).isOn()).isFalse();
    }

    @Test
    void thePasswordMayLieInAFileAndIsNeverPrinted() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "horse battery\n");
        var settings =
                read(
                        Map.of(
                                "mail.host", "mail.example",
                                "mail.from", "Office@Shelter.example",
                                "mail.password-file", file.toString()));

        assertThat(settings.password()).contains("horse battery");
        assertThat(settings.tls()).isEqualTo(MailSettings.Tls.STARTTLS);
        assertThat(settings.from()).contains(new MailAddress("office@shelter.example"));
        assertThat(settings.toString()).doesNotContain("horse");
    }

    @ParameterizedTest
    @CsvSource({
        "mail.tls, off, mail.tls",
        "mail.tls, none, mail.tls",
        "mail.port, 0, mail.port",
        "mail.port, many, mail.port",
        "mail.from, nobody, mail.from",
        "mail.from, '', mail.from",
        "mail.password-file, /does/not/exist, mail.password-file"
    })
    void whatCannotWorkStopsTheStart(String key, String value, String named) {
        var given =
                new java.util.HashMap<>(
                        Map.of("mail.host", "mail.example", "mail.from", "a@shelter.example"));
        given.put(key, value);

        assertThatThrownBy(() -> read(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void inClearOnlyToThisMachine() {
        var settings =
                read(
                        Map.of(
                                "mail.host", "127.0.0.1",
                                "mail.from", "a@shelter.example",
                                "mail.tls", "off"));

        assertThat(settings.tls()).isEqualTo(MailSettings.Tls.OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.mail.example.org", "127.0.0.1.example.org", "192.0.2.1"})
    void aNameThatBeginsAsThisMachineDoesIsAnother(String host) {
        var given = Map.of("mail.host", host, "mail.from", "a@shelter.example", "mail.tls", "off");

        assertThatThrownBy(() -> read(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mail.tls");
    }

    private static MailSettings read(Map<String, String> given) {
        return MailSettings.read(given::getOrDefault);
    }
}
