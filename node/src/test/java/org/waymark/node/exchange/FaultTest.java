// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;

/// What breaks under a node, and who tries to break it by sending much.
class FaultTest {

    @Tag("attack:activity-flood")
    @Test
    void aHostThatSendsWithoutEndIsAskedToWaitAndHoldsUpNoOther() {
        var clock = new TestClock();
        try (var node =
                        TestNode.still(
                                clock,
                                "shelter",
                                "Shelter",
                                "federation.activities-per-minute=20");
                var flooding = new OtherServer(clock);
                var other = new OtherServer(clock)) {
            var taken = 0;
            for (int i = 0; i < 40; i++) {
                taken += post(flooding, node) == 202 ? 1 : 0;
            }

            assertThat(taken).isEqualTo(20);
            assertThat(post(flooding, node)).isEqualTo(429);
            assertThat(post(other, node)).isEqualTo(202);
            clock.advance(Duration.ofSeconds(61));
            assertThat(post(flooding, node)).isEqualTo(202);
        }
    }

    @Tag("attack:disk-full")
    @Test
    void whatCannotBeStoredNowIsNotAcknowledgedAndTakenWhenItCan() {
        var clock = new TestClock();
        try (var node = TestNode.still(clock, "shelter", "Shelter");
                var sender = new OtherServer(clock)) {
            var follow = follow(sender, node);
            // A table that is not there fails as a disk does that has no room: on writing.
            node.database().run(tx -> tx.update("RENAME TABLE inbox_activity TO no_room"));
            assertThat(sender.post(node.url().resolve("/inbox"), follow)).isEqualTo(503);

            node.database().run(tx -> tx.update("RENAME TABLE no_room TO inbox_activity"));
            // Within the same second: the same request, word by word.
            assertThat(sender.post(node.url().resolve("/inbox"), follow)).isEqualTo(202);
            assertThat(stored(node, follow)).isEqualTo(1);
        }
    }

    @Tag("attack:clock-jump")
    @Test
    void aClockThatJumpsEitherWayLosesAndDoublesNothing(@TempDir Path folder) {
        try (var shelter = new Sending(folder);
                var clinic = new OtherServer(shelter.clock)) {
            shelter.remoteActors.refresh(clinic.actor());
            clinic.answer(503);
            var first = shelter.send(clinic, "/s/1");
            shelter.work.runDue();

            shelter.clock.advance(Duration.ofHours(13));
            shelter.work.runDue();
            shelter.clock.advance(Duration.ofHours(-13));
            var second = shelter.send(clinic, "/s/1");
            shelter.work.runDue();
            assertThat(clinic.received()).isEmpty();

            // When the clock has come to where it once was, and the other side is back.
            clinic.answer(202);
            for (int hour = 0; hour < 16; hour++) {
                shelter.clock.advance(Duration.ofHours(1));
                shelter.work.runDue();
            }
            assertThat(clinic.received()).containsExactly(first.toString(), second.toString());
        }
    }

    private static int post(OtherServer from, TestNode to) {
        return from.post(to.url().resolve("/inbox"), follow(from, to));
    }

    private static ObjectNode follow(OtherServer from, TestNode to) {
        return Draft.activity("Follow", from.at("/a/" + UUID.randomUUID()), from.actor())
                .set("object", to.actor())
                .document();
    }

    private static long stored(TestNode node, ObjectNode activity) {
        return node.database()
                .read(
                        tx ->
                                tx.find(
                                                "SELECT COUNT(*) AS many FROM inbox_activity"
                                                        + " WHERE activity = ?",
                                                row -> row.number("many"),
                                                URI.create(activity.path("id").asText()))
                                        .orElseThrow());
    }
}
