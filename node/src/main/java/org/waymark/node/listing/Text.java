// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The same words in several languages. Tags are canonical BCP 47. May be empty.
///
/// @param byMachine the languages in which a machine wrote them and nobody has checked
public record Text(String baseLanguage, Map<String, String> byLanguage, Set<String> byMachine) {

    /// The words a reader gets, and the language they are in, for `lang` and `dir`.
    public record Reading(String text, String language, boolean byMachine) {}

    public Text {
        byLanguage = Collections.unmodifiableMap(new TreeMap<>(byLanguage));
        byMachine = Set.copyOf(byMachine);
    }

    /// Words that people wrote.
    public Text(String baseLanguage, Map<String, String> byLanguage) {
        this(baseLanguage, byLanguage, Set.of());
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
                                        .flatMap(e -> exactly(e.getKey())));
    }

    /// These words in one language, by a person; blank ones are taken away.
    public Text with(String language, String words) {
        var all = new TreeMap<>(byLanguage);
        var machines = new TreeSet<>(byMachine);
        if (words.isBlank()) {
            all.remove(language);
        } else if (!words.equals(all.put(language, words))) {
            machines.remove(language);
        }
        machines.retainAll(all.keySet());
        return new Text(baseLanguage, all, machines);
    }

    private Optional<Reading> exactly(String language) {
        return Optional.ofNullable(byLanguage.get(language))
                .map(words -> new Reading(words, language, byMachine.contains(language)));
    }
}
