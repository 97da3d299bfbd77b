// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.image;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/// Run by the packaged runtime, not by the tests' own: prints one date in the named language.
public final class PackagedDate {

    private PackagedDate() {}

    public static void main(String[] arguments) {
        var text =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(Locale.forLanguageTag(arguments[0]))
                        .format(LocalDate.of(2026, 11, 22));
        System.out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
