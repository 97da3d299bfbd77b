// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFolderTest {

    @TempDir Path temporary;

    @Test
    void whatIsWrittenCanBeReadByTheOwnerOnly() throws IOException {
        var folder = KeyFolders.in(temporary);

        folder.write("inner/one.key", "secret".getBytes(UTF_8));

        assertThat(folder.read("inner/one.key")).contains("secret".getBytes(UTF_8));
        assertThat(permissions("keys")).isEqualTo("rwx------");
        assertThat(permissions("keys/inner")).isEqualTo("rwx------");
        assertThat(permissions("keys/inner/one.key")).isEqualTo("rw-------");
    }

    @Test
    void aSecondWriteReplacesTheFirstWhole() {
        var folder = KeyFolders.in(temporary);
        folder.write("one.key", "a long first content".getBytes(UTF_8));

        folder.write("one.key", "short".getBytes(UTF_8));

        assertThat(folder.read("one.key")).contains("short".getBytes(UTF_8));
        assertThat(folder.list(".")).containsExactly("one.key");
    }

    @Test
    void whatWasDestroyedIsGone() {
        var folder = KeyFolders.in(temporary);
        folder.write("one.key", "MARKER".getBytes(UTF_8));

        assertThat(folder.destroy("one.key")).isTrue();
        assertThat(folder.destroy("one.key")).isFalse();

        assertThat(folder.read("one.key")).isEmpty();
        assertThat(KeyFolders.everythingIn(temporary)).doesNotContain("MARKER");
    }

    @Test
    void aFolderInsideTheDataIsRefused() {
        var data = temporary.resolve("data");

        assertThatThrownBy(() -> KeyFolder.open(data.resolve("keys"), data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outside the data folder");
        assertThat(KeyFolder.defaultFor(data)).isEqualTo(temporary.resolve("data-keys"));
    }

    @Test
    void aFolderThatOthersCanReadIsRefused() throws IOException {
        var open = Files.createDirectory(temporary.resolve("keys"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));

        assertThatThrownBy(() -> KeyFolders.in(temporary)).hasMessageContaining("chmod 700");
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(temporary.resolve(name)));
    }
}
