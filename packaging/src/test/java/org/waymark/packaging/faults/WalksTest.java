// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.packaging.Eventually.until;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
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

/// People at two nodes press whatever they may press, and sometimes what they may not, at random,
/// while the line between them loses, doubles, delays and swaps what they say and the nodes lose
/// power. No side leaves the life cycle, both agree in the end, and nothing of a person is where it
/// does not belong. Then more than a month passes in which nobody does anything: each clock rings
/// once, and nothing else happens. The second half of the model test of node, which walks the same
/// life cycle on the pure functions.
@Tag("packaged")
final class WalksTest {

    private static final boolean LONG = Boolean.getBoolean("waymark.long");
    private static final int WALKS = Integer.getInteger("waymark.walks", LONG ? 200 : 5);
    private static final int AT_ONCE = 20;
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
            walks.addAll(walk(seed + walks.size(), Math.min(AT_ONCE, WALKS - walks.size())));
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
        System.out.printf(
                "%d clocks rang once; all took %d s%n",
                rung(laterHere) + rung(laterThere),
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    /// Some at once, until both sides show the same and nothing is on its way.
    private static List<Walk> walk(long seed, int many) {
        var chance = new Random(seed);
        try (var toShelter = new UnrulyLine(shelter.node.port(), seed);
                var toClinic = new UnrulyLine(clinic.node.port(), ~seed);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            shelter.relay.passOnTo(toShelter.port());
            clinic.relay.passOnTo(toClinic.port());
            var walks =
                    IntStream.range(0, many).mapToObj(it -> new Walk(partners, seed + it)).toList();
            toShelter.rage();
            toClinic.rage();
            var all =
                    CompletableFuture.allOf(
                            walks.stream()
                                    .map(it -> CompletableFuture.runAsync(it, threads))
                                    .toArray(CompletableFuture[]::new));
            var kills = 0;
            var lastStart = 0L;
            do {
                // On a busy machine a start takes long: at least half of the time both have power.
                var pause = Duration.ofMillis(1_000 + chance.nextInt(2_000));
                LockSupport.parkNanos(pause.toNanos() + lastStart);
                var victim = chance.nextBoolean() ? shelter : clinic;
                victim.node.kill();
                var began = System.nanoTime();
                victim.node.start();
                lastStart = System.nanoTime() - began;
                kills++;
            } while (!all.isDone());
            all.join();
            toShelter.calm();
            toClinic.calm();
            agree(walks);
            System.out.printf(
                    "%d walks, %d power cuts, faults %s and %s%n",
                    many, kills, toShelter.counts(), toClinic.counts());
            shelter.relay.passOnTo(shelter.node.port());
            clinic.relay.passOnTo(clinic.node.port());
            return walks;
        }
    }

    private static void agree(List<Walk> walks) {
        var differing = new TreeSet<String>();
        try {
            until(
                    "both alike",
                    PATIENCE,
                    () -> {
                        shelter.sendAgain(clinic);
                        clinic.sendAgain(shelter);
                        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                        differing.clear();
                        walks.stream()
                                .filter(it -> !it.isSame())
                                .forEach(it -> differing.add(it.toString()));
                        return differing.isEmpty() && nothingWaits(shelter) && nothingWaits(clinic);
                    });
        } catch (AssertionError e) {
            throw new AssertionError("They differ: " + differing, e);
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
        until(
                "all clocks rang",
                PATIENCE,
                () -> {
                    LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
                    return rang(walks, here, there);
                });
        agree(walks);
        kill();
    }

    private static boolean rang(List<Walk> walks, Map<String, Kept> here, Map<String, Kept> there) {
        try {
            return walks.stream().allMatch(it -> it.hasRung(get(here, it), get(there, it)));
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

    private static int rung(Map<String, Kept> rows) {
        return rows.values().stream().mapToInt(it -> it.rung().size()).sum();
    }
}
