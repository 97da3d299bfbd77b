// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.exchange.KeyRenewal;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;
import org.waymark.node.privacy.RecoveryKey;

/// The master key is lost, and comes back from paper.
class UnlockTest {

    private static final URI NODE = URI.create("https://shelter.example");

    @TempDir private Path folder;

    @Test
    void whatShallUnlockIsNeverDroppedSilently() throws IOException {
        var data = folder.resolve("waymark-data");
        Files.writeString(folder.resolve("password"), TestNode.PASSWORD);
        assertThat(initUnlockedBy("stuff")).isNotZero();
        assertThat(data.resolve("waymark.conf")).doesNotExist();
        Files.createDirectories(data);
        Files.writeString(data.resolve("waymark.conf"), "");

        assertThat(initUnlockedBy("staff")).isNotZero();

        Files.writeString(data.resolve("waymark.conf"), "keys.unlock = staff\n");
        assertThat(initUnlockedBy("staff")).isZero();
    }

    private int initUnlockedBy(String word) {
        return run(
                "init",
                "--organization",
                "Lindmar Shelter",
                "--base-url",
                NODE.toString(),
                "--admin",
                "admin@shelter.example",
                "--admin-password-file",
                "password",
                "--unlock",
                word);
    }

    @Test
    void theSheetBringsTheMasterKeyBackAndAnotherNodesSheetDoesNot() throws IOException {
        var settings = NodeSettings.load(folder.resolve("waymark-data"), Map.of(), List.of());
        Files.writeString(folder.resolve("password"), TestNode.PASSWORD);
        assertThat(
                        run(
                                "init",
                                "--organization",
                                "Lindmar Shelter",
                                "--base-url",
                                NODE.toString(),
                                "--admin",
                                "admin@shelter.example",
                                "--admin-password-file",
                                "password"))
                .isZero();
        // Opened once, so that its actors have keys under the master key.
        try (var node = Node.open(settings)) {
            assertThat(
                            node.domains()
                                    .keyRenewal()
                                    .renew(
                                            Acting.node(),
                                            RecoveryKey.create(new SecureRandom()).key()))
                    .isEqualTo(KeyRenewal.Outcome.OTHER_SHEET);
        }
        var keys = settings.keysDirectory();
        var sheet = MasterKey.open(KeyFolder.open(keys, settings.data())).recoverySheet(NODE);
        Files.delete(keys.resolve("master.key"));
        Files.writeString(folder.resolve("sheet"), sheet);
        Files.writeString(folder.resolve("mistyped"), sheet.replace("1   ", "1   f"));
        Files.writeString(folder.resolve("other"), other().recoverySheet(NODE));

        assertThat(run("organization", "list")).isNotZero();
        assertThat(run("unlock", "--sheet", "mistyped")).isEqualTo(2);
        assertThat(run("unlock", "--sheet", "other")).isEqualTo(2);
        assertThat(keys.resolve("master.key")).doesNotExist();

        assertThat(run("unlock", "--sheet", "sheet")).isZero();
        assertThat(run("organization", "list")).isZero();
        assertThat(run("unlock", "--sheet", "sheet")).as("there is one already").isEqualTo(2);
    }

    private MasterKey other() {
        var elsewhere = KeyFolder.open(folder.resolve("other-keys"), folder.resolve("other-data"));
        return MasterKey.create(elsewhere, new SecureRandom());
    }

    private int run(String... arguments) {
        return Main.run(folder, arguments);
    }
}
