// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;

/// A kitchen and a garden are peers of the clinic. What does the shelter, another peer of the
/// clinic, learn of them?
class PeerSuggestionsTest {

    private static final String NAMES_ITS_PEERS = "federation.publish-peers=true";

    @Test
    void peersOfAPeerAreSuggestedWhenAllWantToBeNamed() throws Exception {
        try (var nodes = TwoNodes.peered(NAMES_ITS_PEERS);
                var kitchen =
                        TestNode.still(nodes.clock, "kitchen", "The Kitchen", NAMES_ITS_PEERS);
                var garden = TestNode.still(nodes.clock, "garden", "The Garden")) {
            for (var other : List.of(kitchen, garden)) {
                nodes.clinic.domains().peers().request(nodes.clinic.acting(), other.url(), false);
                settle(nodes, other);
                var asking = TwoNodes.peerOf(other, nodes.clinic);
                other.domains().peers().accept(other.acting(), asking.id(), List.of(), false);
                settle(nodes, other);
            }
            // What the shelter remembers of the clinic's actor may be a day old.
            nodes.clock.advance(Duration.ofDays(2));
            var shelter = nodes.shelter.domains().peerSuggestions();

            assertThat(shelter.list(nodes.shelter.acting())).isEmpty();
            shelter.look(nodes.shelter.acting());
            nodes.settle();

            assertThat(shelter.list(nodes.shelter.acting()))
                    .containsExactly(
                            new SuggestedPeer(kitchen.url(), "The Kitchen", List.of("The Clinic")));
            nodes.shelter.domains().peers().request(nodes.shelter.acting(), kitchen.url(), false);
            assertThat(shelter.list(nodes.shelter.acting())).isEmpty();
            assertThat(status(nodes.shelter)).isEqualTo(404);
            assertThat(status(nodes.clinic)).isEqualTo(200);
        }
    }

    private static void settle(TwoNodes nodes, TestNode other) {
        do {
            nodes.settle();
        } while (other.runDue() > 0);
    }

    private static int status(TestNode node) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(node.url().resolve("/actor/peers")).build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
