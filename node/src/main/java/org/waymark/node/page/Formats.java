// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Dates, times and numbers as a reader of one language in one country expects them. Thread-safe.
///
/// The words come from the language, the habits (24 hours or a.m. and p.m., first day of the week)
/// from the country: an Arabic reader in Germany meets 14:00 on every door. Digits are 0-9 in every
/// language, because phone numbers and door signs are, and two kinds of digits on one page are
/// worse than one that is foreign.
public final class Formats {

    private static final int SMALLEST_GROUPED = 1_000;

    // Tags come from listings, too.
    private static final int MOST_LANGUAGES = 500;

    private final Locale locale;
    private final DateTimeFormatter date;
    private final DateTimeFormatter dayAndDate;
    private final DateTimeFormatter month;
    private final DateTimeFormatter time;
    private final boolean twentyFourHours;
    private final DayOfWeek firstDay;

    // Looking a name up costs as much as a line of a page.
    private final Map<String, String> languageNames = new ConcurrentHashMap<>();

    /// @param country ISO 3166 code, or empty where none is set
    public Formats(Locale language, String country) {
        var habits = new Locale.Builder().setRegion(country).build();
        var twentyFour =
                DateTimeFormatter.ofLocalizedPattern("jm")
                        .withLocale(habits)
                        .format(LocalTime.of(13, 0))
                        .startsWith("13");
        // "150" is Europe: without it, English in a country CLDR does not list comes out American.
        var region = language.getLanguage().equals("en") && twentyFour ? "150" : country;
        this.locale =
                new Locale.Builder()
                        .setLanguage(language.getLanguage())
                        .setScript(language.getScript())
                        .setRegion(region)
                        .setUnicodeLocaleKeyword("nu", "latn")
                        .build();
        this.date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
        this.dayAndDate = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale);
        this.month = DateTimeFormatter.ofLocalizedPattern("yMMMM").withLocale(locale);
        this.twentyFourHours = twentyFour;
        this.time =
                twentyFourHours
                        ? DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
                        : DateTimeFormatter.ofLocalizedPattern("hm").withLocale(locale);
        this.firstDay = WeekFields.of(habits).getFirstDayOfWeek();
    }

    /// The number alone; the unit is a word of the message.
    public String kilometres(double kilometres) {
        var format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(kilometres < 10 ? 1 : 0);
        return format.format(kilometres);
    }

    public String date(LocalDate day) {
        return date.format(day);
    }

    /// With the day of the week in front.
    public String dayAndDate(LocalDate day) {
        return dayAndDate.format(day);
    }

    public String month(YearMonth month) {
        return this.month.format(month.atDay(1));
    }

    public String time(LocalTime time) {
        return this.time.format(time);
    }

    /// Whether clock times read the same in every language here ("14:00"), so that they never turn
    /// around.
    public boolean twentyFourHours() {
        return twentyFourHours;
    }

    public String weekday(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL_STANDALONE, locale);
    }

    public String shortWeekday(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT_STANDALONE, locale);
    }

    public DayOfWeek firstDayOfWeek() {
        return firstDay;
    }

    public String number(long number) {
        // Nothing to group, and a page of results has a hundred of them.
        return number >= 0 && number < SMALLEST_GROUPED
                ? Long.toString(number)
                : NumberFormat.getIntegerInstance(locale).format(number);
    }

    /// A language by the name this page's readers use for it: `ar` is "Arabic" in English.
    public String languageName(String tag) {
        if (languageNames.get(tag) instanceof String known) {
            return known;
        }
        var name = Locale.forLanguageTag(tag).getDisplayName(locale);
        if (languageNames.size() < MOST_LANGUAGES) {
            languageNames.put(tag, name);
        }
        return name;
    }

    /// A country by the name this page's readers use for it.
    public String countryName(String code) {
        return new Locale.Builder().setRegion(code).build().getDisplayCountry(locale);
    }
}
