// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// From what people write for a language to its BCP 47 tag.
final class LanguageNames {

    private static final Map<String, String> ALIASES =
            Map.ofEntries(
                    Map.entry("american sign language", "ase"),
                    Map.entry("asl", "ase"),
                    Map.entry("sign language", "sgn"),
                    Map.entry("cantonese", "yue"),
                    Map.entry("dari", "prs"),
                    Map.entry("farsi", "fa"),
                    Map.entry("mandarin", "cmn"),
                    Map.entry("pashto", "ps"),
                    Map.entry("castilian", "es"),
                    Map.entry("español", "es"),
                    Map.entry("haitian", "ht"),
                    Map.entry("kreyol", "ht"),
                    Map.entry("kreyòl", "ht"),
                    Map.entry("creole (haitian)", "ht"),
                    Map.entry("sorani", "ckb"),
                    Map.entry("kurmanji", "kmr"),
                    Map.entry("tagalog", "fil"));

    private static final List<String> HAITIAN_SPOKEN = List.of("US", "CA", "BS", "DO", "HT");
    private static final Pattern REMARK = Pattern.compile("\\s*\\([^)]*\\)\\s*$|[.,;:]+$");
    private static final Pattern BETWEEN = Pattern.compile("\\s*(?:,|;|/|&|\\band\\b|\n)\\s*");

    private final Map<String, String> tags = new HashMap<>();

    /// @param language in which the names are, besides English
    /// @param country whose people say "Creole" without saying which
    LanguageNames(String language, Optional<String> country) {
        for (var code : Locale.getISOLanguages()) {
            var locale = Locale.of(code);
            tags.put(key(locale.getDisplayLanguage(Locale.forLanguageTag(language))), code);
            tags.put(key(locale.getDisplayLanguage(Locale.ENGLISH)), code);
            tags.put(code, code);
        }
        tags.putAll(ALIASES);
        // In the Caribbean and on the American mainland it is the Haitian one.
        if (country.filter(HAITIAN_SPOKEN::contains).isPresent()) {
            tags.put("creole", "ht");
        }
    }

    private static String key(String words) {
        return words.strip().toLowerCase(Locale.ROOT).replace('-', ' ');
    }

    /// The tag, when the words name one language; a remark in brackets is overlooked.
    Optional<String> tag(String words) {
        return Optional.ofNullable(tags.get(key(words)))
                .or(() -> Optional.ofNullable(tags.get(key(withoutRemark(words)))));
    }

    private static String withoutRemark(String words) {
        return REMARK.matcher(words.strip()).replaceAll("");
    }

    /// The names in a list such as "English and Spanish", when each of them is a language.
    List<String> apart(String words) {
        var names = new ArrayList<String>();
        for (var name : BETWEEN.split(words.strip())) {
            if (!name.isBlank()) {
                names.add(name);
            }
        }
        return names.size() > 1 && names.stream().allMatch(name -> tag(name).isPresent())
                ? names
                : List.of();
    }
}
