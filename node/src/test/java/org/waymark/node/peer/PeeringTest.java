// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.agreementOf;
import static org.waymark.node.TwoNodes.peerOf;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.PeeringObserver.Copied;

class PeeringTest {

    private final TwoNodes nodes = new TwoNodes();
    private final TestNode shelter = nodes.shelter;
    private final TestNode clinic = nodes.clinic;

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void nothingIsSharedUntilStaffOfTheOtherSideAccept() {
        var asked = shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        nodes.settle();

        assertThat(asked).isInstanceOf(Peers.Outcome.Done.class);
        assertThat(peerOf(shelter, clinic).state()).isEqualTo(PeerState.REQUESTED);
        assertThat(peerOf(clinic, shelter).state()).isEqualTo(PeerState.ASKED);
        assertThat(clinic.domains().agreements().list(clinic.acting(), clinic.organization().id()))
                .isEmpty();
    }

    @Test
    void theOneWhoIsAskedSeesWhoAsksAndWhichOrganizationsItHas() {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        nodes.settle();

        var asking = peerOf(clinic, shelter);

        assertThat(asking.baseUrl()).isEqualTo(shelter.url());
        assertThat(clinic.domains().peers().organizations(clinic.acting(), asking.id()))
                .extracting(PeerOrganization::name)
                .containsExactly("The Shelter");
        assertThat(clinic.domains().remoteActors().keys(clinic.acting(), asking.actor()))
                .hasSize(2);
    }

    @Test
    void acceptingOpensAnAgreementForEachPairWithCopiesBothWays() {
        nodes.peer();

        assertThat(peerOf(shelter, clinic).state()).isEqualTo(PeerState.ACTIVE);
        assertThat(peerOf(clinic, shelter).state()).isEqualTo(PeerState.ACTIVE);
        for (var agreement : List.of(agreementOf(shelter, clinic), agreementOf(clinic, shelter))) {
            assertThat(agreement.state()).isEqualTo(AgreementState.LISTINGS);
            assertThat(agreement.copies()).isEqualTo(Copies.ON);
            assertThat(agreement.sharesListings()).isTrue();
        }
    }

    @Test
    void whoWantsNoCopiesGetsNone() {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), false);
        nodes.settle();
        clinic.domains()
                .peers()
                .accept(clinic.acting(), peerOf(clinic, shelter).id(), List.of(), true);
        nodes.settle();

        assertThat(agreementOf(clinic, shelter).copies()).isEqualTo(Copies.ON);
        assertThat(agreementOf(shelter, clinic).copies()).isEqualTo(Copies.OFF);
    }

    @Test
    void aRefusalReachesTheOneWhoAsked() {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        nodes.settle();
        clinic.domains().peers().reject(clinic.acting(), peerOf(clinic, shelter).id());
        nodes.settle();

        assertThat(peerOf(shelter, clinic).state()).isEqualTo(PeerState.REJECTED);
    }

    @Test
    void whoAskedCannotAcceptItsOwnRequest() {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        nodes.settle();

        var accepted =
                shelter.domains()
                        .peers()
                        .accept(shelter.acting(), peerOf(shelter, clinic).id(), List.of(), true);

        assertThat(accepted).isInstanceOf(Peers.Outcome.NotAllowed.class);
        assertThat(peerOf(shelter, clinic).state()).isEqualTo(PeerState.REQUESTED);
    }

    @Test
    void bothAskingEachOtherIsAPeering() {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        clinic.domains().peers().request(clinic.acting(), shelter.url(), true);
        nodes.settle();

        assertThat(peerOf(shelter, clinic).state()).isEqualTo(PeerState.ACTIVE);
        assertThat(peerOf(clinic, shelter).state()).isEqualTo(PeerState.ACTIVE);
    }

    @Test
    void endingAPeeringEndsItsAgreementsOnBothSides() {
        nodes.peer();

        shelter.domains().peers().end(shelter.acting(), peerOf(shelter, clinic).id(), Copied.KEEP);
        nodes.settle();

        assertThat(peerOf(clinic, shelter).state()).isEqualTo(PeerState.ENDED);
        assertThat(agreementOf(clinic, shelter).state()).isEqualTo(AgreementState.ENDED);
        assertThat(agreementOf(shelter, clinic).state()).isEqualTo(AgreementState.ENDED);
    }

    @Test
    void afterAnEndTheyCanPeerAgain() {
        nodes.peer();
        shelter.domains().peers().end(shelter.acting(), peerOf(shelter, clinic).id(), Copied.KEEP);
        nodes.settle();

        nodes.peer();

        assertThat(agreementOf(clinic, shelter).copies()).isEqualTo(Copies.ON);
        assertThat(agreementOf(shelter, clinic).copies()).isEqualTo(Copies.ON);
    }
}
