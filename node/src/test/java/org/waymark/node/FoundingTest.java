// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.operation.UnusableSettingException;

class FoundingTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ftp://a.example, shelter, amal@a.example, correct horse battery",
        "https://a.example, Not a slug, amal@a.example, correct horse battery",
        "https://a.example, shelter, nobody, correct horse battery",
        "https://a.example, shelter, amal@a.example, too short",
        "http://a.example, shelter, amal@a.example, correct horse battery",
        "http://10.0.0.7:8080, shelter, amal@a.example, correct horse battery"
    })
    void whatIsRefusedLeavesNothingBehind(String url, String slug, String email, String password) {
        var settings = NodeSettings.load(folder.resolve("data"), Map.of(), List.of());

        assertThatThrownBy(
                        () -> new Founding(url, "Shelter", slug, email, password).found(settings))
                .isInstanceOf(UnusableSettingException.class);

        var again =
                new Founding(
                                "https://a.example",
                                "Shelter",
                                "shelter",
                                "amal@a.example",
                                "correct horse battery")
                        .found(settings);
        assertThat(again.slug()).isEqualTo("shelter");
    }

    @Test
    void plainHttpIsForNetworksOfOnesOwn() {
        var named =
                NodeSettings.load(
                        folder.resolve("data"),
                        Map.of(),
                        List.of("federation.allow-networks=10.0.0.0/24"));

        var founded =
                new Founding(
                                "http://10.0.0.7:8080",
                                "Shelter",
                                "shelter",
                                "amal@a.example",
                                "correct horse battery")
                        .found(named);

        assertThat(founded.slug()).isEqualTo("shelter");
    }
}
