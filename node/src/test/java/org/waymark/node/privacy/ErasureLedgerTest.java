// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waymark.node.privacy.CaseKeys.Part.CASE;
import static org.waymark.node.privacy.CaseKeys.Part.CONTACT;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.privacy.ErasureLedger.Entry;

final class ErasureLedgerTest {

    private static final String FILE = "erasure-ledger";
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.123Z");
    private static final CaseId ONE = new CaseId(new UUID(0, 1));
    private static final CaseId OTHER = new CaseId(new UUID(0, 2));
    private static final Entry FIRST = new Entry(NOW, ONE, CASE);
    private static final Entry SECOND = new Entry(NOW, OTHER, CONTACT);

    @TempDir Path temporary;

    private KeyFolder folder;

    @BeforeEach
    void open() {
        folder = KeyFolders.in(temporary);
    }

    @Test
    void whereverALineBreaksOffTheOthersStayWhole() {
        var whole = "\n" + NOW + " " + OTHER + " CASE .";
        // What is torn in its mark only was asked for, so it may count or not.
        for (int length = 0; length < whole.length() - "CASE .".length(); length++) {
            folder.destroy(FILE);
            new ErasureLedger(folder).add(FIRST);
            append(whole.substring(0, length));

            var ledger = new ErasureLedger(folder);
            assertThat(ledger.list()).containsExactly(FIRST);
            ledger.add(SECOND);

            assertThat(new ErasureLedger(folder).list()).containsExactly(FIRST, SECOND);
        }
    }

    @Test
    void whatWasWrittenBeforeLinesHadAMarkIsRead() {
        append(NOW + " " + ONE + " CASE\n" + NOW + " " + OTHER + " CONTACT\n");

        var ledger = new ErasureLedger(folder);
        ledger.add(new Entry(NOW, OTHER, CASE));

        assertThat(new ErasureLedger(folder).list())
                .containsExactly(FIRST, SECOND, new Entry(NOW, OTHER, CASE));
    }

    @Test
    void halfALineThatAnOlderNodeLeftHidesNotTheNextOne() {
        var whole = NOW + " " + ONE + " CASE\n";
        for (int length = 0; length < whole.length() - "CASE\n".length(); length++) {
            folder.destroy(FILE);
            append(whole.substring(0, length) + NOW + " " + OTHER + " CONTACT\n");

            assertThat(new ErasureLedger(folder).list()).containsExactly(SECOND);
        }
    }

    @Test
    void aWholeLineThatCannotBeReadStopsTheStart() {
        append("\n" + NOW + " what CASE .");

        assertThatThrownBy(() -> new ErasureLedger(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(FILE);
    }

    private void append(String text) {
        folder.append(FILE, text.getBytes(UTF_8));
    }
}
