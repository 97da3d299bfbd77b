// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.waymark.node.TwoNodes;

class ListingStopTest {

    @Test
    void whatArrivesJustAsItsCopiesAreStoppedChangesNothing() {
        try (var nodes = TwoNodes.peered()) {
            var ours = nodes.shelter.domains().listings();
            var theirs = nodes.clinic.domains().listings();
            var acting = nodes.shelter.acting();
            var listing = ours.add(acting, Draft.named(Text.of("en", "Coat room")).build());
            nodes.settle();

            // The name in capitals: what is remembered of it stays, as when somebody commits this
            // between the question and the transaction.
            nodes.clinic.database().run(tx -> tx.update("UPDATE AGREEMENT SET copies = 'OFF'"));
            var changed = Draft.of(listing).name(Text.of("en", "Coat hall")).build();
            ours.replace(acting, listing.id(), listing.version(), changed);
            nodes.settle();

            var copy = theirs.find(nodes.clinic.acting(), listing.uri()).orElseThrow();
            assertThat(copy.name().base()).isEqualTo("Coat room");
        }
    }
}
