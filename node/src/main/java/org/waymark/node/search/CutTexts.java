// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.waymark.node.search.SearchEntry.Weight;

/// Texts cut into what the index takes. Labels (topics, towns, who provides it) are the same on
/// thousands of entries, and cut once. For one thread.
final class CutTexts {

    // 2,000 of some 200 bytes.
    private static final int MOST_LABELS = 2_000;

    /// @param stems of the words, in their order
    /// @param said what they mean, see [Meanings]
    record Cut(List<String> words, List<String> stems, List<String> said) {}

    private record Label(String language, String text) {}

    private final Meanings meanings;
    private final Map<Label, Cut> labels =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Label, Cut> eldest) {
                    return size() > MOST_LABELS;
                }
            };

    CutTexts(Meanings meanings) {
        this.meanings = meanings;
    }

    Cut of(SearchEntry.Text text) {
        return text.weight() == Weight.LABEL
                ? labels.computeIfAbsent(
                        new Label(text.language(), text.text()),
                        it -> cut(it.language(), it.text()))
                : cut(text.language(), text.text());
    }

    private Cut cut(String language, String text) {
        var words = Words.of(text);
        var stems = Words.stems(language, words);
        return new Cut(words, stems, meanings.of(language, words, stems));
    }
}
