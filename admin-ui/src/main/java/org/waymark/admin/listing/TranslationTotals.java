// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.waymark.node.listing.Translations;
import org.waymark.node.page.Language;
import org.waymark.node.translation.TextFile;

/// How far one language has come in the whole directory.
///
/// @param listings that are written in another language
/// @param whole those of them in which everything is reviewed
public record TranslationTotals(
        Language language, int listings, int whole, Map<TextFile.State, Integer> texts) {

    static List<TranslationTotals> of(List<Translations.Row> rows, List<Language> languages) {
        return languages.stream().map(language -> of(rows, language)).toList();
    }

    private static TranslationTotals of(List<Translations.Row> rows, Language language) {
        var texts = new EnumMap<TextFile.State, Integer>(TextFile.State.class);
        int listings = 0;
        int whole = 0;
        for (var row : rows) {
            var counts = row.byLanguage().get(language.tag());
            if (counts != null) {
                listings++;
                whole += counts.of(TextFile.State.REVIEWED) == counts.all() ? 1 : 0;
                counts.byState().forEach((state, count) -> texts.merge(state, count, Integer::sum));
            }
        }
        return new TranslationTotals(language, listings, whole, texts);
    }

    /// How many texts are in a state.
    public int texts(TextFile.State state) {
        return texts.getOrDefault(state, 0);
    }
}
