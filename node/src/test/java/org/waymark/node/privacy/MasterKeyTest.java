// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MasterKeyTest {

    private static final byte[] SECRET = "an actor's private key".getBytes(UTF_8);
    private static final URI NODE = URI.create("https://shelter.example");

    @TempDir Path temporary;

    @Test
    void aWrappedSecretOpensAfterARestart() {
        var folder = KeyFolders.in(temporary);
        var wrapped = MasterKey.create(folder, new SecureRandom()).wrap("actor-key", SECRET);

        assertThat(MasterKey.open(folder).unwrap("actor-key", wrapped)).isEqualTo(SECRET);
    }

    @Test
    void lockingTakesTheKeyOutOfItsFolderBeforeAnythingElse() {
        var folder = KeyFolders.in(temporary);
        var master = MasterKey.create(folder, new SecureRandom());
        var seen = new ArrayList<Boolean>();
        master.whenLocked(() -> seen.add(master.isOpen() || master.liesInFolder()));

        master.lock();

        assertThat(seen).containsExactly(false);
        assertThat(MasterKey.open(folder).isOpen()).isFalse();
    }

    @Test
    void aSecretWrappedForOneUseDoesNotOpenForAnother() {
        var key = MasterKey.create(KeyFolders.in(temporary), new SecureRandom());
        var wrapped = key.wrap("actor-key", SECRET);

        assertThatThrownBy(() -> key.unwrap("seal-key", wrapped))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void everyFlippedByteIsRefused() {
        var key = MasterKey.create(KeyFolders.in(temporary), new SecureRandom());
        var wrapped = key.wrap("actor-key", SECRET);

        for (int i = 0; i < wrapped.length; i++) {
            var changed = wrapped.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> key.unwrap("actor-key", changed))
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void aSecondMasterKeyIsNeverCreatedOverTheFirst() {
        var folder = KeyFolders.in(temporary);
        MasterKey.create(folder, new SecureRandom());

        assertThatThrownBy(() -> MasterKey.create(folder, new SecureRandom()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theRecoverySheetGivesTheKeyBack() {
        var lost = MasterKey.create(KeyFolders.in(temporary.resolve("lost")), new SecureRandom());
        var sheet = lost.recoverySheet(NODE);

        var recovered = MasterKey.recover(KeyFolders.in(temporary.resolve("new")), sheet);

        assertThat(recovered.unwrap("actor-key", lost.wrap("actor-key", SECRET))).isEqualTo(SECRET);
    }

    @Test
    void aSlipOfThePenIsFoundInItsLine() {
        var key = MasterKey.create(KeyFolders.in(temporary), new SecureRandom());
        var line = key.recoverySheet(NODE).lines().filter(l -> l.startsWith("3 ")).findFirst();
        var wrong = line.orElseThrow().charAt(4) == 'a' ? 'b' : 'a';
        var mistyped = "3   " + wrong + line.orElseThrow().substring(5);

        assertThatThrownBy(
                        () ->
                                MasterKey.recover(
                                        KeyFolders.in(temporary.resolve("new")),
                                        key.recoverySheet(NODE)
                                                .replace(line.orElseThrow(), mistyped)))
                .hasMessageContaining("Line 3");
    }
}
