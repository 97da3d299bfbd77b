// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/// A packaged node with a large directory: its import and the pages meanwhile, memory, an index built anew while pages are asked for.
///
/// Usage: `java Directory.java TARGET SCRATCH LISTINGS SECONDS FROM KEEP`; the last two may be empty
public final class Directory {
    private static final int ASKING = 2; // threads, each a pause after each answer: some 80 pages a second, which a town does not reach
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration REST = Duration.ofSeconds(70); // the memory that malloc holds is given back once a minute
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Pattern FOUND = Pattern.compile("class=\"found\">([\\d,.\\s]+)");
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\",\"modified_date");
    private static final List<String> PAGES = List.of("/en/", "/ar/", "/en/t/housing", "/en/t/papers", "/en/search?q=food", "/en/search?q=legal+advice",
            "/es/search?q=", "/hsds/services", "/hsds/services?search=food", "/hsds/organizations", "/en/t/health/feed.atom");

    private final Path scratch;
    private final int listings;
    private final Duration load;
    private final Path keep;
    private final Waymark waymark;
    private final Path bin;
    private int all; // that can be found after the import

    private Directory(Path target, Path scratch, int listings, Duration load, Path keep) throws Exception {
        this.scratch = scratch;
        this.listings = listings;
        this.load = load;
        this.keep = keep;
        this.waymark = new Waymark(target, scratch);
        this.bin = target.resolve("waymark/bin/waymark");
    }

    public static void main(String[] arguments) throws Exception {
        var scratch = Path.of(arguments[1]);
        var keep = arguments[5].isEmpty() ? scratch.resolve("made") : Files.createDirectories(Path.of(arguments[5]));
        new Directory(Path.of(arguments[0]).toRealPath(), scratch, Integer.parseInt(arguments[2]), Duration.ofSeconds(Integer.parseInt(arguments[3])),
                keep).all(arguments[4]);
    }

    private void all(String from) throws Exception {
        var folder = keep.resolve("package");
        var made = from.isEmpty() ? Synthetic.invented(folder, listings) : Synthetic.of(Path.of(from), folder, listings);
        System.out.println("| what | measured | aim |\n|---|---|---|");
        try (var node = waymark.serve()) {
            var asking = new Asking(PAGES);
            Thread.sleep(load); // the compilers take most of the time of the first pages
            asking.report();
            importing(node, made, asking);
            asking.stop();
            Thread.sleep(REST);
            row("resident memory, idle after the import", node.resident() + " MB", "200 MB");
            serving(node);
        }
        rebuilding();
    }

    private void importing(Program node, Synthetic.Package made, Asking asking) throws Exception {
        var command = new ArrayList<>(List.of(bin.toString(), "import", "hsds", made.folder().toString(), "--publisher", "measured", "--data",
                scratch.resolve("data").toString(), "--country", "US", "--report", keep.resolve("report.json").toString()));
        if (Files.exists(made.topics())) {
            command.addAll(List.of("--topics", made.topics().toString()));
        }
        var used = node.cpu();
        var began = System.nanoTime();
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(keep.resolve("import.txt").toFile()).start();
        long highest = 0;
        while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
            highest = Math.max(highest, node.resident());
        }
        var took = System.nanoTime() - began;
        if (process.exitValue() != 0) {
            throw new IOException("The import failed:\n" + Files.readString(keep.resolve("import.txt")));
        }
        var cpu = node.cpu() - used;
        row("import of " + listings + " listings into the running node", seconds(took) + ", of its processor time " + seconds(cpu * 1_000_000), "60 s");
        row("pages meanwhile", asking.report(), "p95 100 ms");
        all = settled(asking);
        row("until all of it can be found, after the import", seconds(System.nanoTime() - began - took) + ", " + all + " found", "");
        row("highest resident memory meanwhile", Math.max(highest, node.resident()) + " MB", "");
        row("data on disk", waymark.disk() / 1_000_000 + " MB", "");
    }

    /// Waits until a search finds no more than 12 seconds ago: the index rests for 10 at most.
    private int settled(Asking asking) throws Exception {
        int before = -1;
        for (int now = found(); now != before || now == 0; now = found()) {
            before = now;
            Thread.sleep(12_000);
        }
        asking.report();
        return before;
    }

    private int found() throws IOException {
        var matcher = FOUND.matcher(waymark.searched(""));
        return matcher.find() ? Integer.parseInt(matcher.group(1).replaceAll("\\D", "")) : 0;
    }

    private void serving(Program node) throws Exception {
        var pages = new ArrayList<>(PAGES);
        pages.addAll(List.of("/hsds/services?minimal=true", "/hsds/service_at_locations?postcode=33125", "/sitemap/1.xml"));
        var ids = ID.matcher(Http.ask(waymark.base, Http.get(waymark.base.resolve("/hsds/services?minimal=true&per_page=50"), "*/*")).text());
        for (int i = 0; i < 20 && ids.find(); i++) {
            pages.add("/en/s/" + ids.group(1));
        }
        var asking = new Asking(pages);
        Thread.sleep(load);
        asking.report();
        var used = node.cpu();
        Thread.sleep(load);
        row("pages with all listings there", asking.report(), "");
        row("the slowest of them, median", asking.slowest, "");
        row("of processor time, all together", "%.0f %% of a core".formatted((node.cpu() - used) * 100.0 / load.toMillis()), "");
        asking.stop();
        Thread.sleep(REST);
        row("resident memory, idle after those pages", node.resident() + " MB", "200 MB");
    }

    /// The index is thrown away, and the node started.
    private void rebuilding() throws Exception {
        try (var files = Files.walk(scratch.resolve("data/index"))) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        try (var node = waymark.serve()) {
            var began = System.nanoTime();
            var asking = new Asking(List.of("/en/", "/ar/", "/en/t/housing", "/en/search?q=food", "/hsds/services"));
            int now = found();
            while (now < all && System.nanoTime() - began < LONGEST.toNanos()) {
                Thread.sleep(100);
                now = found();
            }
            row("index built anew while pages are asked for", seconds(System.nanoTime() - began) + ", " + now + " found", "20 s");
            row("pages meanwhile, from the start on", asking.report(), "p95 100 ms");
            asking.stop();
        }
    }

    /// Visitors who ask for one page after the other.
    private final class Asking {
        private final List<String> pages;
        private final List<Thread> threads = new ArrayList<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Map<String, List<Long>> times = new TreeMap<>();
        private int failed;
        private String failure = "";
        String slowest = "";

        Asking(List<String> pages) {
            this.pages = pages;
            for (int i = 0; i < ASKING; i++) {
                int first = i * pages.size() / ASKING;
                threads.add(Thread.ofPlatform().daemon().start(() -> ask(first)));
            }
        }

        private void ask(int first) {
            Http.Connection connection = null;
            for (int i = first; !stopped.get(); i++) {
                var path = pages.get(i % pages.size());
                var began = System.nanoTime();
                try {
                    if (connection == null) {
                        connection = new Http.Connection(waymark.base);
                    }
                    int status = connection.ask(Http.get(URI.create(waymark.base + path), "*/*")).status();
                    note(path, System.nanoTime() - began, status == 200 ? "" : path + " " + status);
                    Thread.sleep(PAUSE);
                } catch (IOException e) {
                    connection = null;
                    note(path, System.nanoTime() - began, path + " " + e);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private synchronized void note(String path, long took, String trouble) {
            times.computeIfAbsent(path.replaceFirst("/s/.*", "/s/…"), _ -> new ArrayList<>()).add(took);
            if (!trouble.isEmpty()) {
                failed++;
                failure = trouble;
            }
        }

        /// What was measured since the last time.
        synchronized String report() {
            var all = times.values().stream().flatMap(List::stream).mapToLong(Long::longValue).sorted().toArray();
            slowest = times.entrySet().stream().sorted((one, other) -> Long.compare(median(other.getValue()), median(one.getValue()))).limit(4)
                    .map(it -> it.getKey() + " " + milliseconds(median(it.getValue()))).reduce((one, other) -> one + "; " + other).orElse("");
            var line = all.length == 0 ? "none" : "%d, median %s, p95 %s, p99 %s, longest %s%s".formatted(all.length, milliseconds(all[all.length / 2]),
                    milliseconds(all[all.length * 95 / 100]), milliseconds(all[all.length * 99 / 100]), milliseconds(all[all.length - 1]),
                    failed == 0 ? "" : "; " + failed + " FAILED, such as " + failure);
            times.clear();
            failed = 0;
            return line;
        }

        void stop() throws InterruptedException {
            stopped.set(true);
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    private static long median(List<Long> times) {
        return times.stream().mapToLong(Long::longValue).sorted().skip(times.size() / 2).findFirst().orElse(0);
    }

    private static void row(String what, String measured, String aim) {
        System.out.println("| " + what + " | " + measured + " | " + aim + " |");
    }

    private static String seconds(long nanoseconds) {
        return "%.1f s".formatted(nanoseconds / 1e9);
    }

    private static String milliseconds(long nanoseconds) {
        return "%.1f ms".formatted(nanoseconds / 1e6);
    }
}
