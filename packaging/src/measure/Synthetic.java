// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes a large HSDS 1.1 package: a real one again and again under other ids, or one of invented words.
final class Synthetic {
    private static final String TOPICS = "service_pillars.csv";
    private static final List<String> PILLARS = List.of("legal_status", "language", "education", "accommodation", "social_security", "employment",
            "transport", "social_integration", "health");

    private Synthetic() {}

    /// @param topics which service belongs to which topic; may not be there
    record Package(Path folder, Path topics) {}

    static Package of(Path source, Path folder, int services) throws IOException {
        Files.createDirectories(folder);
        var description = source.resolve("datapackage.json");
        if (Files.exists(description)) {
            Files.copy(description, folder.resolve("datapackage.json"));
        }
        var tables = Files.isDirectory(source.resolve("data")) ? source.resolve("data") : source;
        try (var files = Files.list(tables)) {
            var all = files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
            var serviceRows = rows(tables.resolve("services.csv")).size() - 1;
            var left = leftOut(tables.resolve("services.csv"), services % serviceRows);
            for (var file : all) {
                repeat(file, folder.resolve(file.getFileName()), services / serviceRows, left);
            }
            var topics = source.resolve("derived").resolve(TOPICS);
            if (Files.exists(topics)) {
                repeat(topics, folder.resolveSibling(TOPICS), services / serviceRows, left);
            }
        }
        return new Package(folder, folder.resolveSibling(TOPICS));
    }

    /// The services that the last, shorter turn lacks.
    private static Set<String> leftOut(Path file, int wanted) throws IOException {
        var rows = rows(file);
        int id = rows.getFirst().indexOf("id");
        return rows.stream().skip(1L + wanted).map(row -> row.get(id)).collect(Collectors.toCollection(HashSet::new));
    }

    /// @param whole how many turns have all of it; one more lacks some services, with what is theirs
    private static void repeat(Path from, Path to, int whole, Set<String> leftOut) throws IOException {
        var rows = rows(from);
        var head = rows.getFirst();
        boolean isServices = from.endsWith("services.csv");
        try (var out = Files.newBufferedWriter(to)) {
            write(out, head);
            for (int turn = 0; turn <= whole; turn++) {
                for (var row : rows.subList(1, rows.size())) {
                    if (turn < whole || isWanted(head, row, isServices, leftOut)) {
                        write(out, turn == 0 ? row : again(head, row, turn));
                    }
                }
            }
        }
    }

    private static boolean isWanted(List<String> head, List<String> row, boolean isServices, Set<String> leftOut) {
        int column = head.indexOf(isServices ? "id" : "service_id");
        return column < 0 || column >= row.size() || !leftOut.contains(row.get(column));
    }

    private static List<String> again(List<String> head, List<String> row, int turn) {
        var again = new ArrayList<String>();
        for (int i = 0; i < row.size(); i++) {
            var cell = row.get(i);
            var column = i < head.size() ? head.get(i) : "";
            boolean isId = column.equals("id") || column.endsWith("_id") && !column.equals("tax_id");
            again.add(cell.isBlank() ? cell : isId ? turn + "-" + cell : column.equals("name") ? cell + " " + (turn + 1) : cell);
        }
        return again;
    }

    /// A package of invented words: few of them frequent, most rare, as in any language.
    static Package invented(Path folder, int services) throws IOException {
        Files.createDirectories(folder);
        var random = new Random(42);
        var vocabulary = IntStream.range(0, 20_000).mapToObj(_ -> random.ints(4 + random.nextInt(8), 'a', 'z' + 1)
                .mapToObj(Character::toString).collect(Collectors.joining())).toList();
        int organizations = Math.max(1, services / 4);
        try (var organization = table(folder, "organizations", "id", "name", "description");
                var service = table(folder, "services", "id", "organization_id", "name", "description", "application_process", "fees");
                var location = table(folder, "locations", "id", "organization_id", "name");
                var at = table(folder, "services_at_location", "id", "service_id", "location_id");
                var address = table(folder, "physical_addresses", "id", "location_id", "address_1", "city", "postal_code", "country");
                var phone = table(folder, "phones", "id", "service_id", "number");
                var language = table(folder, "languages", "id", "service_id", "language");
                var hours = table(folder, "regular_schedules", "id", "service_id", "weekday", "opens_at", "closes_at");
                var topics = Files.newBufferedWriter(folder.resolveSibling(TOPICS))) {
            write(topics, List.of("service_id", "pillar", "strength"));
            for (int i = 0; i < organizations; i++) {
                write(organization, List.of("" + i, words(random, vocabulary, 3), words(random, vocabulary, 40)));
            }
            for (int i = 0; i < services; i++) {
                var id = "" + i;
                write(service, List.of(id, "" + random.nextInt(organizations), words(random, vocabulary, 4), words(random, vocabulary, 70),
                        random.nextBoolean() ? "Walk in." : "Call first.", random.nextInt(3) == 0 ? "None." : ""));
                write(location, List.of(id, "" + i % organizations, words(random, vocabulary, 2)));
                write(at, List.of(id, id, id));
                write(address, List.of(id, id, i % 200 + " Quay Street", "Town" + i % 40, "" + (10_000 + i % 40), "XL"));
                write(phone, List.of(id, id, "555-%04d".formatted(i % 10_000)));
                write(language, List.of(id + "-1", id, "English"));
                write(language, List.of(id + "-2", id, List.of("Spanish", "Arabic", "French", "Ukrainian").get(i % 4)));
                for (var day : List.of("Monday", "Wednesday", "Friday")) {
                    write(hours, List.of(id + day, id, day, "9:00am", (1 + i % 6) + ":00pm"));
                }
                write(topics, List.of(id, PILLARS.get(i % PILLARS.size()), "strong"));
            }
        }
        return new Package(folder, folder.resolveSibling(TOPICS));
    }

    private static Writer table(Path folder, String name, String... head) throws IOException {
        var out = Files.newBufferedWriter(folder.resolve(name + ".csv"));
        write(out, List.of(head));
        return out;
    }

    private static String words(Random random, List<String> vocabulary, int count) {
        return IntStream.range(0, count).mapToObj(_ -> {
            double share = random.nextDouble();
            return vocabulary.get((int) (vocabulary.size() * share * share * share));
        }).collect(Collectors.joining(" "));
    }

    private static void write(Writer out, List<String> row) throws IOException {
        out.write(row.stream().map(cell -> cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\n")));
    }

    private static List<List<String>> rows(Path file) throws IOException {
        var rows = new ArrayList<List<String>>();
        try (Reader in = Files.newBufferedReader(file)) {
            var row = new ArrayList<String>();
            var cell = new StringBuilder();
            boolean quoted = false;
            int before = ' ';
            for (int c = in.read(); c >= 0; before = c, c = in.read()) {
                if (c == '"') {
                    // A quote after one that seemed to close stands for itself.
                    if (!quoted && before == '"') {
                        cell.append('"');
                    }
                    quoted = !quoted;
                } else if (quoted || c != ',' && c != '\n' && c != '\r') {
                    cell.append((char) c);
                } else if (c != '\r') {
                    row.add(cell.toString());
                    cell.setLength(0);
                    if (c == '\n') {
                        rows.add(List.copyOf(row));
                        row.clear();
                    }
                }
            }
            if (!row.isEmpty() || !cell.isEmpty()) {
                row.add(cell.toString());
                rows.add(row);
            }
        }
        rows.set(0, rows.getFirst().stream().map(name -> name.strip().replace("\ufeff", "").toLowerCase(Locale.ROOT)).toList());
        return rows;
    }
}
