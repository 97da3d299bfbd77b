// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Takes the commonest case endings off Ukrainian words. Lucene's own Ukrainian rules need a
/// dictionary of several megabytes; these find "лікар" by "лікаря" in twenty lines.
final class UkrainianStemFilter extends TokenFilter {

    // Longest first, spelt as Folding leaves them: й is и, ї is і.
    private static final List<String> ENDINGS =
            List.of(
                    "ами", "ями", "ові", "еві", "ого", "ому", "ими", "іми", "ість", "ості", "ів",
                    "еи", "ам", "ям", "ах", "ях", "ою", "ею", "єю", "іи", "ии", "их", "им", "ок",
                    "ку", "ка", "ки", "а", "я", "о", "е", "и", "і", "у", "ю", "є", "ь");

    // Shorter stems would make unlike words equal.
    private static final int SHORTEST_STEM = 4;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    UkrainianStemFilter(TokenStream words) {
        super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        var word = term.toString();
        ENDINGS.stream()
                .filter(word::endsWith)
                .filter(ending -> word.length() - ending.length() >= SHORTEST_STEM)
                .findFirst()
                .ifPresent(ending -> term.setLength(word.length() - ending.length()));
        return true;
    }
}
