// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/// Postcodes as codes of places. Nobody is asked where one is: the middle of a postcode is that of
/// the entries that have it, and a postcode that none has means the ones that begin as it does.
public final class Postcode {

    // No word begins so; and so no town's code.
    private static final String MARK = "#";

    // Two signs name a region at least.
    private static final int SHORTEST = 2;

    private Postcode() {}

    /// The code of a place for something typed; empty when no postcode looks like it.
    public static Optional<String> code(String typed) {
        var folded = folded(typed);
        return folded.length() < SHORTEST || folded.length() > 10 || !folded.matches(".*\\d.*")
                ? Optional.empty()
                : Optional.of(MARK + folded);
    }

    /// Whether a code is one of a postcode, or of the beginning of some.
    public static boolean is(String code) {
        return code.startsWith(MARK);
    }

    /// What people write.
    public static String name(String code) {
        return code.substring(MARK.length());
    }

    /// Letters and digits only, in capitals, digits as in Latin script: people write blanks and
    /// hyphens as they like.
    static String folded(String written) {
        var signs = new StringBuilder();
        written.toUpperCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(
                        sign -> {
                            int digit = Character.digit(sign, 10);
                            signs.appendCodePoint(digit >= 0 ? '0' + digit : sign);
                        });
        return signs.toString();
    }

    /// The longest beginning of a postcode that some known one has too, but not less than half of
    /// it.
    ///
    /// @param known codes of places
    static Optional<String> nearest(String code, NavigableMap<String, ?> known) {
        var typed = name(code);
        int least = Math.max(SHORTEST, (typed.length() + 1) / 2);
        for (int length = typed.length(); length >= least; length--) {
            var beginning = MARK + typed.substring(0, length);
            if (!beginningWith(beginning, known).isEmpty()) {
                return Optional.of(beginning);
            }
        }
        return Optional.empty();
    }

    static <V> Map<String, V> beginningWith(String code, NavigableMap<String, V> known) {
        return known.subMap(code, true, code + Character.MAX_VALUE, false);
    }
}
