// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @TempDir Path data;

    @Test
    void leavesNothingWhateverEndsTheProgram() throws IOException {
        var folder = data.resolve("scratch");

        try (var scratch = new Scratch(folder)) {
            var at = scratch.add(Document.object().put("name", "Amal"));

            assertThat(scratch.get(at).path("name").asText()).isEqualTo("Amal");
            assertThat(folder).isEmptyDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void whatIsLeftIsRemovedAtStart() throws IOException {
        Files.writeString(data.resolve("import1.rows"), "Amal");
        Files.writeString(data.resolve("other"), "kept");

        Scratch.tidy(data);
        Scratch.tidy(data.resolve("nowhere"));

        assertThat(data.resolve("import1.rows")).doesNotExist();
        assertThat(data.resolve("other")).exists();
    }
}
