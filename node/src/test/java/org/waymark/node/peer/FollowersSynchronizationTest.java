// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.vocabulary.OrderedCollection;
import org.waymark.node.Relay;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.exchange.SignedGet;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Text;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.Follower.State;

/// When two sides disagree on who follows whom, the next post shows it and both are set right.
class FollowersSynchronizationTest {

    private static Relay shelterDoor;
    private static Relay clinicDoor;
    private static TwoNodes nodes;

    @BeforeAll
    static void peer() {
        shelterDoor = new Relay();
        clinicDoor = new Relay();
        nodes = TwoNodes.behind(shelterDoor, clinicDoor);
        nodes.peer();
    }

    @AfterAll
    static void close() {
        nodes.close();
        shelterDoor.close();
        clinicDoor.close();
    }

    @Test
    void whoDoesNotFollowAnyMoreSaysSo() {
        corrupt(
                nodes.clinic,
                "UPDATE agreement SET copies = 'OFF', our_follow = NULL WHERE partner = ?",
                nodes.shelter.organizationActor());

        publish("Open kitchen");

        assertThat(TwoNodes.agreementOf(nodes.shelter, nodes.clinic).sharesListings()).isFalse();
        corrupt(
                nodes.shelter,
                "UPDATE agreement SET their_follow = 'https://n2.example/a/1' WHERE partner = ?",
                nodes.clinic.organizationActor());
        corrupt(
                nodes.clinic,
                "UPDATE agreement SET copies = 'ON', our_follow = 'https://n2.example/a/1'"
                        + " WHERE partner = ?",
                nodes.shelter.organizationActor());
    }

    @Test
    void whoWasForgottenAsksAnew() {
        // The shelter forgot its partner's follow; somebody else there still follows.
        corrupt(
                nodes.shelter,
                "UPDATE agreement SET their_follow = NULL WHERE partner = ?",
                nodes.clinic.organizationActor());
        var somebody =
                new Follower(
                        nodes.shelter.organization().id(),
                        nodes.clinic.actor(),
                        "@clinic",
                        nodes.clinic.url().resolve("/a/1"),
                        State.FOLLOWING,
                        nodes.clock.instant(),
                        nodes.clock.instant());
        nodes.shelter
                .database()
                .run(tx -> FollowerTable.put(tx, somebody, nodes.clinic.url().getRawAuthority()));

        publish("Warm room");

        assertThat(TwoNodes.agreementOf(nodes.shelter, nodes.clinic).sharesListings()).isTrue();
        assertThat(TwoNodes.agreementOf(nodes.clinic, nodes.shelter).copies()).isEqualTo(Copies.ON);
        nodes.shelter
                .database()
                .run(
                        tx ->
                                FollowerTable.remove(
                                        tx,
                                        nodes.shelter.organization().id(),
                                        nodes.clinic.actor()));
    }

    @Test
    void whereBothAgreeNobodyLooks() {
        publish("Quiet room");
        var before = looks();

        publish("Study room");

        assertThat(clinicDoor.seen()).anyMatch(it -> it.contains("Collection-Synchronization: "));
        assertThat(looks()).isEqualTo(before);
    }

    @Test
    void eachServerIsShownItsOwnMembersOnly() {
        var partial = partial();

        assertThat(SignedGet.fetch(nodes.clinic, nodes.clock, partial))
                .isInstanceOfSatisfying(
                        Fetched.Found.class,
                        found ->
                                assertThat(((OrderedCollection) found.thing()).items())
                                        .extracting(it -> it.id().orElseThrow())
                                        .containsExactly(nodes.clinic.organizationActor()));
        assertThat(SignedGet.fetch(nodes.shelter, nodes.clock, partial))
                .isInstanceOfSatisfying(
                        Fetched.Found.class,
                        found -> assertThat(((OrderedCollection) found.thing()).items()).isEmpty());
    }

    private static URI partial() {
        return URI.create(nodes.shelter.organizationActor() + "/followers/synchronization");
    }

    private static long looks() {
        return shelterDoor.seen().stream()
                .filter(it -> it.contains("/followers/synchronization HTTP"))
                .count();
    }

    private static void publish(String name) {
        nodes.clock.advance(Duration.ofMinutes(2));
        var draft = Draft.named(Text.of("en", name)).build();
        nodes.shelter.domains().listings().add(nodes.shelter.acting(), draft);
        nodes.settle();
    }

    private static void corrupt(TestNode node, String sql, URI partner) {
        assertThat(node.database().<Integer>write(tx -> tx.update(sql, partner))).isOne();
    }
}
