// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.peer.Follower;
import org.waymark.node.peer.Follower.State;
import org.waymark.node.peer.Peers;

/// What the word of a server we do not know is worth.
class StrangerTest {

    private static final TwoNodes NODES = TwoNodes.peered();
    private static final TestNode CLINIC = NODES.clinic;
    private static final OtherServer STRANGER = new OtherServer(NODES.clock);

    @AfterAll
    static void close() {
        STRANGER.close();
        NODES.close();
    }

    @Test
    void aStrangersListingIsRefusedAndLeavesNoTrace() {
        var before = rows();

        var status = STRANGER.post(CLINIC.url().resolve("/inbox"), create(STRANGER.actor()));

        assertThat(status).isEqualTo(403);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void aStrangersFollowOfAnOrganizationWaitsAndGetsNothing() {
        var status = STRANGER.post(inboxOf(CLINIC), follow(CLINIC.organizationActor()));
        NODES.settle();

        assertThat(status).isEqualTo(202);
        assertThat(STRANGER.received()).isEmpty();
        assertThat(CLINIC.domains().followers().list(CLINIC.acting(), State.WAITING))
                .extracting(Follower::actor)
                .contains(STRANGER.actor());
    }

    @Test
    void aStrangerMayAskForPeeringAndIsOnlyListedWhenItIsANode() {
        var known = CLINIC.domains().peers().list(CLINIC.acting());

        var status = STRANGER.post(CLINIC.url().resolve("/inbox"), follow(CLINIC.actor()));
        NODES.settle();

        assertThat(status).isEqualTo(202);
        assertThat(CLINIC.domains().peers().list(CLINIC.acting())).isEqualTo(known);
    }

    @Test
    void theSameActivityIsStoredOnceHoweverOftenItComes() {
        var follow = follow(CLINIC.actor());
        var before = rows();

        var first = STRANGER.post(CLINIC.url().resolve("/inbox"), follow);
        NODES.clock.advance(Duration.ofSeconds(1));
        var second = STRANGER.post(CLINIC.url().resolve("/inbox"), follow);

        assertThat(first).isEqualTo(202);
        assertThat(second).isEqualTo(202);
        assertThat(rows()).isEqualTo(before + 1);
    }

    @Test
    void aCopyOfASignedRequestIsRefused() {
        var follow = follow(CLINIC.actor());
        STRANGER.post(CLINIC.url().resolve("/inbox"), follow);

        // Within one second, the same words are the same signature.
        var copied = STRANGER.post(CLINIC.url().resolve("/inbox"), follow);

        assertThat(copied).isEqualTo(401);
    }

    @Tag("attack:signer-not-actor-shared-inbox")
    @Test
    void nobodySpeaksForAnActorOfAnotherHost() {
        var before = rows();

        var status =
                STRANGER.post(
                        CLINIC.url().resolve("/inbox"), create(NODES.shelter.organizationActor()));

        assertThat(status).isEqualTo(403);
        assertThat(rows()).isEqualTo(before);
    }

    @Tag("attack:take-over-other-host-undo")
    @Test
    void nobodyEndsThePeeringOfOthers() {
        var peer = TwoNodes.peerOf(CLINIC, NODES.shelter);
        var follow =
                Draft.activity("Follow", peer.follow().orElseThrow(), NODES.shelter.actor())
                        .set("object", CLINIC.actor());
        var undo =
                Draft.activity("Undo", fresh(), STRANGER.actor()).set("object", follow).document();

        var status = STRANGER.post(CLINIC.url().resolve("/inbox"), undo);

        assertThat(status).isEqualTo(403);
        assertThat(TwoNodes.peerOf(CLINIC, NODES.shelter)).isEqualTo(peer);
    }

    @Test
    void whatNobodySignedIsRefused() throws IOException, InterruptedException {
        var before = rows();
        var request =
                HttpRequest.newBuilder(CLINIC.url().resolve("/inbox"))
                        .POST(BodyPublishers.ofString(create(STRANGER.actor()).toString()))
                        .header("Content-Type", "application/activity+json")
                        .build();

        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("signature-missing");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void whoeverDidNotSignIsNotRemembered() {
        try (var victim = new OtherServer(NODES.clock)) {
            var before = actors();

            var status =
                    STRANGER.postAs(victim, CLINIC.url().resolve("/inbox"), create(victim.actor()));

            assertThat(status).isEqualTo(401);
            assertThat(actors()).isEqualTo(before);

            victim.post(CLINIC.url().resolve("/inbox"), create(victim.actor()));

            assertThat(actors()).isEqualTo(before + 1);
        }
    }

    @Test
    void anAddressInsideAPrivateNetworkIsNeverConnectedTo() {
        for (var address :
                new String[] {"https://10.0.0.1", "https://[::1]", "http://192.168.1.1"}) {
            var asked =
                    CLINIC.domains().peers().request(CLINIC.acting(), URI.create(address), true);

            assertThat(asked)
                    .isInstanceOfSatisfying(
                            Peers.Outcome.NotReachable.class,
                            it -> assertThat(it.code()).contains("not-allowed"));
        }
    }

    private static URI fresh() {
        return STRANGER.at("/a/" + UUID.randomUUID());
    }

    private static ObjectNode follow(URI object) {
        return Draft.activity("Follow", fresh(), STRANGER.actor()).set("object", object).document();
    }

    private static ObjectNode create(URI actor) {
        var note =
                Draft.of("Note", URI.create(actor.resolve("/s/") + UUID.randomUUID().toString()))
                        .set("attributedTo", actor)
                        .set("content", "Free rooms");
        return Draft.activity("Create", actor.resolve("/a/" + UUID.randomUUID()), actor)
                .set("object", note)
                .document();
    }

    private static URI inboxOf(TestNode node) {
        return URI.create(node.organizationActor() + "/inbox");
    }

    private static long rows() {
        return count("inbox_activity");
    }

    private static long actors() {
        return count("remote_actor");
    }

    private static long count(String table) {
        return CLINIC.database()
                .read(
                        tx ->
                                tx.find(
                                                "SELECT COUNT(*) AS many FROM " + table,
                                                row -> row.number("many"))
                                        .orElseThrow());
    }
}
