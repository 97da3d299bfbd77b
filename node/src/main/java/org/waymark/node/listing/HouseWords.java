// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.waymark.node.search.Folding;

/// How a house is named in a line or a text: a number with a word of its street near it, however
/// both are written. It would rather take a bus for a house than a house for a bus.
final class HouseWords {

    static final String NO_NUMBER = "";

    /// @param number empty where a whole line without one is meant
    record Key(String number, String word) {}

    // "3rd" is a word of a street; all else parts where letters meet digits.
    private static final Pattern WORD =
            Pattern.compile("\\d+(?:st|nd|rd|th)(?![\\p{L}\\p{M}])|\\d+|[\\p{L}\\p{M}]+");
    // Where a sentence ends, not an abbreviation: "Bus 7. Hidden ..." but "Haupt-Str. Nord".
    private static final Pattern SENTENCE_END =
            Pattern.compile("(?<=\\d|\\p{Ll}{4})[.!?]\\s+(?=\\p{Lu})");
    // 4: so far from the number a street has a word of its own.
    private static final int NEAR = 4;
    // 6: what is the same in all cases of a word.
    private static final int LONGEST_STEM = 6;
    private static final int SHORTEST_REST = 3;

    private static final Map<String, String> KINDS =
            Stream.of(
                            "street st str strasse straat",
                            "lane ln",
                            "road rd",
                            "avenue ave av avenida avda",
                            "drive dr",
                            "boulevard blvd",
                            "court ct",
                            "place pl plaza platz",
                            "terrace ter",
                            "square sq",
                            "highway hwy",
                            "parkway pkwy",
                            "circle cir",
                            "trail trl",
                            "way",
                            "weg",
                            "gasse",
                            "allee",
                            "calle",
                            "rue",
                            "via",
                            "ulica ul вулиця вулиці вулицю вул улица",
                            "شارع",
                            "طريق",
                            "north n",
                            "south s",
                            "east e",
                            "west w",
                            "northwest nw",
                            "northeast ne",
                            "southwest sw",
                            "southeast se")
                    .map(line -> line.split(" "))
                    .flatMap(all -> Stream.of(all).map(it -> Map.entry(it, all[0])))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    private static final List<String> GLUED =
            List.of(
                    "strasse", "str", "straat", "gasse", "weg", "platz", "allee", "lane", "street",
                    "road");
    private static final Set<String> FILLING =
            Set.of(
                    "the", "at", "of", "in", "no", "nr", "co", "de", "la", "el", "los", "las", "du",
                    "des", "le", "der", "die", "das", "den", "dem", "am", "an", "im", "zum", "zur",
                    "von");
    // What stands before a number inside a house.
    private static final Set<String> UNITS =
            Set.of(
                    "suite",
                    "ste",
                    "unit",
                    "apt",
                    "apartment",
                    "floor",
                    "fl",
                    "room",
                    "rm",
                    "building",
                    "bldg",
                    "box",
                    "postfach",
                    "apartado");

    private HouseWords() {}

    /// By which a line of an address is found.
    static Set<Key> ofLine(String line) {
        var words = withoutUnits(words(Folding.fold(line)));
        var keys = new HashSet<Key>();
        for (int i = 0; i < words.size(); i++) {
            if (!isNumber(words.get(i))) {
                continue;
            }
            var near = near(words, i).toList();
            var own =
                    near.stream()
                            .filter(it -> it.length() > 1 && !isNumber(it))
                            .filter(it -> !KINDS.containsKey(it) && !FILLING.contains(it))
                            .toList();
            for (var word : own.isEmpty() ? near : own) {
                if (!isNumber(word) && word.length() > 1) {
                    keys.add(new Key(number(words.get(i)), stem(word)));
                }
            }
        }
        return keys;
    }

    /// Of a line without a number, which says nothing but as a whole.
    static Key whole(String line) {
        return new Key(NO_NUMBER, compact(line));
    }

    /// All that a text may name of the houses with these numbers, which must be all there are. Most
    /// texts have none of them, and are looked at once.
    static Set<Key> inText(String text, Set<String> numbers) {
        if (!hasOneOf(text, numbers)) {
            return Set.of();
        }
        var keys = new HashSet<Key>();
        for (var sentence : SENTENCE_END.split(text)) {
            var folded = Folding.fold(sentence);
            if (!hasOneOfFolded(folded, numbers)) {
                continue;
            }
            var words = words(folded);
            for (int i = 0; i < words.size(); i++) {
                if (isNumber(words.get(i)) && numbers.contains(number(words.get(i)))) {
                    var number = number(words.get(i));
                    near(words, i).forEach(it -> keys.add(new Key(number, stem(it))));
                }
            }
        }
        return keys;
    }

    /// A line as it is always written, to see that two are the same.
    static String line(String line) {
        return words(Folding.fold(line)).stream()
                .map(it -> KINDS.getOrDefault(it, it))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    static String compact(String text) {
        return Folding.fold(text).replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "");
    }

    static boolean hasDigit(String text) {
        return Folding.fold(text).chars().anyMatch(Character::isDigit);
    }

    /// Whether one of these numbers of houses stands in a text. It is asked of every text of a
    /// directory that comes in, so it looks at nothing but digits, however they are written: ٧ and
    /// ⑦ as well.
    static boolean hasOneOf(String text, Set<String> numbers) {
        return hasOneOfFolded(Folding.fold(text), numbers);
    }

    private static boolean hasOneOfFolded(String text, Set<String> numbers) {
        var number = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            var digit = i < text.length() ? Character.digit(text.charAt(i), 10) : -1;
            if (digit >= 0) {
                number.append(digit);
            } else if (!number.isEmpty()) {
                if (numbers.contains(number(number.toString()))) {
                    return true;
                }
                number.setLength(0);
            }
        }
        return false;
    }

    static boolean hasNumber(String line) {
        return words(Folding.fold(line)).stream().anyMatch(HouseWords::isNumber);
    }

    private static List<String> words(String folded) {
        return WORD.matcher(folded).results().map(it -> it.group()).toList();
    }

    private static List<String> withoutUnits(List<String> words) {
        var left = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            if (UNITS.contains(words.get(i))) {
                i++;
            } else {
                left.add(words.get(i));
            }
        }
        return left;
    }

    /// Words near one.
    private static Stream<String> near(List<String> words, int middle) {
        var from = Math.max(0, middle - NEAR);
        var to = Math.min(words.size(), middle + NEAR + 1);
        var near = new ArrayList<String>();
        for (int i = from; i < to; i++) {
            if (i != middle) {
                near.add(words.get(i));
            }
        }
        return near.stream();
    }

    private static boolean isNumber(String word) {
        return Character.isDigit(word.charAt(0))
                && Character.isDigit(word.charAt(word.length() - 1));
    }

    private static String number(String word) {
        return word.replaceFirst("^0+(?=.)", "");
    }

    private static String stem(String word) {
        var stem = word;
        for (var kind : GLUED) {
            if (stem.endsWith(kind) && stem.length() >= kind.length() + SHORTEST_REST) {
                stem = stem.substring(0, stem.length() - kind.length());
                break;
            }
        }
        if (stem.startsWith("ال") && stem.length() > SHORTEST_REST + 1) {
            stem = stem.substring(2);
        }
        return stem.substring(0, Math.min(stem.length(), LONGEST_STEM));
    }
}
