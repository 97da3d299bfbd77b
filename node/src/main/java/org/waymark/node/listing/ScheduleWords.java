// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import gg.jte.Content;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.waymark.node.listing.hsds.Recurrence;
import org.waymark.node.page.Page;

/// Says in the reader's language what a table of one week cannot: that it is the first Monday of
/// each month, or that it is closed for holidays.
final class ScheduleWords {

    // Two months: later holidays need nobody's attention now.
    private static final int DAYS_AHEAD = 62;

    private final Page page;
    private final LocalDate today;

    ScheduleWords(Page page, LocalDate today) {
        this.page = page;
        this.today = today;
    }

    List<Content> of(List<Schedule> schedules) {
        var lines = new ArrayList<Content>();
        for (var schedule : schedules) {
            if (schedule.exception() != Schedule.Exception.NONE) {
                exception(schedule).ifPresent(lines::add);
            } else if (schedule.rule().isPresent() && !isOver(schedule)) {
                lines.add(timed(rule(schedule.rule().get()), schedule));
            }
        }
        return lines;
    }

    private boolean isOver(Schedule schedule) {
        return schedule.validTo()
                .or(() -> schedule.rule().flatMap(Recurrence::until))
                .filter(last -> last.isBefore(today))
                .isPresent();
    }

    private Optional<Content> exception(Schedule schedule) {
        var from = schedule.validFrom().or(schedule::validTo).orElse(today);
        var to = schedule.validTo().orElse(from);
        if (to.isBefore(today) || ChronoUnit.DAYS.between(today, from) > DAYS_AHEAD) {
            return Optional.empty();
        }
        var key =
                schedule.exception() == Schedule.Exception.CLOSED
                        ? "listing.rule.closed"
                        : "listing.rule.changed";
        var when =
                from.equals(to)
                        ? page.say(key, page.date(from))
                        : page.say(key + ".days", page.date(from), page.date(to));
        return Optional.of(timed(when, schedule));
    }

    private Content timed(Content when, Schedule schedule) {
        return schedule.opensAt().isPresent() && schedule.closesAt().isPresent()
                ? page.say(
                        "listing.rule.times",
                        when,
                        page.times(schedule.opensAt().get(), schedule.closesAt().get()))
                : when;
    }

    private Content rule(Recurrence rule) {
        if (rule.start().isPresent() && rule.start().equals(rule.until())) {
            return page.say("listing.rule.once", page.date(rule.start().get()));
        }
        var days = page.isolated(String.join(page.plain("page.comma"), days(rule)));
        var every =
                switch (rule.frequency()) {
                    case DAILY -> every("listing.rule.daily", rule, days);
                    case WEEKLY -> every("listing.rule.weekly", rule, days);
                    case MONTHLY -> every("listing.rule.monthly", rule, days);
                    case YEARLY -> page.say("listing.rule.yearly");
                };
        return rule.until()
                .map(last -> page.say("listing.rule.until", every, page.date(last)))
                .orElse(every);
    }

    private Content every(String key, Recurrence rule, Content days) {
        return rule.interval() == 1
                ? page.say(key, days)
                : page.say(key + ".every", days, rule.interval());
    }

    private List<String> days(Recurrence rule) {
        var days = new ArrayList<String>();
        for (var it : rule.byDay()) {
            var day = page.weekday(it.day());
            days.add(
                    it.ordinal() == 0
                            ? day
                            : it.ordinal() < -2 || it.ordinal() > 5
                                    ? it.ordinal() + " " + day
                                    : page.plain("listing.rule.nth." + it.ordinal(), day));
        }
        rule.byMonthDay().stream()
                .sorted()
                .forEach(
                        day ->
                                days.add(
                                        day == -1
                                                ? page.plain("listing.rule.day.last")
                                                : page.plain("listing.rule.day", day)));
        if (days.isEmpty() && rule.start().isPresent()) {
            var first = rule.start().get();
            days.add(
                    rule.frequency() == Recurrence.Frequency.MONTHLY
                            ? page.plain("listing.rule.day", first.getDayOfMonth())
                            : page.weekday(first.getDayOfWeek()));
        }
        return days;
    }
}
