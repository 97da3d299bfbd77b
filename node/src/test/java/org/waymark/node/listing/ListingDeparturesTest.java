// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TwoNodes;
import org.waymark.node.peer.Peer;
import org.waymark.node.peer.PeeringObserver.Copied;

/// What becomes of a partner's listings when the partner goes.
class ListingDeparturesTest {

    private static final TwoNodes NODES = new TwoNodes();

    @BeforeEach
    void peer() {
        NODES.separate();
        NODES.peer();
    }

    @AfterAll
    static void close() {
        NODES.close();
    }

    @Test
    void aBlockHidesCopiesAtOnceAndPeeringAnewBringsThemBack() {
        var kitchen = add("Open kitchen");
        assertThat(shown(kitchen)).isTrue();

        NODES.clinic
                .domains()
                .peers()
                .block(NODES.clinic.acting(), peerOfClinic().id(), Copied.KEEP);

        // Before any worker ran.
        assertThat(shown(kitchen)).isFalse();
        NODES.settle();
        assertThat(found("kitchen")).isEmpty();
        assertThat(stored(kitchen)).isPresent();

        NODES.clinic.domains().peers().end(NODES.clinic.acting(), peerOfClinic().id(), Copied.KEEP);
        NODES.separate();
        assertThat(shown(kitchen)).isFalse();
        NODES.peer();
        assertThat(shown(kitchen)).isTrue();
    }

    @Test
    void aBlockAlsoHidesCopiesOfOrganizationsThatTheFormerPartnerNoLongerLists() {
        var kitchen = add("Open kitchen");
        NODES.separate();
        NODES.clinic.database().run(tx -> tx.update("DELETE FROM peer_organization"));
        assertThat(shown(kitchen)).isTrue();

        NODES.clinic
                .domains()
                .peers()
                .block(NODES.clinic.acting(), peerOfClinic().id(), Copied.HIDE);

        assertThat(shown(kitchen)).isFalse();
        NODES.clinic.domains().peers().end(NODES.clinic.acting(), peerOfClinic().id(), Copied.KEEP);
    }

    @Test
    void aBlockWithPurgeLeavesNothing() {
        var kitchen = add("Open kitchen");

        NODES.clinic
                .domains()
                .peers()
                .block(NODES.clinic.acting(), peerOfClinic().id(), Copied.PURGE);

        // Before any worker ran.
        assertThat(shown(kitchen)).isFalse();
        NODES.settle();

        assertThat(shown(kitchen)).isFalse();
        assertThat(stored(kitchen).orElseThrow().name().base()).isEmpty();
    }

    @Test
    void copiesOfAPartnerThatLeftSaySoAndSinkAndComeBackWithIt() {
        var garden = add("Garden of sage");
        var kitchen = add("Sage kitchen");
        var listings = NODES.clinic.domains().listings();
        var own = listings.add(NODES.clinic.acting(), draft("Sage of the clinic"));
        listings.confirm(NODES.clinic.acting(), own.id(), Checked.How.PHONE);
        NODES.clock.advance(Duration.ofHours(1));

        NODES.separate();

        assertThat(leftAt(kitchen)).isPresent();
        assertThat(shown(kitchen)).isTrue();
        assertThat(found("sage")).hasSize(3);
        assertThat(found("sage").getFirst().isCopy()).isFalse();

        NODES.peer();
        assertThat(leftAt(kitchen)).isEmpty();
        assertThat(leftAt(garden)).isEmpty();
    }

    @Test
    void whatWeAskAFormerPartnerToDeleteIsDeletedAndConfirmed() {
        var kitchen = add("Open kitchen");
        var clinic = TwoNodes.peerOf(NODES.shelter, NODES.clinic);
        NODES.shelter.domains().peers().end(NODES.shelter.acting(), clinic.id(), Copied.KEEP);

        var asked = NODES.shelter.domains().purges().ask(NODES.shelter.acting(), clinic.id());
        NODES.settle();
        NODES.clock.advance(Duration.ofMinutes(5));
        NODES.settle();

        assertThat(asked).isEqualTo(1);
        assertThat(shown(kitchen)).isFalse();
        assertThat(stored(kitchen).orElseThrow().name().base()).isEmpty();
        var purge = NODES.shelter.domains().purges().list(NODES.shelter.acting()).getLast();
        assertThat(purge.partnerName()).isEqualTo("The Clinic");
        assertThat(purge.confirmedAt()).isPresent();
    }

    private static Peer peerOfClinic() {
        return TwoNodes.peerOf(NODES.clinic, NODES.shelter);
    }

    private static Draft draft(String name) {
        return Draft.named(Text.of("en", name)).topics(Set.of(Topic.COMMUNITY)).build();
    }

    private static Listing add(String name) {
        var listing = NODES.shelter.domains().listings().add(NODES.shelter.acting(), draft(name));
        NODES.settle();
        return listing;
    }

    private static Optional<Listing> stored(Listing original) {
        return NODES.clinic
                .database()
                .read(tx -> ListingTable.findByUri(tx, original.uri()))
                .map(Profile::read);
    }

    private static boolean shown(Listing original) {
        return stored(original)
                .map(it -> NODES.clinic.domains().listings().visit(it.id()))
                .filter(Listings.Visit.Shown.class::isInstance)
                .isPresent();
    }

    private static Optional<java.time.Instant> leftAt(Listing original) {
        return ((Origin.Copy) stored(original).orElseThrow().origin()).leftAt();
    }

    private static List<Listing> found(String words) {
        NODES.clinic.domains().listingIndex().catchUp();
        return NODES.clinic
                .domains()
                .listingIndex()
                .search(new ListingQuery(words, Optional.empty(), Optional.empty(), 0))
                .listings();
    }
}
