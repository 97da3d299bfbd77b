// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.Eventually.until;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.database.Transaction;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.packaging.faults.Presses.Fate;
import org.waymark.packaging.faults.UnrulyLine.Fault;

/// People at two nodes press whatever they may press, and sometimes what they may not, at random,
/// while the line between them loses, doubles, delays and swaps what they say and the nodes lose
/// power. No side leaves the life cycle, both agree in the end, and nothing of a person is where it
/// does not belong. Then more than a month passes in which nobody does anything: each clock rings
/// once, and nothing else happens. The second half of the model test of node, which walks the same
/// life cycle on the pure functions.
///
/// A run says how often each button was pressed and what became of it, and fails when too little
/// happened to show anything. `-Dwaymark.walks` says how many walk. `-Dwaymark.seed` repeats what
/// was drawn: what each person wants in which order and how long they rest, after how many presses
/// the power fails and where, which exchange on a line has which fault. It cannot repeat what the
/// machine decides: which of those who walk at once is first, what a page offers at the moment of a
/// press, which message is the tenth on its line. So a fault that needs a certain meeting of these
/// may take several runs of its seed to come back.
@Tag("packaged")
final class WalksTest {

    private static final boolean LONG = Boolean.getBoolean("waymark.long");
    private static final int WALKS = Integer.getInteger("waymark.walks", LONG ? 200 : 5);
    // 40: while some wait for power or for the other side, others go on.
    private static final int AT_ONCE = 40;
    // A power cut for each 12 to 20 presses, so in the middle of some, at the latest after 5 s.
    private static final int PRESSES_OF_A_CALM = 12;
    private static final Duration LONGEST_CALM = Duration.ofSeconds(5);
    // 2 s: sooner than a node tries by itself, late enough for it to try first.
    private static final Duration BETWEEN_SENDINGS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    // From so many on, everything that can happen has.
    private static final int MANY = 200;
    // Of nine presses of a walk some come too late or too early.
    private static final int LEAST_DONE_OF_A_WALK = 3;
    // Every so many go on to the end, so that clocks are left to ring.
    private static final int GOING_ON = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    // 40 days: longer than the longest clock, the monthly question; shorter than any retention.
    private static final Duration LONG_TIME = Duration.ofDays(40);
    private static final String BYSTANDER = "kitchen@waymark.example";

    @TempDir static Path scratch;
    private static Partners partners;
    private static Side shelter;
    private static Side clinic;
    // Another organisation on the clinic's node.
    private static Side kitchen;

    private final Presses presses = new Presses();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private int powerCuts;

    @BeforeAll
    static void meet() {
        partners = Partners.start(scratch);
        shelter = partners.shelter();
        clinic = partners.clinic();
        run("organization", "add", "--name", "Kitchen");
        run(
                "account",
                "add",
                "--email",
                BYSTANDER,
                "--organization",
                "kitchen",
                "--role",
                "CASEWORKER",
                "--password-file",
                clinic.node.passwordFile().toString());
        kitchen = new Side(clinic.node, clinic.relay);
        kitchen.takeToken(BYSTANDER);
    }

    private static void run(String... command) {
        var whole = new ArrayList<>(List.of(command));
        whole.addAll(List.of("--data", clinic.node.data()));
        var answer = clinic.node.run(whole.toArray(String[]::new));
        assertThat(answer.exit()).as(answer.text()).isZero();
    }

    @AfterAll
    static void close() {
        partners.close();
    }

    @Test
    void whateverPeopleDoBothAgreeInTheEndAndNoClockDoesAnythingButRing() {
        long seed = Long.getLong("waymark.seed", System.nanoTime());
        System.out.println(WALKS + " walks of seed " + seed + " (again with -Dwaymark.seed)");
        var began = System.nanoTime();
        var walks = new ArrayList<Walk>();
        while (walks.size() < WALKS) {
            walks.addAll(walk(seed, walks.size(), Math.min(AT_ONCE, WALKS - walks.size())));
        }
        walks.forEach(it -> it.checkWhatIsRead(walks));
        checkBystander();
        checkLine();
        kill();
        var here = Kept.of(shelter);
        var there = Kept.of(clinic);
        walks.forEach(it -> it.checkRows(get(here, it), get(there, it)));
        System.out.println("They ended " + ends(here));

        aLongTimePasses(seed, walks, here, there);

        var laterHere = Kept.of(shelter);
        var laterThere = Kept.of(clinic);
        for (var walk : walks) {
            walk.checkClocks(get(here, walk), get(laterHere, walk));
            walk.checkClocks(get(there, walk), get(laterThere, walk));
        }
        var rung = new TreeMap<Kind, Integer>();
        for (var kept : List.of(laterHere, laterThere)) {
            for (var one : kept.values()) {
                one.rung().forEach((clock, times) -> rung.merge(clock, times, Integer::sum));
            }
        }
        System.out.printf(
                "Seed %d: pressed %s; %d power cuts; faults %s; clocks that rang once %s; %d s%n",
                seed,
                presses,
                powerCuts,
                faults,
                rung,
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
        checkFloor(rung.keySet());
    }

    /// What did not happen was not tested.
    private void checkFloor(Set<Kind> rung) {
        assertThat(presses.count(Fate.DONE))
                .as("presses that did something: %s", presses)
                .isGreaterThanOrEqualTo(LEAST_DONE_OF_A_WALK * WALKS);
        assertThat(powerCuts).as("power cuts").isGreaterThanOrEqualTo(Math.max(1, WALKS / 10));
        assertThat(faults)
                .as("faults of the line")
                .containsKeys(Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.TWICE, Fault.DELAYED);
        assertThat(rung).as("clocks that rang").contains(Kind.CONSENT_ENDED);
        if (WALKS >= MANY) {
            assertThat(presses.done()).as("buttons").containsAll(Walk.allButtons());
            assertThat(presses.count(Fate.REFUSED)).as("presses refused").isPositive();
            assertThat(presses.count(Fate.CUT)).as("presses without an answer").isPositive();
            assertThat(faults).containsKeys(Fault.values());
            assertThat(rung).as("clocks that rang").containsAll(Kept.CLOCKS);
        }
    }

    /// Some at once, until both sides show the same and nothing is on its way.
    ///
    /// @param before how many have walked before them
    private List<Walk> walk(long seed, int before, int many) {
        var began = System.nanoTime();
        var chance = new Random(seed + before);
        try (var toShelter = new UnrulyLine(shelter.node.port(), seed + before);
                var toClinic = new UnrulyLine(clinic.node.port(), ~(seed + before));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            shelter.relay.passOnTo(toShelter.port());
            clinic.relay.passOnTo(toClinic.port());
            var walks =
                    IntStream.range(before, before + many)
                            .mapToObj(it -> newWalk(seed, it))
                            .toList();
            toShelter.rage();
            toClinic.rage();
            var all =
                    CompletableFuture.allOf(
                            walks.stream()
                                    .map(it -> CompletableFuture.runAsync(it, threads))
                                    .toArray(CompletableFuture[]::new));
            threads.execute(() -> sendAgainUntil(all));
            var kills = cutThePower(chance, all);
            all.join();
            var walked = System.nanoTime();
            toShelter.calm();
            toClinic.calm();
            agree(walks);
            powerCuts += kills;
            for (var line : List.of(toShelter, toClinic)) {
                line.counts().forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
            }
            System.out.printf(
                    "%d walked, %d power cuts, %d s; alike %d s later%n",
                    many,
                    kills,
                    Duration.ofNanos(walked - began).toSeconds(),
                    Duration.ofNanos(System.nanoTime() - walked).toSeconds());
            shelter.relay.passOnTo(shelter.node.port());
            clinic.relay.passOnTo(clinic.node.port());
            return walks;
        }
    }

    private Walk newWalk(long seed, int number) {
        return new Walk(partners, presses, seed + number, number % GOING_ON == 0);
    }

    /// @return how often
    private int cutThePower(Random chance, CompletableFuture<Void> all) {
        var kills = 0;
        var enough = presses.begun();
        var lastStart = 0L;
        do {
            // Counted from the last cut: while one side starts, the other goes on. On a busy
            // machine a start takes long, and both need power for a while.
            enough =
                    Math.max(enough, presses.begun())
                            + PRESSES_OF_A_CALM
                            + chance.nextInt(PRESSES_OF_A_CALM * 2 / 3);
            var victim = chance.nextBoolean() ? shelter : clinic;
            var middle = Duration.ofMillis(chance.nextInt(30));
            LockSupport.parkNanos(lastStart / 2);
            calm(enough, all);
            // Somebody has just pressed, and waits for the answer.
            LockSupport.parkNanos(middle.toNanos());
            victim.node.kill();
            var start = System.nanoTime();
            victim.node.start();
            lastStart = System.nanoTime() - start;
            kills++;
        } while (!all.isDone() || kills < 2);
        return kills;
    }

    /// Waits until so many presses have begun.
    private void calm(int enough, CompletableFuture<Void> all) {
        var end = System.nanoTime() + LONGEST_CALM.toNanos();
        while (presses.begun() < enough && !all.isDone() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private static void sendAgainUntil(CompletableFuture<Void> all) {
        while (!all.isDone()) {
            LockSupport.parkNanos(BETWEEN_SENDINGS.toNanos());
            shelter.trySendingAgain(clinic);
            clinic.trySendingAgain(shelter);
        }
    }

    private static void agree(List<Walk> walks) {
        var differing = new TreeSet<String>();
        try {
            until(
                    "both alike",
                    PATIENCE,
                    () -> {
                        shelter.trySendingAgain(clinic);
                        clinic.trySendingAgain(shelter);
                        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                        return areAlike(walks, differing)
                                && nothingWaits(shelter)
                                && nothingWaits(clinic);
                    });
        } catch (AssertionError e) {
            throw new AssertionError("They differ: " + differing, e);
        }
    }

    private static boolean areAlike(List<Walk> walks, Set<String> differing) {
        try {
            var here = shelter.standing();
            var there = clinic.standing();
            differing.clear();
            walks.stream()
                    .filter(it -> !it.isSame(here, there))
                    .forEach(it -> differing.add(it.difference(here, there)));
            return differing.isEmpty();
        } catch (UncheckedIOException e) {
            // Too busy to answer.
            return false;
        }
    }

    private static boolean nothingWaits(Side side) {
        var answer = side.node.run("queue", "--data", side.node.data());
        return answer.text().contains("in\t0") && answer.text().contains("out\t0");
    }

    /// Who shares the machine with the clinic knows of nobody.
    private static void checkBystander() {
        assertThat(kitchen.referrals()).isEmpty();
        for (var one : clinic.referrals()) {
            assertThat(clinic.reads(one.path("id").asText())).isTrue();
            assertThat(kitchen.reads(one.path("id").asText())).isFalse();
        }
    }

    private static void checkLine() {
        for (var side : List.of(shelter, clinic)) {
            for (var heard : List.of(side.relay.seen(), side.relay.answered())) {
                assertThat(Person.MARKERS)
                        .noneMatch(marker -> heard.stream().anyMatch(it -> it.contains(marker)));
            }
        }
    }

    private static void kill() {
        shelter.node.kill();
        clinic.node.kill();
    }

    /// Everything that is written down lies longer ago; the power fails while the clocks ring.
    private static void aLongTimePasses(
            long seed, List<Walk> walks, Map<String, Kept> here, Map<String, Kept> there) {
        shelter.changeRows(WalksTest::moveBack);
        clinic.changeRows(WalksTest::moveBack);
        var chance = new Random(seed);
        for (var side : List.of(shelter, clinic)) {
            side.node.start();
            LockSupport.parkNanos(Duration.ofMillis(chance.nextInt(500)).toNanos());
            side.node.kill();
            side.node.start();
        }
        walks.forEach(Walk::endConsent);
        shelter.node.kill();
        shelter.node.start();
        var waiting = new ArrayList<>(walks);
        until(
                "all clocks rang",
                PATIENCE,
                () -> {
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                    waiting.removeIf(it -> rang(it, here, there));
                    return waiting.isEmpty();
                });
        agree(walks);
        kill();
    }

    private static boolean rang(Walk walk, Map<String, Kept> here, Map<String, Kept> there) {
        try {
            return walk.hasRung(get(here, walk), get(there, walk));
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static void moveBack(Transaction tx) {
        var time = LONG_TIME.toMillis();
        tx.update(
                "UPDATE referral SET created_at = created_at - ?, sent_at = sent_at - ?,"
                        + " respond_by = respond_by - ?, changed_at = changed_at - ?,"
                        + " contact_sent_at = contact_sent_at - ?",
                time,
                time,
                time,
                time,
                time);
        tx.update("UPDATE referral_event SET happened_at = happened_at - ?", time);
        tx.update("UPDATE referral_duty SET since = since - ?, due = due - ?", time, time);
        tx.update("UPDATE job SET due = due - ?", time);
    }

    private static Kept get(Map<String, Kept> rows, Walk walk) {
        return Objects.requireNonNull(rows.get(walk.referral.toString()), walk.toString());
    }

    private static Map<String, Integer> ends(Map<String, Kept> rows) {
        var ends = new TreeMap<String, Integer>();
        rows.values().forEach(it -> ends.merge(it.state().name(), 1, Integer::sum));
        return ends;
    }
}
