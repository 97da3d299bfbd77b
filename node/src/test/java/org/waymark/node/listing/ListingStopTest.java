// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
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

    @Test
    void whatIsBeingReadJustAsItsCopiesAreHiddenStaysHidden() {
        try (var nodes = TwoNodes.peered()) {
            var theirs = nodes.clinic.domains().listings();
            var owner = nodes.shelter.organizationActor();
            var listing =
                    nodes.shelter
                            .domains()
                            .listings()
                            .add(
                                    nodes.shelter.acting(),
                                    Draft.named(Text.of("en", "Coat room")).build());
            nodes.settle();
            var copies =
                    new ListingCopies(
                            theirs.directory(), (_, _) -> true, nodes.clock, UUID::randomUUID);

            // As above: what a block does, without anybody hearing of it.
            nodes.clinic
                    .database()
                    .run(
                            tx -> {
                                tx.update("UPDATE AGREEMENT SET copies = 'OFF'");
                                copies.hide(tx, owner);
                                ListingPullTable.remove(tx, owner);
                                tx.update(
                                        "INSERT INTO job (kind, work_group, job_key, payload, due,"
                                                + " attempts, revision)"
                                                + " VALUES ('listing-pull', '', ?, '', 0, 0, 1)",
                                        owner);
                            });
            nodes.settle();

            var clinic = nodes.clinic.database();
            boolean isShown = clinic.read(tx -> copies.isShown(tx, listing.uri()));
            assertThat(isShown).isFalse();
            Optional<?> reading = clinic.read(tx -> ListingPullTable.find(tx, owner));
            assertThat(reading).isEmpty();
        }
    }
}
