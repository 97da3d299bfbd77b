// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.waymark.node.referral.Side;

/// What an organisation may show to others of its counts (referral.md, Evidence): 0 or at least 5,
/// nothing that leads back to less, and nothing at all about services for people in danger.
public final class Published {

    static final String ASKED = "asked";
    static final String ANSWERS = "answers";
    static final String ENDINGS = "endings";
    static final String REFUSALS = "refusals";
    static final String LANGUAGES = "languages";
    static final String REACHED = "reached";

    static final List<String> ANSWER_COLUMNS =
            List.of("yes-in-time", "yes-late", "no-in-time", "no-late");
    static final List<String> ENDING_COLUMNS = List.of("helped", "not-helped", "stopped");
    private static final List<String> ONE = List.of("number");
    private static final String CANNOT_INTERPRET = "cannot-interpret";

    private final Report report;
    private final Side side;

    private Published(Report report, Side side) {
        this.report = report.withoutProtected();
        this.side = side;
    }

    /// The tables that have something in them; wholly hidden where a small number follows from them
    /// together with another.
    public static List<PublishedNumbers> of(Report report, Side side) {
        var published = new Published(report, side);
        return published.tables().stream()
                .filter(it -> !it.rows().isEmpty())
                .map(it -> published.tellsNothingBeside(it) ? it : it.hidden())
                .toList();
    }

    /// Each table hides its own small numbers; some say the same in two ways.
    private boolean tellsNothingBeside(PublishedNumbers table) {
        return switch (table.name()) {
            // Who was asked and did not answer.
            case ANSWERS -> isFar(asked(), answered());
            // What was answered with yes and has not ended, what was asked and has not.
            case ENDINGS -> isFar(agreed(), ended()) && isFar(asked(), ended());
            // Those whom nobody could interpret for are a row of the refusals.
            case LANGUAGES ->
                    find(tables(), REFUSALS)
                            .filter(it -> it.find(CANNOT_INTERPRET, ONE.getFirst()).isPresent())
                            .isPresent();
            default -> true;
        };
    }

    /// Whether for each topic, and in all, the one is the same as the other or far from it.
    private static boolean isFar(List<Count> some, List<Count> others) {
        var all = new ArrayList<Count>(some);
        all.addAll(others);
        var inAll = sum(some, "") - sum(others, "");
        return isFar(inAll)
                && names(all, Count::topic).stream()
                        .allMatch(it -> isFar(sum(some, it) - sum(others, it)));
    }

    private static boolean isFar(long difference) {
        return difference == 0 || Math.abs(difference) >= Suppression.LEAST;
    }

    /// @param topic empty for all of them
    private static long sum(List<Count> counts, String topic) {
        return counts.stream()
                .filter(it -> topic.isEmpty() || it.topic().equals(topic))
                .mapToLong(Count::times)
                .sum();
    }

    private List<Count> asked() {
        return of(Measure.ASKED);
    }

    private List<Count> answered() {
        return of(Measure.ANSWERED);
    }

    private List<Count> agreed() {
        return answered().stream().filter(it -> !it.detail().equals("no")).toList();
    }

    private List<Count> ended() {
        return of(Measure.HELPED, Measure.NOT_HELPED, Measure.STOPPED);
    }

    private List<PublishedNumbers> tables() {
        var months = report.period().months().stream().map(Object::toString).toList();
        var tables = new ArrayList<PublishedNumbers>();
        tables.add(table(ASKED, asked(), Count::topic, months, it -> it.month().toString()));
        tables.add(
                table(
                        ANSWERS,
                        answered(),
                        Count::topic,
                        ANSWER_COLUMNS,
                        it ->
                                (it.detail().equals("no") ? "no" : "yes")
                                        + (it.inTime() ? "-in-time" : "-late")));
        tables.add(
                table(
                        ENDINGS,
                        ended(),
                        Count::topic,
                        ENDING_COLUMNS,
                        it ->
                                it.measure()
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', '-')));
        tables.add(list(REFUSALS, of(Measure.REFUSED), Count::detail, _ -> false));
        tables.add(
                list(
                        LANGUAGES,
                        of(Measure.REFUSED).stream()
                                .filter(it -> !it.language().isEmpty())
                                .toList(),
                        Count::language,
                        _ -> false));
        // A large family is one request: as small as that.
        tables.add(list(REACHED, of(Measure.REACHED), Count::topic, this::helpedFew));
        return tables;
    }

    private boolean helpedFew(String topic) {
        var helped =
                of(Measure.HELPED).stream()
                        .filter(it -> it.topic().equals(topic))
                        .mapToLong(Count::times)
                        .sum();
        return helped < Suppression.LEAST;
    }

    private List<Count> of(Measure... measures) {
        var wanted = List.of(measures);
        return report.counts().stream()
                .filter(it -> it.side() == side && wanted.contains(it.measure()))
                .toList();
    }

    private static PublishedNumbers table(
            String name,
            List<Count> counts,
            Function<Count, String> row,
            List<String> columns,
            Function<Count, String> column) {
        var rows = names(counts, row);
        if (rows.isEmpty()) {
            return empty(name);
        }
        var numbers = numbers(counts, row, rows, column, columns);
        return PublishedNumbers.of(name, rows, columns, numbers, Suppression.hide(numbers), true);
    }

    /// One number to a row. Their sum can be guessed from other tables, so nothing hides behind it.
    private static PublishedNumbers list(
            String name,
            List<Count> counts,
            Function<Count, String> row,
            java.util.function.Predicate<String> isSmall) {
        var rows = names(counts, row);
        if (rows.isEmpty()) {
            return empty(name);
        }
        var numbers = numbers(counts, row, rows, _ -> ONE.getFirst(), ONE);
        var small = new boolean[rows.size()][1];
        for (int at = 0; at < rows.size(); at++) {
            small[at][0] = numbers[at][0] > 0 && isSmall.test(rows.get(at));
        }
        return PublishedNumbers.of(
                name, rows, ONE, numbers, Suppression.hide(numbers, small, true), false);
    }

    private static PublishedNumbers empty(String name) {
        return new PublishedNumbers(name, List.of(), List.of(), List.of(), false);
    }

    private static List<String> names(List<Count> counts, Function<Count, String> row) {
        return List.copyOf(
                counts.stream()
                        .map(row)
                        .collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
    }

    private static long[][] numbers(
            List<Count> counts,
            Function<Count, String> row,
            List<String> rows,
            Function<Count, String> column,
            List<String> columns) {
        var numbers = new long[rows.size()][columns.size()];
        ToLongFunction<Count> times = Count::times;
        for (var count : counts) {
            numbers[rows.indexOf(row.apply(count))][columns.indexOf(column.apply(count))] +=
                    times.applyAsLong(count);
        }
        // What was taken back in a later month than it was counted can be below nothing.
        for (var line : numbers) {
            for (int at = 0; at < line.length; at++) {
                line[at] = Math.max(0, line[at]);
            }
        }
        return numbers;
    }

    static Optional<PublishedNumbers> find(List<PublishedNumbers> tables, String name) {
        return tables.stream().filter(it -> it.name().equals(name)).findFirst();
    }
}
