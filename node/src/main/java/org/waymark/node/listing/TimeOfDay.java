// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what people write for a time of day: `9:00am`, `5 p.m.`, `17:30`. What may be morning or
/// evening (`5:00`) is not guessed.
final class TimeOfDay {

    private static final Pattern TWELVE =
            Pattern.compile("(\\d{1,2})(?:[:.](\\d{2}))?\\s*([ap])\\.?m?\\.?");
    private static final Pattern TWENTY_FOUR =
            Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)(?::\\d{2})?(?:Z|[+-]\\d{2}:?\\d{2})?");

    private TimeOfDay() {}

    static Optional<LocalTime> parse(String words) {
        var text = words.strip();
        if (text.equalsIgnoreCase("noon")) {
            return Optional.of(LocalTime.NOON);
        }
        var full = TWENTY_FOUR.matcher(text);
        if (full.matches()) {
            return Optional.of(
                    LocalTime.of(Integer.parseInt(full.group(1)), Integer.parseInt(full.group(2))));
        }
        var half = TWELVE.matcher(text.toLowerCase(Locale.ROOT));
        if (!half.matches()) {
            return Optional.empty();
        }
        var hour = Integer.parseInt(half.group(1));
        var minute = half.group(2) == null ? 0 : Integer.parseInt(half.group(2));
        if (hour < 1 || hour > 12) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalTime.of(hour % 12 + (half.group(3).equals("p") ? 12 : 0), minute));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
