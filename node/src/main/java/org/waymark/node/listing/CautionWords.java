// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.waymark.node.listing.Review.Reason;

/// Phrases that give a reason for caution, found in one walk over the words of a text. Case,
/// apostrophes and what stands between two words do not matter.
final class CautionWords {

    private static final Pattern HEADING = Pattern.compile("\\[(\\w+) in (names|texts)]");

    /// @param hasAnyEnding whether a word only has to begin with it
    private record Wanted(String word, boolean hasAnyEnding) {

        /// @param word the last letter may be a star, for any ending
        static Wanted of(String word) {
            return word.endsWith("*")
                    ? new Wanted(word.substring(0, word.length() - 1), true)
                    : new Wanted(word, false);
        }

        boolean fits(String other) {
            return hasAnyEnding ? other.startsWith(word) : other.equals(word);
        }
    }

    private record Phrase(Reason reason, boolean inNamesOnly, List<Wanted> words) {

        boolean standsAt(List<String> text, int from) {
            if (from + words.size() > text.size()) {
                return false;
            }
            for (int i = 0; i < words.size(); i++) {
                if (!words.get(i).fits(text.get(from + i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Map<String, List<Phrase>> byFirstWord = new HashMap<>();
    private final Map<Character, List<Phrase>> byFirstLetter = new HashMap<>();

    private CautionWords() {}

    /// @param names what service and organisation are called
    /// @param texts what else is said of them
    Set<Reason> reasons(String names, String texts) {
        var found = EnumSet.noneOf(Reason.class);
        seek(names, true, found);
        seek(texts, false, found);
        return found;
    }

    private void seek(String text, boolean names, Set<Reason> found) {
        var words = words(text, false);
        for (int i = 0; i < words.size(); i++) {
            for (var phrase : byFirstWord.getOrDefault(words.get(i), List.of())) {
                note(phrase, names, words, i, found);
            }
            for (var phrase : byFirstLetter.getOrDefault(words.get(i).charAt(0), List.of())) {
                note(phrase, names, words, i, found);
            }
        }
    }

    private static void note(
            Phrase phrase, boolean names, List<String> words, int from, Set<Reason> found) {
        if ((names || !phrase.inNamesOnly()) && phrase.standsAt(words, from)) {
            found.add(phrase.reason());
        }
    }

    // By hand: of each text that comes in, and patterns would take most of the time.
    private static List<String> words(String text, boolean withStars) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var small = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < small.length(); ) {
            int c = small.codePointAt(i);
            i += Character.charCount(c);
            if (isOfWord(c) || (withStars && c == '*')) {
                word.appendCodePoint(c);
            } else if (c != '\'' && c != '’' && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /// Letters and all kinds of numbers.
    private static boolean isOfWord(int c) {
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.LETTER_NUMBER
                || Character.getType(c) == Character.OTHER_NUMBER;
    }

    static CautionWords read(String... resources) {
        var all = new CautionWords();
        var reason = Reason.PERSONAL;
        var inNamesOnly = false;
        for (var line : lines(resources)) {
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                reason = Reason.valueOf(heading.group(1));
                inNamesOnly = heading.group(2).equals("names");
            } else if (!line.isBlank() && !line.startsWith("#")) {
                all.add(
                        new Phrase(
                                reason,
                                inNamesOnly,
                                words(line, true).stream().map(Wanted::of).toList()));
            }
        }
        return all;
    }

    private void add(Phrase phrase) {
        var first = phrase.words().getFirst();
        if (first.hasAnyEnding()) {
            byFirstLetter
                    .computeIfAbsent(first.word().charAt(0), _ -> new ArrayList<>())
                    .add(phrase);
        } else {
            byFirstWord.computeIfAbsent(first.word(), _ -> new ArrayList<>()).add(phrase);
        }
    }

    private static List<String> lines(String... resources) {
        return Arrays.stream(resources).flatMap(it -> lines(it).stream()).toList();
    }

    private static List<String> lines(String resource) {
        try (var stream = CautionWords.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("Missing from the program: " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
