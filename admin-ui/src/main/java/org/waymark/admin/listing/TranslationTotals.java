// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin.listing;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /// Counts listings that come one after the other.
    static final class Counting {
        private final LinkedHashMap<Language, int[]> listings = new LinkedHashMap<>();
        private final Map<Language, Map<TextFile.State, Integer>> texts = new HashMap<>();

        Counting(List<Language> languages) {
            languages.forEach(
                    it -> {
                        listings.put(it, new int[2]);
                        texts.put(it, new EnumMap<>(TextFile.State.class));
                    });
        }

        void add(Translations.Row row) {
            listings.forEach(
                    (language, counted) -> {
                        var counts = row.byLanguage().get(language.tag());
                        if (counts != null) {
                            counted[0]++;
                            counted[1] +=
                                    counts.of(TextFile.State.REVIEWED) == counts.all() ? 1 : 0;
                            var all = texts.getOrDefault(language, Map.of());
                            counts.byState()
                                    .forEach(
                                            (state, count) ->
                                                    all.merge(state, count, Integer::sum));
                        }
                    });
        }

        List<TranslationTotals> totals() {
            return listings.entrySet().stream()
                    .map(
                            it ->
                                    new TranslationTotals(
                                            it.getKey(),
                                            it.getValue()[0],
                                            it.getValue()[1],
                                            texts.getOrDefault(it.getKey(), Map.of())))
                    .toList();
        }
    }

    /// How many texts are in a state.
    public int texts(TextFile.State state) {
        return texts.getOrDefault(state, 0);
    }
}
