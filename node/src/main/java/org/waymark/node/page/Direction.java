// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import java.util.Locale;
import java.util.Set;

/// The way a language is written: the value of the HTML attribute `dir`.
public enum Direction {
    LTR,
    RTL;

    private static final Set<String> SCRIPTS =
            Set.of(
                    "Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc",
                    "Thaa");

    // Languages whose likely script (CLDR) is one of the above, so that the tag need not name it.
    private static final Set<String> LANGUAGES =
            Set.of(
                    "aii", "apc", "apd", "ar", "arb", "arc", "ary", "arz", "bal", "bgn", "bqi",
                    "ckb", "dv", "fa", "glk", "haz", "he", "khw", "ks", "lrc", "luz", "mzn", "nqo",
                    "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi");

    // The same language is written in Arabic letters in these countries: "pa-PK" is right to left,
    // "pa" is not.
    private static final Set<String> IN_COUNTRY =
            Set.of(
                    "az-IQ", "az-IR", "ku-IQ", "ku-IR", "ku-LB", "pa-PK", "tk-AF", "tk-IR", "ug-CN",
                    "uz-AF");

    /// The direction of a language by its script: the one its tag names, else the one it is likely
    /// written in.
    public static Direction of(Locale locale) {
        if (!locale.getScript().isEmpty()) {
            return SCRIPTS.contains(locale.getScript()) ? RTL : LTR;
        }
        var rightToLeft =
                LANGUAGES.contains(locale.getLanguage())
                        || IN_COUNTRY.contains(locale.getLanguage() + "-" + locale.getCountry());
        return rightToLeft ? RTL : LTR;
    }

    /// The value of the attribute: `ltr` or `rtl`.
    public String code() {
        return this == RTL ? "rtl" : "ltr";
    }
}
