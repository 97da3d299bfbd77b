// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Whom to call in one country, as a person checked it. The format is
/// `docs/reference/country-file.md`.
///
/// @param code ISO 3166-1 alpha-2
/// @param name by language tag; English at least
/// @param lines the line for danger to life first
public record Country(String code, Map<String, String> name, List<Line> lines) {

    // 12 months: what safety.md 8 allows a number to be unchecked before the start warns.
    private static final int FRESH_MONTHS = 12;

    public Country {
        name = Map.copyOf(name);
        lines = List.copyOf(lines);
        if (!name.containsKey("en") || lines.isEmpty()) {
            throw new IllegalArgumentException(
                    "A country file needs an English name and at least one line.");
        }
    }

    /// One number.
    ///
    /// @param name what it is for, by language tag; English at least
    /// @param danger whether it is the one to call when a life is in danger
    /// @param child whether it is a line for children in need of help; `false` when left out
    /// @param free whether calling it costs nothing; empty when nobody knows
    /// @param languages BCP 47 tags of the languages that are answered
    /// @param hours when it answers, by language tag; empty for day and night
    /// @param withoutCredit whether it can be called with no credit on the phone; empty when nobody
    ///   knows
    /// @param source where the one who checked it looked
    /// @param listing which listing of this site tells more of it, and stays for that
    public record Line(
            String number,
            Map<String, String> name,
            boolean danger,
            boolean child,
            Optional<Boolean> free,
            List<String> languages,
            Map<String, String> hours,
            Optional<Boolean> withoutCredit,
            LocalDate checked,
            String source,
            Optional<UUID> listing) {

        public Line {
            name = Map.copyOf(name);
            languages = List.copyOf(languages);
            hours = Map.copyOf(hours);
            if (number.isBlank() || !name.containsKey("en")) {
                throw new IllegalArgumentException("A line needs a number and an English name.");
            }
        }
    }

    /// The line that forms and empty pages name: the first one for danger.
    public Optional<Line> dangerLine() {
        return lines.stream().filter(Line::danger).findFirst();
    }

    /// The line that a child alone is shown (safety.md 9).
    public Optional<Line> childLine() {
        return lines.stream().filter(Line::child).findFirst();
    }

    /// Whether some number was last checked more than 12 months ago.
    public boolean isOld(LocalDate today) {
        return lines.stream().anyMatch(line -> isOld(line, today));
    }

    private static boolean isOld(Line line, LocalDate today) {
        return line.checked().plusMonths(FRESH_MONTHS).isBefore(today);
    }

    /// What is wrong with the numbers, for the log at start.
    public List<String> warnings(LocalDate today) {
        var warnings = new ArrayList<String>();
        if (dangerLine().isEmpty()) {
            warnings.add("The country file of " + code + " names no number for danger to life.");
        }
        for (var line : lines) {
            if (isOld(line, today)) {
                warnings.add(
                        "The number %s of country %s was last checked on %s. Check it and change the date."
                                .formatted(line.number(), code, line.checked()));
            }
        }
        return List.copyOf(warnings);
    }
}
