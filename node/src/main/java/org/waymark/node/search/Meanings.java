// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/// Words that mean the same thing, within a language and across all of them. A text carries the
/// meanings of its words into the index; a typed word is looked up the same way, so the Arabic word
/// for a doctor finds what is written in English only.
public final class Meanings {

    /// The key of words that ask for nothing by themselves ("where can I find").
    public static final String NOTHING = "-";

    /// Words and phrases of one meaning.
    ///
    /// @param key the meaning; the same in all languages
    /// @param language BCP 47 tag of the words; empty where they are understood in all languages
    public record Line(String key, String language, List<String> words) {

        public Line {
            words = List.copyOf(words);
        }
    }

    /// Typed words that mean something together.
    record Span(int from, int to, Set<String> keys) {}

    // Longer ones are sentences.
    private static final int LONGEST_PHRASE = 5;
    private static final String ANY_LANGUAGE = "";
    private static final Meanings NONE = new Meanings(List.of());

    /// For each language: the stems of a phrase, joined by blanks, and what it means.
    private final Map<String, Map<String, Set<String>>> phrases = new TreeMap<>();

    /// For each language: the stem that phrases begin with, and how long the longest of them is.
    private final Map<String, Map<String, Integer>> beginnings = new HashMap<>();

    private final Map<String, Set<String>> fillers = new HashMap<>();

    /// All words of all phrases, for guessing at typing errors.
    private final Set<String> vocabulary = new TreeSet<>();

    private final String fingerprint;

    private Meanings(List<Line> lines) {
        lines.forEach(this::add);
        fingerprint =
                UUID.nameUUIDFromBytes(lines.toString().getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    public static Meanings none() {
        return NONE;
    }

    public static Meanings of(List<Line> lines) {
        return new Meanings(lines);
    }

    private void add(Line line) {
        for (var phrase : line.words()) {
            var words = Words.of(phrase);
            if (words.isEmpty() || words.size() > LONGEST_PHRASE) {
                continue;
            }
            if (line.key().equals(NOTHING)) {
                fillers.computeIfAbsent(line.language(), _ -> new HashSet<>()).addAll(words);
                continue;
            }
            var stems = Words.stems(line.language(), words);
            phrases.computeIfAbsent(line.language(), _ -> new HashMap<>())
                    .computeIfAbsent(String.join(" ", stems), _ -> new LinkedHashSet<>())
                    .add(line.key());
            beginnings
                    .computeIfAbsent(line.language(), _ -> new HashMap<>())
                    .merge(stems.getFirst(), stems.size(), Math::max);
            vocabulary.addAll(words);
        }
    }

    /// Two of the same fingerprint mean the same.
    String fingerprint() {
        return fingerprint;
    }

    /// What a text says in its own language; a meaning as often as it is said.
    ///
    /// @param stems of the words, in that language
    List<String> of(String language, List<String> words, List<String> stems) {
        var found = new ArrayList<String>();
        var own = Words.primary(language);
        spansOfStems(own, stems).forEach(span -> found.addAll(span.keys()));
        spansOfStems(ANY_LANGUAGE, words).forEach(span -> found.addAll(span.keys()));
        return found;
    }

    /// What somebody typed may mean, without overlaps: in the language of their page where it says
    /// something there, else in any; the longest phrase counts.
    List<Span> typed(String language, List<String> words) {
        var own = new ArrayList<>(spans(Words.primary(language), words));
        own.addAll(spans(ANY_LANGUAGE, words));
        var taken = chosen(own, List.of());
        var others = new ArrayList<Span>();
        for (var other : phrases.keySet()) {
            if (!other.equals(Words.primary(language)) && !other.isEmpty()) {
                others.addAll(spans(other, words));
            }
        }
        var all = new ArrayList<>(taken);
        all.addAll(chosen(others, taken));
        return all;
    }

    private List<Span> spans(String language, List<String> words) {
        return phrases.containsKey(language)
                ? spansOfStems(language, Words.stems(language, words))
                : List.of();
    }

    private List<Span> spansOfStems(String language, List<String> stems) {
        var known = phrases.getOrDefault(language, Map.of());
        var begun = beginnings.getOrDefault(language, Map.of());
        if (begun.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Span>();
        for (int from = 0; from < stems.size(); from++) {
            var phrase = new StringBuilder();
            int most = Math.min(stems.size(), from + begun.getOrDefault(stems.get(from), 0));
            for (int to = from + 1; to <= most; to++) {
                phrase.append(to == from + 1 ? "" : " ").append(stems.get(to - 1));
                if (known.get(phrase.toString()) instanceof Set<String> keys) {
                    found.add(new Span(from, to, keys));
                }
            }
        }
        return found;
    }

    /// The longest ones; where several languages know the same words, all they mean.
    private static List<Span> chosen(Collection<Span> spans, List<Span> taken) {
        var sorted = new ArrayList<>(spans);
        sorted.sort(
                (one, other) ->
                        one.to() - one.from() == other.to() - other.from()
                                ? one.from() - other.from()
                                : (other.to() - other.from()) - (one.to() - one.from()));
        var chosen = new ArrayList<Span>();
        for (var span : sorted) {
            var same =
                    chosen.stream()
                            .filter(it -> it.from() == span.from() && it.to() == span.to())
                            .findFirst();
            if (same.isPresent()) {
                var keys = new LinkedHashSet<>(same.get().keys());
                keys.addAll(span.keys());
                chosen.set(chosen.indexOf(same.get()), new Span(span.from(), span.to(), keys));
            } else if (free(span, taken) && free(span, chosen)) {
                chosen.add(span);
            }
        }
        return chosen;
    }

    private static boolean free(Span span, List<Span> taken) {
        return taken.stream().allMatch(it -> span.to() <= it.from() || it.to() <= span.from());
    }

    /// Whether a word asks for nothing, on a page of that language.
    boolean isFiller(String language, String word) {
        return fillers.getOrDefault(Words.primary(language), Set.of()).contains(word)
                || fillers.values().stream().anyMatch(words -> words.contains(word));
    }

    /// Whether it is a word of some phrase.
    boolean knows(String word) {
        return vocabulary.contains(word);
    }

    /// The known word closest to one that nobody wrote; the word itself when none is close.
    ///
    /// @param errors how many letters may be wrong
    String closest(String word, int errors) {
        var best = word;
        int fewest = errors + 1;
        for (var known : vocabulary) {
            int distance = Spelling.distance(word, known, fewest - 1);
            if (distance < fewest) {
                best = known;
                fewest = distance;
            }
        }
        return best;
    }

    /// Staff's lines beside those they touch: a word that staff put beside a known one means what
    /// that one means, too.
    public static List<Line> joined(List<Line> known, List<Line> added) {
        var all = new ArrayList<>(known);
        for (var line : added) {
            all.add(line);
            var words = line.words().stream().map(Words::of).collect(Collectors.toSet());
            known.stream()
                    .filter(it -> !it.key().equals(NOTHING))
                    .filter(it -> it.words().stream().map(Words::of).anyMatch(words::contains))
                    .map(Line::key)
                    .distinct()
                    .forEach(key -> all.add(new Line(key, line.language(), line.words())));
        }
        return all;
    }
}
