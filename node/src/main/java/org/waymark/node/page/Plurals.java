// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

/// Which form of a word goes with a number, as CLDR names the forms. Whole numbers only: nobody
/// counts half a service.
///
/// ICU would bring the same table for many more languages, and 15 MB with it.
enum Plurals {
    ZERO,
    ONE,
    TWO,
    FEW,
    MANY,
    OTHER;

    /// The last part of a message key: `results.count.few`.
    String suffix() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The form for `n` things in a language. A language that is not in the table has one and
    /// other, as most do.
    static Plurals of(String language, long n) {
        var ten = n % 10;
        var hundred = n % 100;
        return switch (language) {
            case "ar", "ars" ->
                    n == 0
                            ? ZERO
                            : n == 1
                                    ? ONE
                                    : n == 2
                                            ? TWO
                                            : hundred >= 3 && hundred <= 10
                                                    ? FEW
                                                    : hundred >= 11 ? MANY : OTHER;
            case "id", "ja", "km", "ko", "lo", "ms", "my", "th", "vi", "wo", "yo", "zh" -> OTHER;
            case "ak",
                    "am",
                    "as",
                    "bn",
                    "fa",
                    "ff",
                    "fr",
                    "gu",
                    "hi",
                    "hy",
                    "kn",
                    "ln",
                    "mg",
                    "pa",
                    "pt",
                    "ti",
                    "wa",
                    "zu" ->
                    n <= 1 ? ONE : OTHER;
            case "be", "bs", "hr", "ru", "sr", "uk" ->
                    ten == 1 && hundred != 11
                            ? ONE
                            : ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14)
                                    ? FEW
                                    : manyIfSlavic(language);
            case "pl" ->
                    n == 1
                            ? ONE
                            : ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? FEW : MANY;
            case "cs", "sk" -> n == 1 ? ONE : n >= 2 && n <= 4 ? FEW : OTHER;
            case "mo", "ro" ->
                    n == 1 ? ONE : n == 0 || (hundred >= 1 && hundred <= 19) ? FEW : OTHER;
            case "lt" ->
                    ten == 1 && (hundred < 11 || hundred > 19)
                            ? ONE
                            : ten >= 2 && (hundred < 11 || hundred > 19) ? FEW : OTHER;
            case "lv" ->
                    ten == 0 || (hundred >= 11 && hundred <= 19) ? ZERO : ten == 1 ? ONE : OTHER;
            case "sl" ->
                    hundred == 1
                            ? ONE
                            : hundred == 2 ? TWO : hundred == 3 || hundred == 4 ? FEW : OTHER;
            case "he" -> n == 1 ? ONE : n == 2 ? TWO : OTHER;
            default -> n == 1 ? ONE : OTHER;
        };
    }

    // Serbo-Croatian says "other" where Ukrainian, Russian and Belarusian say "many".
    private static Plurals manyIfSlavic(String language) {
        return switch (language) {
            case "be", "ru", "uk" -> MANY;
            default -> OTHER;
        };
    }
}
