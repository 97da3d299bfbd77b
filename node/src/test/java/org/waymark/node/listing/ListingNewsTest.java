// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.PeerState;

/// Two nodes as they run in earnest, each with its own workers and the real clock.
class ListingNewsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration BUDGET = Duration.ofSeconds(5);

    @Test
    void aChangeIsFoundOnThePartnersSiteWithinFiveSeconds() {
        try (var shelter = TestNode.start("shelter", "The Shelter");
                var clinic = TestNode.start("clinic", "The Clinic")) {
            peer(shelter, clinic);
            var listing = add(shelter, "Warm up");
            assertThat(within(LONG, () -> finds(clinic, "warm"))).isTrue();

            replace(shelter, listing, "Open garden");
            assertThat(within(BUDGET, () -> finds(clinic, "garden"))).isTrue();

            shelter.domains().listings().close(shelter.acting(), listing.id());
            assertThat(within(BUDGET, () -> !finds(clinic, "garden"))).isTrue();
        }
    }

    private static void peer(TestNode shelter, TestNode clinic) {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        assertThat(
                        within(
                                LONG,
                                () ->
                                        clinic.domains()
                                                .peers()
                                                .find(clinic.acting(), shelter.url())
                                                .filter(it -> it.state() == PeerState.ASKED)
                                                .isPresent()))
                .isTrue();
        var asking = TwoNodes.peerOf(clinic, shelter);
        clinic.domains().peers().accept(clinic.acting(), asking.id(), List.of(), true);
        assertThat(
                        within(
                                LONG,
                                () ->
                                        clinic.domains()
                                                .agreements()
                                                .find(
                                                        clinic.acting(),
                                                        clinic.organization().id(),
                                                        shelter.organizationActor())
                                                .filter(it -> it.copies() == Copies.ON)
                                                .isPresent()))
                .isTrue();
    }

    private static Listing add(TestNode node, String name) {
        var draft = Draft.named(Text.of("en", name)).build();
        return node.domains().listings().add(node.acting(), draft);
    }

    private static void replace(TestNode node, Listing listing, String name) {
        var draft = Draft.of(listing).name(Text.of("en", name)).build();
        node.domains().listings().replace(node.acting(), listing.id(), listing.version(), draft);
    }

    private static boolean finds(TestNode node, String words) {
        var query = new ListingQuery(words, Optional.empty(), Optional.empty(), 0);
        return !node.domains().listingIndex().search(query).listings().isEmpty();
    }

    private static boolean within(Duration time, BooleanSupplier condition) {
        var end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }
}
