// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Optional;
import org.waymark.node.translation.SourceChange;
import org.waymark.node.translation.TextFile;

/// How good the translation of one text is. Pure.
final class TranslationState {

    private TranslationState() {}

    /// @param row what was noted when it was translated; without one a person did it and it is
    ///   right
    static TextFile.State of(
            String original, String translation, Optional<TranslationTable.Translated> row) {
        if (translation.isBlank()) {
            return TextFile.State.MISSING;
        }
        if (row.isPresent() && SourceChange.isReal(row.get().original(), original)) {
            return TextFile.State.STALE;
        }
        return row.isPresent() && row.get().byMachine()
                ? TextFile.State.MACHINE
                : TextFile.State.REVIEWED;
    }
}
