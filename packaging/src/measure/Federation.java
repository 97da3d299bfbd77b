// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What federation costs the packaged node, beside an independent server (Fedify) in the same run: taking in, being looked up, telling many.
/// Processor time stands beside wall-clock time, because it stays true on a machine that does other things meanwhile.
///
/// Usage: `java Federation.java TARGET SCRATCH ACTIVITIES HOSTS WARM-UP PARTS`, with `TARGET/waymark` and `TARGET/interop` there; PARTS is
/// `all` or the names of some, with commas
public final class Federation {
    private static final int CONNECTIONS = 16;
    private static final int FIRST = 10_000; // of many activities; memory after these is compared with memory after all
    private static final int MOST_FOR_FEDIFY = 1_000; // its figures do not depend on how many, and it is slow
    private static final Duration REST = Duration.ofSeconds(30); // after which a process is called idle: the compilers have finished
    private static final int ROUNDS_OF_GETS = 5; // of 5 s; the compilers take most of the time of the first ones
    private static final int FAN_OUTS_TO_WARM_UP = 16; // the compilers take half of the time of the first ones
    private static final int OPEN_LOOP_PER_SECOND = 50;
    private static final int OPEN_LOOP = 3000; // one in a hundred of 500 would be five requests, which say little
    private static final int FAN_OUTS_TO_COMPARE = 7;

    private final Path target;
    private final Path scratch;
    private final int activities;
    private final int warmUp;
    private final List<String> parts;
    private final Hosts hosts;
    private final Waymark waymark;
    private final URI node;
    private final URI fedify = Waymark.free();
    private final AtomicInteger numbers = new AtomicInteger();
    private boolean failed;

    private Federation(Path target, Path scratch, int activities, int hosts, int warmUp, List<String> parts) throws Exception {
        this.target = target;
        this.scratch = scratch;
        this.activities = activities;
        this.warmUp = warmUp;
        this.parts = parts;
        this.hosts = new Hosts(hosts);
        this.waymark = new Waymark(target, scratch);
        this.node = waymark.base;
    }

    public static void main(String[] arguments) throws Exception {
        var federation = new Federation(Path.of(arguments[0]).toRealPath(), Path.of(arguments[1]), Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]), List.of(arguments[5].split(",")));
        federation.all();
        System.exit(federation.failed ? 1 : 0); // the stub servers are still open
    }

    private void all() throws Exception {
        System.out.println("| what | Waymark | Fedify | ratio |\n|---|---|---|---|");
        try (var ours = waymark.serve();
                var theirs = fedify()) {
            befriend();
            waymark.signIn();
            part("actor GET", () -> gets(ours, theirs));
            part("inbox", () -> inbox(ours, theirs));
            part("inbox at 50 per second", this::openLoop);
            part("unknown key", this::unknownKey);
            part("fan-out", () -> fanOut(ours, theirs));
            part("idle", () -> rest(ours, theirs));
            part("fan-out with dead hosts", this::fanOutPastTheDead);
        }
    }

    private interface Part {
        void measure() throws Exception;
    }

    /// A part that fails does not keep the others from being measured.
    private void part(String name, Part part) {
        if (!parts.contains("all") && !parts.contains(name)) {
            return;
        }
        try {
            part.measure();
        } catch (Exception e) {
            failed = true;
            System.out.println("| " + name + " | **failed** | | |");
            System.err.println(name + " failed: " + e);
        }
    }

    private Program fedify() throws IOException {
        var command = List.of(target.resolve("interop/node").toString(), target.resolve("interop/peer.mjs").toString(),
                String.valueOf(fedify.getPort()), scratch.toString());
        return Program.start("Fedify is ready at ", scratch.resolve("fedify-log"), Map.of("QUIET", "1"), command);
    }

    /// Every host becomes a partner whose listings we copy and who hears of ours.
    private void befriend() throws Exception {
        var organization = waymark.organization();
        for (int host = 0; host < hosts.count(); host++) {
            var address = hosts.base(host).toString();
            until(address + " asked", () -> waymark.control("peer", "request", address).contains("\"exit\":0"));
        }
        until("all peers active", () -> waymark.control("peer", "list").split("active").length > hosts.count());
        for (int host = 0; host < hosts.count(); host++) {
            var me = hosts.clinic(host).toString();
            var follow = "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"Follow\",\"id\":\"" + hosts.base(host) + "/a/follow\",\"actor\":\""
                    + me + "\",\"to\":[\"" + organization + "\"],\"object\":\"" + organization + "\"}";
            var answer = Http.ask(node, hosts.signed(me, node.resolve("/inbox"), follow));
            if (answer.status() != 202) {
                throw new IOException("Follow: " + answer.first() + " " + answer.text());
            }
        }
        until("all follows heard", () -> hosts.posts.stream().filter(it -> it.body().contains(organization + "\"") && it.body().contains("\"type\":\"Follow\""))
                .map(Hosts.Post::host).distinct().count() >= hosts.count());
        // The last Accepts are still on their way; what comes before them is refused.
        for (int host = 0; host < hosts.count(); host++) {
            int number = host;
            until("listings of host " + host + " taken", () -> {
                var create = hosts.signed(hosts.clinic(number).toString(), waymark.inbox(), hosts.create(number, numbers.incrementAndGet()));
                return Http.ask(node, create).status() == 202;
            });
        }
        until("nothing waits", () -> waymark.waiting() == 0);
        LockSupport.parkNanos(REST.toNanos());
    }

    private void gets(Program ours, Program theirs) throws Exception {
        var mine = new ArrayList<Double>();
        var other = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS_OF_GETS; round++) { // the last one counts
            mine = gets(ours, waymark.organization());
            other = gets(theirs, fedify.resolve("/u/clinic"));
        }
        row("actor GET, per second", mine.get(0), other.get(0), "%.0f");
        row("actor GET, processor time each, ms", mine.get(1), other.get(1), "%.3f");
    }

    private static ArrayList<Double> gets(Program program, URI actor) throws Exception {
        var request = Http.get(actor, "application/activity+json");
        var end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        var used = program.cpu();
        var began = System.nanoTime();
        int done = together(4, _ -> {
            int count = 0;
            try (var connection = new Http.Connection(actor)) {
                for (; System.nanoTime() < end; count++) {
                    Http.expect(200, connection.ask(request));
                }
            }
            return count;
        }).stream().mapToInt(it -> it).sum();
        return new ArrayList<>(List.of(done * 1e9 / (System.nanoTime() - began), (program.cpu() - used) / (double) done));
    }

    /// What a number of activities cost.
    ///
    /// @param accepting seconds until the last one was answered
    /// @param processing seconds until none waited any more
    private record Cost(int activities, double accepting, double processing, double cpu) {
        Cost plus(Cost more) {
            return new Cost(activities + more.activities, accepting + more.accepting, processing + more.processing, cpu + more.cpu);
        }
    }

    /// All after the warm-up counts, and the last piece stands apart: until then the compilers have mostly finished.
    private void inbox(Program ours, Program theirs) throws Exception {
        send(node, creates(node, warmUp), CONNECTIONS);
        send(fedify, creates(fedify, Math.min(MOST_FOR_FEDIFY, warmUp)), CONNECTIONS);
        until("nothing waits", () -> waymark.waiting() == 0);
        long refused = waymark.refused();
        long disk = waymark.disk();
        long used = ours.cpu();
        var last = piece(ours, Math.min(FIRST, activities));
        var all = last;
        long kept = waymark.disk() - disk;
        long resident = ours.resident();
        for (int sent = FIRST; sent < activities; sent += FIRST) { // in pieces, for signed requests take memory
            last = piece(ours, Math.min(FIRST, activities - sent));
            all = all.plus(last);
        }
        double cpu = (ours.cpu() - used) / (double) all.activities(); // with what was done after the pieces
        expectTaken(refused);

        var theirFirst = creates(fedify, Math.min(MOST_FOR_FEDIFY, activities));
        long theirUsed = theirs.cpu();
        long theirBegan = System.nanoTime();
        send(fedify, theirFirst, CONNECTIONS);
        double theirRate = theirFirst.size() / seconds(theirBegan);
        double theirCpu = (theirs.cpu() - theirUsed) / (double) theirFirst.size();
        row("inbox, accepted per second", all.activities() / all.accepting(), theirRate, "%.0f");
        row("inbox, processed per second", all.activities() / all.processing(), theirRate, "%.0f");
        row("inbox, processor time each, ms", cpu, theirCpu, "%.2f");
        int first = Math.min(FIRST, activities);
        if (activities > FIRST) {
            row("inbox, the last " + last.activities() + ", processed per second", last.activities() / last.processing(), theirRate, "%.0f");
            row("inbox, the last " + last.activities() + ", processor time each, ms", last.cpu() / last.activities(), theirCpu, "%.2f");
            System.out.printf("| resident after %d activities against %d, MB | %d / %d | | %.2f |%n", activities, first, ours.resident(), resident,
                    ours.resident() / (double) resident);
        }
        row("resident after " + first + " activities (Fedify: " + theirFirst.size() + "), MB", resident, theirs.resident(), "%.0f");
        System.out.printf("| disk per 10,000 received activities, MB | %.1f | nothing kept | |%n", kept / 1e6 * 10_000 / first);
    }

    private Cost piece(Program ours, int count) throws Exception {
        var requests = creates(node, count);
        long used = ours.cpu();
        long began = System.nanoTime();
        send(node, requests, CONNECTIONS);
        double accepting = seconds(began);
        until("nothing waits", () -> waymark.waiting() == 0);
        return new Cost(count, accepting, seconds(began), ours.cpu() - used);
    }

    /// What was measured must be what was meant: nothing was refused after it was accepted, and the last one can be found.
    private void expectTaken(long refusedBefore) throws Exception {
        if (waymark.refused() != refusedBefore) {
            throw new IOException(waymark.refused() - refusedBefore + " activities were refused after they were accepted");
        }
        var last = "Advice " + numbers.get() + " at host";
        until("\"" + last + "\" found", () -> waymark.searched(last).contains(last + " "));
    }

    private List<byte[]> creates(URI server, int count) {
        var inbox = server.resolve("/inbox");
        return IntStream.range(0, count).parallel()
                .mapToObj(it -> hosts.signed(hosts.clinic(it % hosts.count()).toString(), inbox, hosts.create(it % hosts.count(), numbers.incrementAndGet())))
                .toList();
    }

    /// Closed loops over kept connections, each request once.
    private static void send(URI server, List<byte[]> requests, int connections) throws Exception {
        var next = new AtomicInteger();
        together(connections, _ -> {
            try (var connection = new Http.Connection(server)) {
                for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
                    Http.expect(202, connection.ask(requests.get(i)));
                }
            }
            return 0;
        });
    }

    private void openLoop() throws Exception {
        var mine = openLoop(node);
        var other = openLoop(fedify);
        row("inbox at 50 per second, p99, ms", mine[OPEN_LOOP * 99 / 100] / 1e6, other[OPEN_LOOP * 99 / 100] / 1e6, "%.1f");
        row("inbox at 50 per second, median, ms", mine[OPEN_LOOP / 2] / 1e6, other[OPEN_LOOP / 2] / 1e6, "%.1f");
    }

    /// A request every 20 ms, whether or not the one before was answered; times count from when it was due.
    private long[] openLoop(URI server) throws Exception {
        var requests = creates(server, OPEN_LOOP);
        var began = System.nanoTime() + 100_000_000;
        var times = together(CONNECTIONS, worker -> {
            var mine = new ArrayList<Long>();
            try (var connection = new Http.Connection(server)) {
                for (int i = worker; i < OPEN_LOOP; i += CONNECTIONS) {
                    var due = began + i * 1_000_000_000L / OPEN_LOOP_PER_SECOND;
                    LockSupport.parkNanos(due - System.nanoTime());
                    Http.expect(202, connection.ask(requests.get(i)));
                    mine.add(System.nanoTime() - due);
                }
            }
            return mine;
        });
        return times.stream().flatMap(List::stream).mapToLong(it -> it).sorted().toArray();
    }

    private void unknownKey() throws Exception {
        row("fetches of one unknown key under 16 first requests", unknownKey(node), unknownKey(fedify), "%.0f");
    }

    private double unknownKey(URI server) throws Exception {
        var stranger = hosts.base(7) + "/stranger-" + server.getPort();
        var inbox = server.resolve("/inbox");
        var requests = IntStream.range(0, CONNECTIONS)
                .mapToObj(it -> hosts.signed(stranger, inbox, hosts.create(7, numbers.incrementAndGet()).replace(hosts.clinic(7).toString(), stranger)))
                .toList();
        var before = hosts.fetches.get();
        together(CONNECTIONS, it -> Http.ask(server, requests.get(it)));
        return hosts.fetches.get() - before;
    }

    private void fanOut(Program ours, Program theirs) throws Exception {
        for (int round = 0; round < FAN_OUTS_TO_WARM_UP; round++) {
            fanOut(Set.of());
            fedifyFans();
        }
        var mine = fanOut(ours);
        var other = fedifyFans(theirs);
        row("fan-out to " + hosts.count() + " hosts, last delivery, s", mine[0], other[0], "%.2f");
        row("fan-out to " + hosts.count() + " hosts, processor time, ms", mine[1], other[1], "%.0f");
        hosts.slowDown(Duration.ofMillis(200));
        try {
            row("the same, every host 200 ms slow, s", fanOut(Set.of()), fedifyFans(), "%.2f");
        } finally {
            hosts.slowDown(Duration.ZERO);
        }
    }

    /// Comes last: what the dead never took is tried again and again. Living and dead in the same minute, the middle one of some each.
    private void fanOutPastTheDead() throws Exception {
        var all = middleFanOut(Set.of());
        var dead = IntStream.range(0, hosts.count() / 10).map(it -> it * 10).boxed().collect(Collectors.toSet());
        hosts.silence(dead);
        var living = middleFanOut(dead);
        System.out.printf("| fan-out, 10 %% of hosts never answer, last living one, s (all alive: %.2f) | %.2f | not measured | %.2f of all alive |%n", all,
                living, living / all);
    }

    private double middleFanOut(Set<Integer> dead) throws Exception {
        var seconds = new double[FAN_OUTS_TO_COMPARE];
        for (int round = 0; round < seconds.length; round++) {
            seconds[round] = fanOut(dead);
        }
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    private double[] fanOut(Program ours) throws Exception {
        var used = ours.cpu();
        var seconds = fanOut(Set.of());
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        return new double[] {seconds, ours.cpu() - used};
    }

    /// Publishes a listing at the staff pages.
    ///
    /// @return seconds from asking for the form until the last living host has answered
    private double fanOut(Set<Integer> dead) throws Exception {
        hosts.posts.clear();
        var name = "News " + numbers.incrementAndGet();
        var began = System.nanoTime();
        waymark.form("/admin/listings/new", Map.of("language", "en", "name", name, "topics", "housing", "referrals", "taken"));
        var reached = new HashSet<Integer>();
        until("told", () -> {
            hosts.posts.stream().filter(it -> it.body().contains(name)).map(Hosts.Post::host).filter(it -> !dead.contains(it)).forEach(reached::add);
            return reached.size() == hosts.count() - dead.size();
        });
        return hosts.posts.stream().filter(it -> it.body().contains(name) && !dead.contains(it.host())).mapToLong(Hosts.Post::nanoTime).max().orElse(began)
                / 1e9 - began / 1e9;
    }

    private double[] fedifyFans(Program theirs) throws Exception {
        var used = theirs.cpu();
        var seconds = fedifyFans();
        return new double[] {seconds, theirs.cpu() - used};
    }

    private double fedifyFans() throws Exception {
        var inboxes = IntStream.range(0, hosts.count()).mapToObj(it -> "\"" + hosts.base(it) + "/inbox\"").collect(Collectors.joining(","));
        var fan = fedify.resolve("/control/fan");
        var began = System.nanoTime();
        Http.expect(200, Http.ask(fan, Http.post(fan, Map.of(), ("{\"inboxes\":[" + inboxes + "]}").getBytes(StandardCharsets.UTF_8))));
        return seconds(began);
    }

    private void rest(Program ours, Program theirs) throws Exception {
        LockSupport.parkNanos(REST.toNanos());
        var before = new long[] {ours.cpu(), theirs.cpu()};
        LockSupport.parkNanos(Duration.ofSeconds(60).toNanos()); // the system counts in steps of 10 ms
        row("processor time while idle, % of a core", (ours.cpu() - before[0]) / 600.0, (theirs.cpu() - before[1]) / 600.0, "%.2f");
        row("resident at the end, MB", ours.resident(), theirs.resident(), "%.0f");
    }

    private interface Work<T> {
        T run(int worker) throws Exception;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static <T> List<T> together(int workers, Work<T> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(workers)) {
            var calls = IntStream.range(0, workers).mapToObj(it -> (Callable<T>) () -> work.run(it)).toList();
            var results = new ArrayList<T>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }

    private static void until(String what, Condition condition) throws Exception {
        var end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("Not within three minutes: " + what);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void row(String what, double waymark, double fedify, String format) {
        var ratio = fedify == 0 ? "" : String.format("%.2f", waymark / fedify);
        System.out.printf("| %s | " + format + " | " + format + " | %s |%n", what, waymark, fedify, ratio);
    }
}
