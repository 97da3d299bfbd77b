// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// On which days something happens, as an HSDS schedule says it in the words of RFC 5545 (section
/// 3.3.10). Whole days only: the hours, and the zone they are in, stand beside it.
///
/// HSDS writes WEEKLY and MONTHLY. DAILY and YEARLY, which others write, are understood too.
///
/// @param interval every so many days, weeks, months or years, counted from `start`
/// @param byDay weekdays, perhaps only the first, second, last of a month or year
/// @param byMonthDay days of the month; -1 is its last
/// @param byWeekNumber weeks of the year; -1 is its last
/// @param byYearDay days of the year; -1 is its last
/// @param start the first day it can happen
/// @param until the last day
/// @param count how often it happens from its start; 0 without end
/// @param weekStart which matters where `interval` counts weeks, and for week numbers
public record Recurrence(
        Frequency frequency,
        int interval,
        List<OrdinalDay> byDay,
        Set<Integer> byMonthDay,
        Set<Integer> byWeekNumber,
        Set<Integer> byYearDay,
        Optional<LocalDate> start,
        Optional<LocalDate> until,
        int count,
        DayOfWeek weekStart) {

    public enum Frequency {
        DAILY,
        WEEKLY,
        MONTHLY,
        YEARLY
    }

    /// A weekday.
    ///
    /// @param ordinal 2 for the second, -1 for the last; 0 for each
    public record OrdinalDay(int ordinal, DayOfWeek day) {}

    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    // 20 years: what is counted further ahead than that never ends for a visitor.
    private static final int LONGEST_COUNT_IN_DAYS = 20 * 366;

    public Recurrence {
        byDay = List.copyOf(byDay);
        byMonthDay = Set.copyOf(byMonthDay);
        byWeekNumber = Set.copyOf(byWeekNumber);
        byYearDay = Set.copyOf(byYearDay);
    }

    /// Reads the rule of an HSDS schedule; empty when it has none, or none that can be understood.
    public static Optional<Recurrence> read(JsonNode schedule) {
        try {
            return parse(schedule);
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether the schedule has a rule that can be understood, or none.
    static boolean isRule(JsonNode schedule) {
        try {
            parse(schedule);
            return true;
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Recurrence> parse(JsonNode schedule) {
        var byDay = new ArrayList<OrdinalDay>();
        for (var word : words(schedule, "byday")) {
            byDay.add(ordinalDay(word));
        }
        var byMonthDay = numbers(schedule, "bymonthday", 31);
        var byWeekNumber = numbers(schedule, "byweekno", 53);
        var byYearDay = numbers(schedule, "byyearday", 366);
        var namesDays =
                !byDay.isEmpty()
                        || !byMonthDay.isEmpty()
                        || !byWeekNumber.isEmpty()
                        || !byYearDay.isEmpty();
        // From when it holds tells when to begin counting, but not on which day it happens.
        var start =
                date(schedule, "dtstart")
                        .or(() -> namesDays ? date(schedule, "valid_from") : Optional.empty());
        var frequency = frequency(schedule, byDay, byMonthDay, byYearDay);
        if (frequency.isEmpty()) {
            // One day, and no more.
            return date(schedule, "dtstart")
                    .map(
                            day ->
                                    new Recurrence(
                                            Frequency.DAILY,
                                            1,
                                            List.of(),
                                            Set.of(),
                                            Set.of(),
                                            Set.of(),
                                            Optional.of(day),
                                            Optional.of(day),
                                            0,
                                            DayOfWeek.MONDAY));
        }
        if (!namesDays && start.isEmpty() && frequency.get() != Frequency.DAILY) {
            return Optional.empty();
        }
        var rule =
                new Recurrence(
                        frequency.get(),
                        number(schedule, "interval", 1),
                        byDay,
                        byMonthDay,
                        byWeekNumber,
                        byYearDay,
                        start,
                        date(schedule, "until"),
                        number(schedule, "count", 0),
                        words(schedule, "wkst").stream()
                                .findFirst()
                                .map(word -> ordinalDay(word).day())
                                .orElse(DayOfWeek.MONDAY));
        return Optional.of(rule.counted());
    }

    private static Optional<Frequency> frequency(
            JsonNode schedule,
            List<OrdinalDay> byDay,
            Set<Integer> byMonthDay,
            Set<Integer> byYearDay) {
        var said = schedule.path("freq").asText("");
        // Where the word is none of HSDS, the published schedule says it here.
        var word = said.isBlank() ? schedule.path("frequency").asText("") : said;
        if (!word.isBlank()) {
            return Optional.of(Frequency.valueOf(word.strip().toUpperCase(Locale.ROOT)));
        }
        if (!byYearDay.isEmpty()) {
            return Optional.of(Frequency.YEARLY);
        }
        if (!byMonthDay.isEmpty() || byDay.stream().anyMatch(it -> it.ordinal() != 0)) {
            return Optional.of(Frequency.MONTHLY);
        }
        return byDay.isEmpty() ? Optional.empty() : Optional.of(Frequency.WEEKLY);
    }

    private static List<String> words(JsonNode schedule, String member) {
        var value = schedule.path(member);
        var text =
                value.isArray()
                        ? String.join(",", value.valueStream().map(JsonNode::asText).toList())
                        : value.asText("");
        return Arrays.stream(text.split(","))
                .map(word -> word.strip().toUpperCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static OrdinalDay ordinalDay(String word) {
        var day = DAYS.indexOf(word.substring(Math.max(0, word.length() - 2)));
        if (day < 0) {
            throw new IllegalArgumentException("Not a weekday: " + word);
        }
        var ordinal = word.substring(0, word.length() - 2);
        return new OrdinalDay(
                ordinal.isEmpty() ? 0 : within(Integer.parseInt(ordinal), 53),
                DayOfWeek.of(day + 1));
    }

    private static Set<Integer> numbers(JsonNode schedule, String member, int most) {
        return words(schedule, member).stream()
                .map(word -> within(Integer.parseInt(word), most))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int within(int number, int most) {
        if (number == 0 || Math.abs(number) > most) {
            throw new IllegalArgumentException("Not from 1 to " + most);
        }
        return number;
    }

    private static int number(JsonNode schedule, String member, int otherwise) {
        var value = schedule.path(member);
        if (value.isMissingNode() || value.isNull() || value.asText().isBlank()) {
            return otherwise;
        }
        var number = value.isNumber() ? value.asInt() : Integer.parseInt(value.asText().strip());
        if (number < 1) {
            throw new IllegalArgumentException("Less than 1");
        }
        return number;
    }

    private static Optional<LocalDate> date(JsonNode schedule, String member) {
        var text = schedule.path(member).asText("").strip();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(LocalDate.parse(text.substring(0, Math.min(10, text.length()))));
    }

    /// Writes it as members of an HSDS schedule.
    public void write(ObjectNode schedule) {
        schedule.put("freq", frequency.name());
        if (interval > 1) {
            schedule.put("interval", interval);
        }
        write(schedule, "byday", byDay.stream().map(Recurrence::word).toList());
        write(schedule, "bymonthday", sorted(byMonthDay));
        write(schedule, "byweekno", sorted(byWeekNumber));
        write(schedule, "byyearday", sorted(byYearDay));
        start.ifPresent(day -> schedule.put("dtstart", day.toString()));
        until.ifPresent(day -> schedule.put("until", day.toString()));
        if (count > 0) {
            schedule.put("count", count);
        }
        if (weekStart != DayOfWeek.MONDAY) {
            schedule.put("wkst", DAYS.get(weekStart.getValue() - 1));
        }
    }

    private static List<String> sorted(Set<Integer> numbers) {
        return numbers.stream().sorted().map(String::valueOf).toList();
    }

    private static void write(ObjectNode schedule, String member, List<String> words) {
        if (!words.isEmpty()) {
            schedule.put(member, String.join(",", words));
        }
    }

    private static String word(OrdinalDay it) {
        return (it.ordinal() == 0 ? "" : it.ordinal()) + DAYS.get(it.day().getValue() - 1);
    }

    /// The rule as the value of an iCalendar `RRULE`.
    ///
    /// @param last the last day it holds, whatever else it says
    /// @param zone in which its days are
    public String text(Optional<LocalDate> last, ZoneId zone) {
        var parts = new ArrayList<String>();
        parts.add("FREQ=" + frequency);
        if (interval > 1) {
            parts.add("INTERVAL=" + interval);
        }
        add(parts, "BYDAY", byDay.stream().map(Recurrence::word).toList());
        add(parts, "BYMONTHDAY", sorted(byMonthDay));
        add(parts, "BYWEEKNO", sorted(byWeekNumber));
        add(parts, "BYYEARDAY", sorted(byYearDay));
        if (weekStart != DayOfWeek.MONDAY) {
            parts.add("WKST=" + DAYS.get(weekStart.getValue() - 1));
        }
        java.util.stream.Stream.concat(until.stream(), last.stream())
                .min(LocalDate::compareTo)
                .ifPresent(day -> parts.add("UNTIL=" + UTC.format(end(day, zone))));
        return String.join(";", parts);
    }

    /// The last second of a day.
    public static Instant end(LocalDate day, ZoneId zone) {
        return day.plusDays(1).atStartOfDay(zone).minusSeconds(1).toInstant();
    }

    private static void add(List<String> parts, String name, List<String> words) {
        if (!words.isEmpty()) {
            parts.add(name + "=" + String.join(",", words));
        }
    }

    /// Whether it only names days of each week.
    public boolean isWeekly() {
        return frequency == Frequency.WEEKLY
                && interval == 1
                && count == 0
                && until.isEmpty()
                && byMonthDay.isEmpty()
                && byWeekNumber.isEmpty()
                && byYearDay.isEmpty()
                && !byDay.isEmpty()
                && byDay.stream().allMatch(it -> it.ordinal() == 0);
    }

    /// The weekdays that it names.
    public Set<DayOfWeek> days() {
        var days = EnumSet.noneOf(DayOfWeek.class);
        byDay.forEach(it -> days.add(it.day()));
        return days;
    }

    /// Whether it happens on a day.
    public boolean includes(LocalDate day) {
        return start.map(first -> !day.isBefore(first)).orElse(true)
                && until.map(last -> !day.isAfter(last)).orElse(true)
                && isTurn(day)
                && isWeek(day)
                && isYearDay(day)
                && isMonthDay(day)
                && isWeekday(day);
    }

    /// With the day on which it has happened `count` times as its end.
    private Recurrence counted() {
        // Once a day at most.
        if (count == 0 || count > LONGEST_COUNT_IN_DAYS || start.isEmpty()) {
            return this;
        }
        var day = start.get();
        var left = count;
        for (int i = 0; i < LONGEST_COUNT_IN_DAYS; i++, day = day.plusDays(1)) {
            if (until.isPresent() && day.isAfter(until.get())) {
                return this;
            }
            if (includes(day) && --left == 0) {
                return endingOn(day);
            }
        }
        return this;
    }

    private Recurrence endingOn(LocalDate day) {
        return new Recurrence(
                frequency,
                interval,
                byDay,
                byMonthDay,
                byWeekNumber,
                byYearDay,
                start,
                Optional.of(day),
                count,
                weekStart);
    }

    /// Whether the interval comes to this day, week, month or year. Nobody knows where it began
    /// when it does not say so; then it never does.
    private boolean isTurn(LocalDate day) {
        if (interval == 1) {
            return true;
        }
        return start.map(
                        first ->
                                switch (frequency) {
                                    case DAILY -> ChronoUnit.DAYS.between(first, day);
                                    case WEEKLY ->
                                            ChronoUnit.WEEKS.between(weekOf(first), weekOf(day));
                                    case MONTHLY ->
                                            ChronoUnit.MONTHS.between(
                                                    YearMonth.from(first), YearMonth.from(day));
                                    case YEARLY -> (long) day.getYear() - first.getYear();
                                })
                .filter(passed -> passed % interval == 0)
                .isPresent();
    }

    private LocalDate weekOf(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(weekStart));
    }

    private boolean isWeek(LocalDate day) {
        if (byWeekNumber.isEmpty()) {
            return true;
        }
        var fields = WeekFields.of(weekStart, 4);
        var week = day.get(fields.weekOfWeekBasedYear());
        var weeks = (int) day.range(fields.weekOfWeekBasedYear()).getMaximum();
        return byWeekNumber.contains(week) || byWeekNumber.contains(week - weeks - 1);
    }

    private boolean isYearDay(LocalDate day) {
        return byYearDay.isEmpty()
                || byYearDay.contains(day.getDayOfYear())
                || byYearDay.contains(day.getDayOfYear() - day.lengthOfYear() - 1);
    }

    private boolean isMonthDay(LocalDate day) {
        if (byMonthDay.isEmpty()) {
            return !isTheStartsOnly()
                    || switch (frequency) {
                        case DAILY, WEEKLY -> true;
                        case MONTHLY ->
                                isOnStart(first -> first.getDayOfMonth() == day.getDayOfMonth());
                        case YEARLY ->
                                isOnStart(
                                        first ->
                                                first.getDayOfMonth() == day.getDayOfMonth()
                                                        && first.getMonth() == day.getMonth());
                    };
        }
        return byMonthDay.contains(day.getDayOfMonth())
                || byMonthDay.contains(day.getDayOfMonth() - day.lengthOfMonth() - 1);
    }

    /// Whether nothing but its start says on which day it happens.
    private boolean isTheStartsOnly() {
        return byDay.isEmpty()
                && byMonthDay.isEmpty()
                && byYearDay.isEmpty()
                && byWeekNumber.isEmpty();
    }

    private boolean isOnStart(java.util.function.Predicate<LocalDate> test) {
        return start.filter(test).isPresent();
    }

    private boolean isWeekday(LocalDate day) {
        if (byDay.isEmpty()) {
            var takesTheStarts =
                    frequency == Frequency.WEEKLY && byMonthDay.isEmpty() && byYearDay.isEmpty()
                            || frequency == Frequency.YEARLY && !byWeekNumber.isEmpty();
            return !takesTheStarts
                    || isOnStart(first -> first.getDayOfWeek() == day.getDayOfWeek());
        }
        return byDay.stream().anyMatch(it -> isThat(it, day));
    }

    private boolean isThat(OrdinalDay it, LocalDate day) {
        if (it.day() != day.getDayOfWeek()) {
            return false;
        }
        // With week numbers, a weekday is one of those weeks.
        if (it.ordinal() == 0 || !byWeekNumber.isEmpty()) {
            return true;
        }
        var inYear = frequency == Frequency.YEARLY;
        var at = inYear ? day.getDayOfYear() : day.getDayOfMonth();
        var last = inYear ? day.lengthOfYear() : day.lengthOfMonth();
        return it.ordinal() > 0
                ? (at - 1) / 7 + 1 == it.ordinal()
                : (last - at) / 7 + 1 == -it.ordinal();
    }
}
