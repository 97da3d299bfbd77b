// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.packaging.PackagedNode;

/// The power goes while a node is being made, at one moment and another.
@Tag("packaged")
final class InterruptedInitTest {

    // From before anything is written to the last steps: init takes about 3 s.
    private static final int[] MILLIS = {300, 900, 1_500, 2_100};

    @TempDir Path scratch;

    @Test
    void theNextInitMakesAWholeNode() {
        var node = PackagedNode.unmade(PackagedNode.IMAGE, scratch);
        var init = node.initCommand("Clinic");
        var note = Path.of(node.data(), "init-unfinished");
        var interrupted = 0;
        for (var millis : MILLIS) {
            node.runBriefly(Duration.ofMillis(millis), init);
            if (Files.exists(note)) {
                interrupted++;
                assertThat(node.run("serve", "--data", node.data()).text())
                        .contains("init was interrupted");
            }
        }
        if (interrupted > 0) {
            var made = node.run(init);
            assertThat(made.exit()).as(made.text()).isZero();
        }
        assertThat(note).doesNotExist();
        try (var serving = node.start()) {
            assertThat(serving.run("queue", "--data", node.data()).text()).contains("in\t0");
        }
        assertThat(node.run(init).text()).contains("already");
    }
}
