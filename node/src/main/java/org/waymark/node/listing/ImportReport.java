// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.waymark.node.listing.hsds.Fault;

/// What an import found and did: for every file rows = imported + reported, and every kind of
/// problem with its count, examples and what was done about it.
public final class ImportReport {

    // 1,000: enough for staff to work through; a report must not grow like the directory.
    private static final int MOST_EXAMPLES = 1000;
    private static final int EXAMPLES_ON_TERMINAL = 3;

    private final Map<String, Count> files = new LinkedHashMap<>();
    private final Map<Problem, Found> problems = new EnumMap<>(Problem.class);
    private final Map<Fault.Code, Found> faults = new EnumMap<>(Fault.Code.class);
    private final List<Sample> samples = new ArrayList<>();
    private int services;
    private int changed;
    private int held;

    /// One of the first services, as it would come in.
    public record Sample(
            String name,
            String description,
            List<Topic> topics,
            Set<String> languages,
            boolean held) {}

    // 20: enough to see whether columns were taken for what they are.
    private static final int MOST_SAMPLES = 20;

    private static final class Count {
        private int rows;
        private int imported;
        private int reported;
    }

    private static final class Found {
        private int count;
        private final List<String> examples = new ArrayList<>();
    }

    /// A file that is being read.
    public void file(String file) {
        files.put(file, new Count());
    }

    /// One record of it. Each must end in [#imported] or [#leftOut].
    public void row(String file) {
        count(file).rows++;
    }

    /// A record that becomes part of the directory.
    public void imported(String file) {
        count(file).imported++;
    }

    /// A row that does not become part of the directory.
    public void leftOut(String file, Problem problem, String example) {
        if (!problem.leavesRowOut()) {
            throw new IllegalArgumentException(problem + " leaves no row out");
        }
        count(file).reported++;
        note(problem, example);
    }

    /// Something that was put right or deserves a look.
    public void note(Problem problem, String example) {
        var found = problems.computeIfAbsent(problem, _ -> new Found());
        found.count++;
        if (found.examples.size() < MOST_EXAMPLES) {
            found.examples.add(example);
        }
    }

    /// Holds a record against HSDS, as it is after all that could be put right.
    void check(Aggregate record) {
        for (var fault : ModelFaults.of(record)) {
            var found = faults.computeIfAbsent(fault.code(), _ -> new Found());
            found.count++;
            if (found.examples.size() < MOST_EXAMPLES) {
                found.examples.add(
                        "%s %s %s: %s"
                                .formatted(
                                        ModelFaults.file(record),
                                        record.id(),
                                        record.json().path("name").asText(),
                                        fault.path()));
            }
        }
    }

    /// What HSDS does not allow in what came in, most frequent first, for a page.
    public List<FaultLine> faults() {
        return faults.entrySet().stream()
                .map(
                        entry ->
                                new FaultLine(
                                        entry.getKey(),
                                        entry.getValue().count,
                                        entry.getValue().examples.stream().limit(10).toList()))
                .sorted(Comparator.comparingInt(FaultLine::count).reversed())
                .toList();
    }

    /// One kind of fault; each example names the file, the record and the member.
    public record FaultLine(Fault.Code code, int count, List<String> examples) {}

    void service(boolean isHeld) {
        services++;
        if (isHeld) {
            held++;
        }
    }

    /// Shown before anything is written.
    void sample(Aggregate service, Ruling ruling) {
        if (samples.size() < MOST_SAMPLES) {
            var json = service.json();
            var languages = new TreeSet<String>();
            json.path("translations").fieldNames().forEachRemaining(languages::add);
            Document.text(json, "base_language").ifPresent(languages::add);
            samples.add(
                    new Sample(
                            json.path("name").asText(),
                            json.path("description").asText(),
                            TopicTaxonomy.of(json).stream().sorted().toList(),
                            languages,
                            !ruling.review().isPublished()));
        }
    }

    /// Some of the services of a dry run.
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /// What was found, most frequent first, for a page.
    public List<Line> problems() {
        return problems.entrySet().stream()
                .map(
                        entry ->
                                new Line(
                                        entry.getKey(),
                                        entry.getValue().count,
                                        entry.getValue().examples.stream().limit(10).toList()))
                .sorted(Comparator.comparingInt(Line::count).reversed())
                .toList();
    }

    /// One kind of problem with some examples.
    public record Line(Problem problem, int count, List<String> examples) {}

    /// Records that were not taken in.
    public int leftOut() {
        return files.values().stream().mapToInt(count -> count.reported).sum();
    }

    void changed(int number) {
        changed += number;
    }

    private Count count(String file) {
        return files.computeIfAbsent(file, _ -> new Count());
    }

    /// Every row must be accounted for; anything else is our own mistake, never the package's.
    void check() {
        files.forEach(
                (file, count) -> {
                    if (count.rows != count.imported + count.reported) {
                        throw new IllegalStateException(
                                "%s: %d rows, but %d imported and %d reported"
                                        .formatted(
                                                file, count.rows, count.imported, count.reported));
                    }
                });
    }

    /// Services that the package gave us.
    public int services() {
        return services;
    }

    /// Listings and shared objects that are new or changed; 0 when everything was known.
    public int changes() {
        return changed;
    }

    /// Services in the review queue or held by staff.
    public int held() {
        return held;
    }

    int rows(String file) {
        return count(file).rows;
    }

    int importedRows(String file) {
        return count(file).imported;
    }

    int reportedRows(String file) {
        return count(file).reported;
    }

    int found(Problem problem) {
        var found = problems.get(problem);
        return found == null ? 0 : found.count;
    }

    List<String> examples(Problem problem) {
        var found = problems.get(problem);
        return found == null ? List.of() : List.copyOf(found.examples);
    }

    /// Whether anything is to be said beyond the counts.
    public boolean hasProblems() {
        return !problems.isEmpty() || !faults.isEmpty();
    }

    /// For the terminal.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("%-46s %8s %9s %9s".formatted("file", "rows", "imported", "reported"));
        files.forEach(
                (file, count) ->
                        lines.add(
                                "%-46s %,8d %,9d %,9d"
                                        .formatted(
                                                file, count.rows, count.imported, count.reported)));
        problems.forEach(
                (problem, found) -> {
                    lines.add("");
                    lines.add(
                            "%,d x %s: %s (%s)"
                                    .formatted(
                                            found.count,
                                            problem.meaning(),
                                            problem.done(),
                                            problem.code()));
                    found.examples.stream()
                            .limit(EXAMPLES_ON_TERMINAL)
                            .forEach(example -> lines.add("    " + example));
                });
        faults.forEach(
                (code, found) -> {
                    lines.add("");
                    lines.add("%,d x Not as HSDS wants it (%s)".formatted(found.count, code.key()));
                    found.examples.stream()
                            .limit(EXAMPLES_ON_TERMINAL)
                            .forEach(example -> lines.add("    " + example));
                });
        lines.add("");
        lines.add(
                "%,d services, %,d of them not published before a person has looked; %,d changes"
                        .formatted(services, held, changed));
        return lines;
    }

    /// For a file.
    public ObjectNode json() {
        var json = Document.object();
        json.put("services", services).put("held", held).put("changes", changed);
        var fileList = json.putArray("files");
        files.forEach(
                (file, count) ->
                        fileList.addObject()
                                .put("file", file)
                                .put("rows", count.rows)
                                .put("imported", count.imported)
                                .put("reported", count.reported));
        var problemList = json.putArray("problems");
        problems.forEach(
                (problem, found) -> {
                    var entry =
                            problemList
                                    .addObject()
                                    .put("code", problem.code())
                                    .put("meaning", problem.meaning())
                                    .put("done", problem.done())
                                    .put("count", found.count);
                    found.examples.forEach(entry.putArray("examples")::add);
                });
        var faultList = json.putArray("faults");
        faults.forEach(
                (code, found) -> {
                    var entry =
                            faultList.addObject().put("code", code.key()).put("count", found.count);
                    found.examples.forEach(entry.putArray("examples")::add);
                });
        return json;
    }
}
