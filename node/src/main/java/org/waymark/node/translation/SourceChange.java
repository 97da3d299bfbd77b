// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Whether an original says something else than it did when it was translated. Paragraphs are
/// compared word by word; capitals, punctuation and blanks never count.
///
/// A misspelt word that was put right does not count either: at most one word in ten (always one),
/// of four letters or more, without digits, with the same first letter, and one letter different,
/// missing or swapped (two from eight letters on). So "open" is never "closed", "legal" never
/// "illegal", "Monday" never "Sunday", and no number ever another.
public final class SourceChange {

    private static final int SHORTEST_FIXED = 4;
    private static final int LONG_WORD = 8;
    private static final int WORDS_TO_A_FIX = 10;

    private SourceChange() {}

    /// The paragraphs of the new text that say something else; empty when nothing does.
    public static List<String> paragraphs(String before, String now) {
        var old = split(before);
        var current = split(now);
        if (old.size() == current.size()) {
            return IntStream.range(0, old.size())
                    .filter(i -> !isSame(old.get(i), current.get(i)))
                    .mapToObj(current::get)
                    .toList();
        }
        var known = new HashSet<List<String>>();
        old.forEach(paragraph -> known.add(words(paragraph)));
        var changed = current.stream().filter(it -> !known.contains(words(it))).toList();
        // One that was taken away leaves too much in the translation.
        return changed.isEmpty() ? current : changed;
    }

    public static boolean isReal(String before, String now) {
        return !paragraphs(before, now).isEmpty();
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split("\\R+"))
                .filter(paragraph -> !words(paragraph).isEmpty())
                .toList();
    }

    private static List<String> words(String text) {
        var folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Arrays.stream(folded.split("[^\\p{L}\\p{M}\\p{N}+%€$£@]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static boolean isSame(String before, String now) {
        var old = words(before);
        var current = words(now);
        if (old.size() != current.size()) {
            return false;
        }
        var differing =
                IntStream.range(0, old.size())
                        .filter(i -> !old.get(i).equals(current.get(i)))
                        .toArray();
        return differing.length <= Math.max(1, old.size() / WORDS_TO_A_FIX)
                && Arrays.stream(differing).allMatch(i -> isFixed(old.get(i), current.get(i)));
    }

    private static boolean isFixed(String before, String now) {
        var shorter = Math.min(before.length(), now.length());
        return shorter >= SHORTEST_FIXED
                && before.charAt(0) == now.charAt(0)
                && before.chars().noneMatch(Character::isDigit)
                && now.chars().noneMatch(Character::isDigit)
                && distance(before, now) <= (shorter >= LONG_WORD ? 2 : 1);
    }

    /// Letters added, left out, changed, or swapped with their neighbour.
    private static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                var change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                rows[i][j] =
                        Math.min(
                                Math.min(rows[i - 1][j], rows[i][j - 1]) + 1,
                                rows[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
