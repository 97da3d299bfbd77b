// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import java.util.IllformedLocaleException;
import java.util.Locale;

/// A language a page can be written in.
///
/// @param tag canonical BCP 47, for example `ar` or `ku-Arab`
/// @param name its own name for itself, as the language menu shows it
public record Language(String tag, String name) {

    public Language {
        tag = canonical(tag);
    }

    /// The canonical form of a BCP 47 tag: `PA-arab` becomes `pa-Arab`, `iw` becomes `he`.
    ///
    /// @throws IllegalArgumentException if it is not a well-formed tag
    public static String canonical(String tag) {
        try {
            return new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("Not a language tag (BCP 47): " + tag, e);
        }
    }

    public Locale locale() {
        return Locale.forLanguageTag(tag);
    }

    public Direction direction() {
        return Direction.of(locale());
    }
}
