// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waymark.node.TwoNodes.agreementOf;
import static org.waymark.node.TwoNodes.peerOf;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Access;
import org.waymark.node.account.Role;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Purpose;

class PeeringTest {

    private static final TwoNodes NODES = new TwoNodes();

    private final TestNode shelter = NODES.shelter;
    private final TestNode clinic = NODES.clinic;

    @AfterAll
    static void close() {
        NODES.close();
    }

    @BeforeEach
    void beStrangers() {
        NODES.separate();
    }

    @Test
    void nothingIsSharedUntilStaffOfTheOtherSideAccept() {
        var asked = shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        NODES.settle();

        assertThat(asked).isInstanceOf(Peers.Outcome.Done.class);
        assertThat(peerOf(shelter, clinic).state()).isEqualTo(PeerState.REQUESTED);
        assertThat(peerOf(clinic, shelter).state()).isEqualTo(PeerState.ASKED);
        assertThat(clinic.domains().agreements().list(clinic.acting(), clinic.organization().id()))
                .allSatisfy(it -> assertThat(it.state()).isEqualTo(AgreementState.ENDED));
    }

    @Tag("attack:wildcard-subdomain-actors")
    @Test
    void aHundredRequestsWaitAndNoMore() {
        var waiting = new ArrayList<Peer>();
        for (int i = 0; i < Peering.MOST_WAITING; i++) {
            waiting.add(asking(URI.create("https://s" + i + ".hostile.example")));
        }
        clinic.database().run(tx -> waiting.forEach(it -> PeerTable.add(tx, it)));

        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        NODES.settle();
        assertThat(clinic.domains().peers().find(clinic.acting(), shelter.url()).map(Peer::state))
                .isNotEqualTo(Optional.of(PeerState.ASKED));

        clinic.database()
                .run(
                        tx ->
                                waiting.forEach(
                                        it ->
                                                PeerTable.move(
                                                        tx,
                                                        it,
                                                        PeerState.REJECTED,
                                                        NODES.clock.instant())));
        beStrangers();
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        NODES.settle();
        assertThat(peerOf(clinic, shelter).state()).isEqualTo(PeerState.ASKED);
    }

    private static Peer asking(URI base) {
        return new Peer(
                new PeerId(UUID.randomUUID()),
                base,
                base.resolve("/actor"),
                "Another",
                PeerState.ASKED,
                Optional.of(base.resolve("/a/1")),
                true,
                NODES.clock.instant(),
                NODES.clock.instant());
    }

    @Test
    void theOneWhoIsAskedSeesWhoAsksAndWhichOrganizationsItHas() {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        NODES.settle();

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
        NODES.peer();

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
        NODES.settle();
        clinic.domains()
                .peers()
                .accept(clinic.acting(), peerOf(clinic, shelter).id(), List.of(), true);
        NODES.settle();

        assertThat(agreementOf(clinic, shelter).copies()).isEqualTo(Copies.ON);
        assertThat(agreementOf(shelter, clinic).copies()).isEqualTo(Copies.OFF);
    }

    @Test
    void aRefusalReachesTheOneWhoAsked() {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        NODES.settle();
        clinic.domains().peers().reject(clinic.acting(), peerOf(clinic, shelter).id());
        NODES.settle();

        assertThat(peerOf(shelter, clinic).state()).isEqualTo(PeerState.REJECTED);
    }

    @Test
    void whoAskedCannotAcceptItsOwnRequest() {
        shelter.domains().peers().request(shelter.acting(), clinic.url(), true);
        NODES.settle();

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
        NODES.settle();

        assertThat(peerOf(shelter, clinic).state()).isEqualTo(PeerState.ACTIVE);
        assertThat(peerOf(clinic, shelter).state()).isEqualTo(PeerState.ACTIVE);
    }

    @Test
    void endingAPeeringEndsItsAgreementsOnBothSides() {
        NODES.peer();

        shelter.domains().peers().end(shelter.acting(), peerOf(shelter, clinic).id(), Copied.KEEP);
        NODES.settle();

        assertThat(peerOf(clinic, shelter).state()).isEqualTo(PeerState.ENDED);
        assertThat(agreementOf(clinic, shelter).state()).isEqualTo(AgreementState.ENDED);
        assertThat(agreementOf(shelter, clinic).state()).isEqualTo(AgreementState.ENDED);
    }

    @Test
    void afterAnEndTheyCanPeerAgain() {
        NODES.peer();
        shelter.domains().peers().end(shelter.acting(), peerOf(shelter, clinic).id(), Copied.KEEP);
        NODES.settle();

        NODES.peer();

        assertThat(agreementOf(clinic, shelter).copies()).isEqualTo(Copies.ON);
        assertThat(agreementOf(shelter, clinic).copies()).isEqualTo(Copies.ON);
    }

    @Test
    void onlyWhoMayManagePeersAsksForOne() {
        var volunteer = shelter.person("volunteer@shelter.example", Role.VOLUNTEER);
        var acting = TestNode.acting(volunteer, Purpose.PARTNERSHIP);

        assertThatThrownBy(() -> shelter.domains().peers().request(acting, clinic.url(), true))
                .isInstanceOf(Access.Denied.class);
        assertThatThrownBy(() -> shelter.domains().peers().list(acting))
                .isInstanceOf(Access.Denied.class);
    }
}
