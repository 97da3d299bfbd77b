// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The same words in several languages. Tags are canonical BCP 47. May be empty.
public record Text(String baseLanguage, Map<String, String> byLanguage) {

    /// The words a reader gets, and the language they are in, for `lang` and `dir`.
    public record Reading(String text, String language) {}

    public Text {
        byLanguage = Collections.unmodifiableMap(new TreeMap<>(byLanguage));
    }

    public static Text of(String language, String words) {
        return new Text(language, words.isBlank() ? Map.of() : Map.of(language, words));
    }

    public static Text empty(String language) {
        return new Text(language, Map.of());
    }

    public boolean isEmpty() {
        return byLanguage.isEmpty();
    }

    /// The words in the base language, or else in any; empty when there are none.
    public String base() {
        return in(List.of()).map(Reading::text).orElse("");
    }

    /// The first language of the reader that we have, by full tag and then by its first part, then
    /// the base language, then any.
    public Optional<Reading> in(List<String> languages) {
        for (var language : languages) {
            var found = exactly(language).or(() -> exactly(language.split("-", 2)[0]));
            if (found.isPresent()) {
                return found;
            }
        }
        return exactly(baseLanguage)
                .or(
                        () ->
                                byLanguage.entrySet().stream()
                                        .findFirst()
                                        .map(e -> new Reading(e.getValue(), e.getKey())));
    }

    private Optional<Reading> exactly(String language) {
        return Optional.ofNullable(byLanguage.get(language))
                .map(words -> new Reading(words, language));
    }
}
