// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What topic a text is probably about, by the program's own words of each topic in all its
/// languages. A person decides.
final class TopicSuggestions {

    private static final int MOST = 2;
    // A title says more than a sentence.
    private static final int WEIGHT_OF_NAME = 3;

    private record Clue(Topic topic, String phrase) {}

    private static final List<Clue> CLUES =
            SearchWords.shippedLines().stream()
                    .flatMap(
                            line ->
                                    SearchWords.topic(line.key()).stream()
                                            .flatMap(
                                                    topic ->
                                                            line.words().stream()
                                                                    .map(
                                                                            word ->
                                                                                    new Clue(
                                                                                            topic,
                                                                                            folded(
                                                                                                    word)))))
                    .toList();

    private TopicSuggestions() {}

    /// The likeliest first, at most two; none when nothing speaks for any.
    static List<Topic> of(String name, String description) {
        var title = folded(name);
        var text = folded(description);
        var points = new EnumMap<Topic, Integer>(Topic.class);
        for (var clue : CLUES) {
            var found =
                    (title.contains(clue.phrase()) ? WEIGHT_OF_NAME : 0)
                            + (text.contains(clue.phrase()) ? 1 : 0);
            if (found > 0) {
                points.merge(clue.topic(), found, Integer::sum);
            }
        }
        return points.entrySet().stream()
                .sorted(Map.Entry.<Topic, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Words with one blank around each.
    private static String folded(String text) {
        return " "
                + Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ")
                        .strip()
                + " ";
    }
}
