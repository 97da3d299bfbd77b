// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.node.Relay;
import org.waymark.node.privacy.Acting;

/// A partner that is down, for an hour or for weeks.
class OutageTest {

    private static final int LANES = 12;

    private Sending shelter;
    private Relay line;
    private OtherServer clinic;

    @BeforeEach
    void open(@TempDir Path folder) {
        shelter = new Sending(folder);
        line = new Relay();
        clinic = OtherServer.behind(line, shelter.clock);
        assertThat(shelter.remoteActors.refresh(clinic.actor())).isPresent();
    }

    @AfterEach
    void close() {
        shelter.close();
        clinic.close();
        line.close();
    }

    @Tag("attack:peer-down-seven-days")
    @Test
    @Timeout(60)
    void aPartnerThatWasDownForAWeekGetsEverythingOnceAndInOrder() {
        line.cut();
        var sent = new LinkedHashMap<String, List<String>>();
        var probes = new ArrayList<Instant>();
        var end = shelter.clock.instant().plus(Duration.ofDays(7));
        for (int step = 0; shelter.clock.instant().isBefore(end); step++) {
            if (step % 3 == 0) {
                send(sent, "/s/" + step % LANES);
            }
            var before = line.turnedAway();
            shelter.work.runDue();
            for (int i = before; i < line.turnedAway(); i++) {
                probes.add(shelter.clock.instant());
            }
            // The first hour is watched closely.
            shelter.clock.advance(Duration.ofMinutes(step < 60 ? 1 : 20));
        }
        checkOneProbeEachInterval(probes);

        line.mend();
        shelter.clock.advance(Duration.ofHours(1));
        shelter.work.start();
        var all = sent.values().stream().mapToInt(List::size).sum();
        while (clinic.received().size() < all) {
            LockSupport.parkNanos(1_000_000);
        }

        assertThat(clinic.received()).doesNotHaveDuplicates().hasSize(all);
        sent.values().forEach(lane -> assertThat(clinic.received()).containsSubsequence(lane));
        assertThat(clinic.mostAtOnce()).isLessThanOrEqualTo(4);
        assertThat(shelter.hosts.find(Acting.node(), Lanes.host(clinic.actor())))
                .hasValueSatisfying(host -> assertThat(host.failures()).isZero());
    }

    @Test
    @Timeout(60)
    void theEndOfADeliveryWaitsForTheHostAndHoldsNothingMeanwhile() throws InterruptedException {
        shelter.send(clinic, "/s/1");
        shelter.work.runDue();
        var activity = shelter.send(clinic, "/s/1");
        var worker = new Thread(shelter.work::runDue);

        shelter.database.run(
                tx -> {
                    shelter.hosts.reached(tx, Lanes.host(clinic.actor()));
                    worker.start();
                    awaitOneThatWaits();
                    // As an outage ends: first the host, then its deliveries.
                    assertThat(
                                    tx.update(
                                            "UPDATE delivery SET attempts = attempts"
                                                    + " WHERE activity = ?",
                                            activity))
                            .isEqualTo(1);
                });
        worker.join();

        assertThat(shelter.stateOf(activity).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    private void awaitOneThatWaits() {
        var waiting = 0L;
        while (waiting == 0) {
            LockSupport.parkNanos(1_000_000);
            waiting =
                    shelter.database.read(
                            tx ->
                                    tx.find(
                                                    "SELECT COUNT(*) AS many FROM"
                                                            + " SYSCS_DIAG.LOCK_TABLE"
                                                            + " WHERE STATE = 'WAIT'",
                                                    row -> row.number("many"))
                                            .orElseThrow());
        }
    }

    @Test
    void aPartnerThatAsksForPatienceGetsItForAllLanes() {
        clinic.answer(429, "600");
        shelter.send(clinic, "/s/1");
        shelter.work.runDue();
        clinic.answer(202);

        var other = shelter.send(clinic, "/s/2");
        shelter.clock.advance(Duration.ofSeconds(599));
        shelter.work.runDue();
        assertThat(clinic.received()).isEmpty();

        shelter.clock.advance(Duration.ofSeconds(1));
        shelter.work.runDue();
        assertThat(clinic.received()).hasSize(2).contains(other.toString());
    }

    @Test
    void aMessageThatIsRefusedHoldsUpNoOther() {
        clinic.answer(403);
        shelter.send(clinic, "/s/1");
        for (int attempt = 0; attempt < 9; attempt++) {
            shelter.work.runDue();
            shelter.clock.advance(Duration.ofMinutes(30));
        }
        clinic.answer(202);
        var other = shelter.send(clinic, "/s/2");
        shelter.work.runDue();

        assertThat(clinic.received()).contains(other.toString());
    }

    @Test
    void anInboxThatSaysItIsGoneIsTriedAgainWhileItsActorIsThere() {
        clinic.answer(410);
        var activity = shelter.send(clinic, "/s/1");
        shelter.work.runDue();
        assertThat(shelter.stateOf(activity).state()).isEqualTo(DeliveryState.QUEUED);

        clinic.answer(202);
        shelter.clock.advance(Duration.ofMinutes(1));
        shelter.work.runDue();

        assertThat(clinic.received()).containsExactly(activity.toString());
    }

    @Test
    void aServerWhoseActorIsGoneTooIsGivenUpAtOnce() {
        clinic.answer(410);
        clinic.actorAnswers(410);
        var first = shelter.send(clinic, "/s/1");
        var second = shelter.send(clinic, "/s/2");
        shelter.work.runDue();

        assertThat(List.of(shelter.stateOf(first), shelter.stateOf(second)))
                .allSatisfy(
                        it -> {
                            assertThat(it.state()).isEqualTo(DeliveryState.GIVEN_UP);
                            assertThat(it.code()).contains("actor-gone");
                        });
    }

    @Test
    void afterFourteenDaysOfOutageAllThatWaitedSoLongIsGivenUpAndTheRestGoes() {
        line.cut();
        var old = new ArrayList<URI>();
        for (int lane = 0; lane < LANES; lane++) {
            old.add(shelter.send(clinic, "/s/" + lane));
        }
        for (int hour = 0; hour < 24 * 13; hour++) {
            shelter.work.runDue();
            shelter.clock.advance(Duration.ofHours(1));
        }
        var young = shelter.send(clinic, "/s/1");
        for (int hour = 0; hour < 30; hour++) {
            shelter.work.runDue();
            shelter.clock.advance(Duration.ofHours(1));
        }

        assertThat(old)
                .allSatisfy(
                        it ->
                                assertThat(shelter.stateOf(it).state())
                                        .isEqualTo(DeliveryState.GIVEN_UP));
        line.mend();
        shelter.work.runDue();
        assertThat(clinic.received()).containsExactly(young.toString());
    }

    private void send(Map<String, List<String>> sent, String lane) {
        sent.computeIfAbsent(lane, _ -> new ArrayList<>())
                .add(shelter.send(clinic, lane).toString());
    }

    /// Three failures open the circuit; from then on one attempt each interval, and in the end one
    /// an hour.
    private static void checkOneProbeEachInterval(List<Instant> probes) {
        assertThat(probes).hasSizeLessThan(7 * 24 + 15);
        for (int i = 4; i < probes.size(); i++) {
            var wait = Duration.between(probes.get(i - 1), probes.get(i));
            var doubled = Duration.ofSeconds(5L << Math.min(i - 3, 10));
            var least = doubled.compareTo(Duration.ofHours(1)) < 0 ? doubled : Duration.ofHours(1);
            // Jitter takes a quarter at most.
            assertThat(wait).isGreaterThanOrEqualTo(least.multipliedBy(3).dividedBy(4));
        }
    }
}
