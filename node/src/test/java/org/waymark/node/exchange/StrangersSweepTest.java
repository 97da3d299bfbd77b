// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;

/// Actors of subdomains that cost nothing, ten times as many as are kept.
class StrangersSweepTest {

    private static final int MOST = 100;
    private static final URI PARTNER = URI.create("https://clinic.example/o/1");

    private Sending node;

    @BeforeEach
    void wire(@TempDir Path folder) {
        node = new Sending(folder);
        node.remoteActors.whenAdded(
                new StrangersSweep(node.database, node.work, new OnePartner(), MOST, node.clock));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Tag("attack:wildcard-subdomain-actors")
    @Test
    void noMoreStrangersAreKeptThanTheLimitAndThePartnerIs() {
        node.remoteActors.put(actor(PARTNER));

        for (int i = 0; i < 10 * MOST; i++) {
            node.clock.advance(Duration.ofSeconds(1));
            node.remoteActors.put(actor(URI.create("https://s" + i + ".hostile.example/o/1")));
            heard("s" + i + ".hostile.example");
            node.work.runDue();
            assertThat(count("remote_actor")).isLessThanOrEqualTo(1 + MOST + MOST / 10);
        }

        assertThat(node.remoteActors.find(PARTNER)).isPresent();
        assertThat(node.remoteActors.find(URI.create("https://s999.hostile.example/o/1")))
                .isPresent();
        assertThat(count("remote_host")).isLessThanOrEqualTo(1 + MOST + MOST / 10);
        assertThat(count("remote_key")).isLessThanOrEqualTo(1 + MOST + MOST / 10);
    }

    @Test
    void aStrangerIsForgottenAfterAWeekOfSilence() {
        var stranger = URI.create("https://other.example/o/1");
        node.remoteActors.put(actor(stranger));
        node.remoteActors.put(actor(PARTNER));

        node.clock.advance(Duration.ofDays(6));
        node.work.runDue();
        assertThat(node.remoteActors.find(stranger)).isPresent();

        node.clock.advance(Duration.ofDays(2));
        node.work.runDue();
        assertThat(node.remoteActors.find(stranger)).isEmpty();
        assertThat(node.remoteActors.find(PARTNER)).isPresent();
    }

    @Test
    void aHostIsForgottenWithItsLastActorAndAtOnceWhereItNeverHadOne() {
        node.remoteActors.put(actor(PARTNER));
        node.remoteActors.put(actor(URI.create("https://other.example/o/1")));
        for (var host : List.of("clinic.example", "other.example", "nobody.example")) {
            heard(host);
        }

        node.clock.advance(Duration.ofDays(2));
        node.work.runDue();
        assertThat(count("remote_host")).isEqualTo(2);

        node.clock.advance(Duration.ofDays(6));
        node.work.runDue();
        assertThat(count("remote_host")).isEqualTo(1);
    }

    private void heard(String host) {
        node.database.run(tx -> node.hosts.heard(tx, host));
    }

    private long count(String table) {
        return node.database.read(
                tx ->
                        tx.find("SELECT COUNT(*) AS many FROM " + table, row -> row.number("many"))
                                .orElseThrow());
    }

    private static Actor actor(URI id) {
        return new Actor(Draft.of("Organization", id).set("inbox", URI.create(id + "/in")).json());
    }

    private static final class OnePartner implements Trust {
        @Override
        public boolean isPartner(URI actor) {
            return true;
        }

        @Override
        public boolean isNeeded(URI actor) {
            return actor.equals(PARTNER);
        }

        @Override
        public Answer ask(Activity activity, String subject) {
            return new Answer.Welcome();
        }

        @Override
        public boolean isPaused(URI address) {
            return false;
        }
    }
}
