// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitLedgerTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @TempDir Path temporary;

    private KeyFolder folder;

    @BeforeEach
    void open() {
        folder = KeyFolders.in(temporary);
    }

    @Test
    void whereverALineBreaksOffTheOthersStayWhole() {
        var whole = "\n2 " + OTHER + " OPEN HELP .";
        for (int length = 0; length < whole.length(); length++) {
            folder.destroy("limit-ledger");
            new LimitLedger(folder).add(0, Map.of(ONE, "OPEN HELP"));
            folder.append("limit-ledger", whole.substring(0, length).getBytes(UTF_8));

            var ledger = new LimitLedger(folder);
            assertThat(ledger.find(OTHER)).isEmpty();
            ledger.add(0, Map.of(OTHER, "CLOSED HELP"));

            var again = new LimitLedger(folder);
            assertThat(again.find(ONE)).contains("OPEN HELP");
            assertThat(again.find(OTHER)).contains("CLOSED HELP");
        }
    }

    @Test
    void aLineThatBreaksOffWhileTheNodeRunsSwallowsNotTheNext() {
        var ledger = new LimitLedger(folder);
        folder.append("limit-ledger", ("\n1 " + OTHER + " OP").getBytes(UTF_8));
        ledger.add(0, Map.of(ONE, "OPEN HELP"));

        assertThat(new LimitLedger(folder).find(ONE)).contains("OPEN HELP");
    }

    @Test
    void aWholeLineThatCannotBeReadStopsTheStart() {
        folder.append("limit-ledger", "\n1 what OPEN HELP .".getBytes(UTF_8));

        assertThatThrownBy(() -> new LimitLedger(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("limit-ledger");
    }

    @Test
    void noNumberIsGivenTwiceAlsoWhenTheDatabaseIsOlderOrTheFileIsGone() {
        var ledger = new LimitLedger(folder);
        assertThat(ledger.add(0, Map.of(ONE, "A", OTHER, "A"))).isEqualTo(2);
        assertThat(ledger.add(1, Map.of(ONE, "B"))).isEqualTo(3);
        assertThat(new LimitLedger(folder).add(0, Map.of(ONE, "C"))).isEqualTo(4);

        folder.destroy("limit-ledger");
        assertThat(new LimitLedger(folder).add(4, Map.of(ONE, "D"))).isEqualTo(5);
    }

    @Test
    void aFileWithManyMoreLinesThanIdsIsMadeShortAndSaysTheSame() {
        var ledger = new LimitLedger(folder);
        ledger.add(0, Map.of(OTHER, "FIRST"));
        var many = new StringBuilder();
        for (int i = 2; i < 2000; i++) {
            many.append("\n" + i + " " + ONE + (i % 2 == 0 ? " A ." : " B ."));
        }
        folder.append("limit-ledger", many.toString().getBytes(UTF_8));

        var first = new LimitLedger(folder);
        var length = folder.read("limit-ledger").orElseThrow().length;
        var second = new LimitLedger(folder);

        assertThat(length).isLessThan(200);
        assertThat(second.listAfter(0)).isEqualTo(first.listAfter(0)).hasSize(2);
        assertThat(second.listAfter(1))
                .extracting(LimitLedger.Entry::number)
                .containsExactly(1999L);
        assertThat(second.add(0, Map.of(ONE, "C"))).isEqualTo(2000);
    }
}
