// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.TwoNodes.agreementOf;
import static org.waymark.node.TwoNodes.peerOf;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.peer.Agreement.Copies;
import org.waymark.node.peer.FocalPoint.Duty;
import org.waymark.node.peer.PeeringObserver.Copied;

class AgreementTest {

    private static final Set<Thread.State> WAITS_OR_ENDED =
            Set.of(
                    Thread.State.BLOCKED,
                    Thread.State.WAITING,
                    Thread.State.TIMED_WAITING,
                    Thread.State.TERMINATED);
    private static final TwoNodes NODES = new TwoNodes();
    private static final TestNode SHELTER = NODES.shelter;
    private static final TestNode CLINIC = NODES.clinic;

    @AfterAll
    static void close() {
        NODES.close();
    }

    @BeforeEach
    void peerAnew() {
        NODES.separate();
        NODES.peer();
    }

    @Test
    void nothingIsSignedBeforeSomebodyIsNamedForEveryDuty() {
        try (var fresh = TwoNodes.peered()) {
            var offered =
                    fresh.shelter
                            .domains()
                            .agreements()
                            .offer(
                                    fresh.shelter.acting(),
                                    agreementOf(fresh.shelter, fresh.clinic).id(),
                                    terms());

            assertThat(offered)
                    .isEqualTo(
                            new Agreements.Outcome.FocalPointsMissing(
                                    java.util.Set.of(Duty.values())));
        }
    }

    @Test
    void referralsMayTravelOnlyWhenBothHaveSigned() {
        NODES.nameFocalPoints(SHELTER);
        NODES.nameFocalPoints(CLINIC);
        SHELTER.domains()
                .agreements()
                .offer(SHELTER.acting(), agreementOf(SHELTER, CLINIC).id(), terms());
        NODES.settle();

        assertThat(agreementOf(CLINIC, SHELTER).state()).isEqualTo(AgreementState.RECEIVED);
        assertThat(agreementOf(CLINIC, SHELTER).terms()).contains(terms());
        assertThat(inForce(SHELTER, CLINIC)).isEmpty();
        assertThat(inForce(CLINIC, SHELTER)).isEmpty();

        CLINIC.domains().agreements().sign(CLINIC.acting(), agreementOf(CLINIC, SHELTER).id());
        NODES.settle();

        assertThat(inForce(SHELTER, CLINIC)).isPresent();
        assertThat(inForce(CLINIC, SHELTER)).isPresent();
    }

    @Test
    void eachSideGetsTheOthersFocalPointsAndKey() {
        NODES.partner();

        var agreement = agreementOf(SHELTER, CLINIC);

        assertThat(agreement.theirs().orElseThrow().focalPoints())
                .hasSize(Duty.values().length)
                .allSatisfy(it -> assertThat(it.phone()).isEqualTo("+49 30 5550100"));
        assertThat(agreement.pinned().orElseThrow().key())
                .isEqualTo(agreementOf(CLINIC, SHELTER).ours().orElseThrow().sealKey());
    }

    @Test
    void aDeclinedOfferLeavesTheListings() {
        NODES.nameFocalPoints(SHELTER);
        SHELTER.domains()
                .agreements()
                .offer(SHELTER.acting(), agreementOf(SHELTER, CLINIC).id(), terms());
        NODES.settle();
        CLINIC.domains().agreements().decline(CLINIC.acting(), agreementOf(CLINIC, SHELTER).id());
        NODES.settle();

        assertThat(agreementOf(SHELTER, CLINIC).state()).isEqualTo(AgreementState.LISTINGS);
        assertThat(agreementOf(SHELTER, CLINIC).copies()).isEqualTo(Copies.ON);
    }

    @Test
    void anAnswerWaitsForTheStepOfStaffThatIsBeingWritten() throws InterruptedException {
        NODES.nameFocalPoints(SHELTER);
        SHELTER.domains()
                .agreements()
                .offer(SHELTER.acting(), agreementOf(SHELTER, CLINIC).id(), terms());
        var before = agreementOf(SHELTER, CLINIC);
        var theirs = URI.create(CLINIC.organizationActor() + "/follows/2");
        var no = no(before.offer().orElseThrow());
        var handler = handler();
        var answer = Thread.ofPlatform().unstarted(() -> handler.reject(no));

        SHELTER.database()
                .run(
                        tx -> {
                            PeerTable.lock(tx, before.peer());
                            answer.start();
                            while (!WAITS_OR_ENDED.contains(answer.getState())) {
                                Thread.onSpinWait();
                            }
                            AgreementTable.replace(
                                    tx,
                                    before.change(NODES.clock.instant())
                                            .theirFollow(Optional.of(theirs))
                                            .made());
                        });
        answer.join();

        var after = agreementOf(SHELTER, CLINIC);
        assertThat(after.theirFollow()).contains(theirs);
        assertThat(after.state()).isEqualTo(AgreementState.LISTINGS);
    }

    private static ReceivedActivity no(URI offer) {
        var clinic = CLINIC.organizationActor();
        return new ReceivedActivity(
                PeerLetters.endOffer(
                        "Reject",
                        clinic.resolve("/a/" + UUID.randomUUID()),
                        clinic,
                        SHELTER.organizationActor(),
                        offer),
                offer.toString(),
                Optional.of(SHELTER.organization().id()),
                NODES.clock.instant());
    }

    private static AgreementActivities handler() {
        var domains = SHELTER.domains();
        return new AgreementActivities(
                SHELTER.database(),
                new LocalActors(domains.baseUrl(), domains.organizations()),
                domains.remoteActors(),
                domains.peers(),
                domains.audit(),
                NODES.clock);
    }

    @Test
    void bothOfferingAtOnceEndsInOneAgreement() {
        NODES.nameFocalPoints(SHELTER);
        NODES.nameFocalPoints(CLINIC);
        SHELTER.domains()
                .agreements()
                .offer(SHELTER.acting(), agreementOf(SHELTER, CLINIC).id(), terms());
        CLINIC.domains()
                .agreements()
                .offer(CLINIC.acting(), agreementOf(CLINIC, SHELTER).id(), terms());
        NODES.settle();

        var signer =
                agreementOf(SHELTER, CLINIC).state() == AgreementState.RECEIVED ? SHELTER : CLINIC;
        var other = signer == SHELTER ? CLINIC : SHELTER;
        signer.domains().agreements().sign(signer.acting(), agreementOf(signer, other).id());
        NODES.settle();

        assertThat(inForce(SHELTER, CLINIC)).isPresent();
        assertThat(inForce(CLINIC, SHELTER)).isPresent();
    }

    @Test
    void anAgreementEndsForBoth() {
        NODES.partner();
        CLINIC.domains()
                .agreements()
                .end(CLINIC.acting(), agreementOf(CLINIC, SHELTER).id(), Copied.KEEP);
        NODES.settle();

        assertThat(inForce(SHELTER, CLINIC)).isEmpty();
        assertThat(agreementOf(SHELTER, CLINIC).state()).isEqualTo(AgreementState.ENDED);
        assertThat(agreementOf(SHELTER, CLINIC).copies()).isEqualTo(Copies.OFF);
    }

    @Test
    void aPauseOfThePeeringStopsReferralsAndHoldsWhatIsSent() {
        NODES.partner();
        CLINIC.domains().peers().pause(CLINIC.acting(), peerOf(CLINIC, SHELTER).id());
        SHELTER.domains()
                .agreements()
                .end(SHELTER.acting(), agreementOf(SHELTER, CLINIC).id(), Copied.KEEP);
        NODES.settle();

        assertThat(inForce(CLINIC, SHELTER)).isEmpty();
        assertThat(agreementOf(CLINIC, SHELTER).state()).isEqualTo(AgreementState.IN_FORCE);

        CLINIC.domains()
                .peers()
                .accept(CLINIC.acting(), peerOf(CLINIC, SHELTER).id(), java.util.List.of(), true);
        NODES.clock.advance(Duration.ofMinutes(2));
        NODES.settle();

        assertThat(agreementOf(CLINIC, SHELTER).state()).isEqualTo(AgreementState.ENDED);
    }

    @Test
    void aNewSealingKeyThatTheSignerAnnouncedIsUsedAtOnce() {
        NODES.partner();
        var first = sealingKey();

        // 31 days: a sealing key is published for 30, and an actor is read again after one.
        NODES.clock.advance(Duration.ofDays(31));

        assertThat(sealingKey()).isInstanceOf(Agreements.SealingKey.Use.class).isNotEqualTo(first);
        assertThat(agreementOf(SHELTER, CLINIC).changedKey()).isEmpty();
    }

    @Test
    void aNewSealingKeyThatNobodyAnnouncedStopsReferralsUntilAPersonComparedIt() {
        NODES.partner();
        var somebodyElse = new Multikey(Multikey.Kind.ED25519, new byte[32]);
        SHELTER.database()
                .run(
                        tx ->
                                tx.update(
                                        "UPDATE agreement SET pinned_signer = ?",
                                        somebodyElse.multibase()));

        NODES.clock.advance(Duration.ofDays(31));

        assertThat(sealingKey()).isInstanceOf(Agreements.SealingKey.Changed.class);

        Multikey compared = agreementOf(SHELTER, CLINIC).changedKey().orElseThrow();
        SHELTER.domains()
                .agreements()
                .confirmKey(SHELTER.acting(), agreementOf(SHELTER, CLINIC).id(), compared);

        assertThat(compared.kind()).isEqualTo(Multikey.Kind.ED25519);
        assertThat(sealingKey()).isInstanceOf(Agreements.SealingKey.Use.class);
    }

    @Test
    void whatIsOfferedWhileTheOtherIsDownArrivesWhenItIsBack() {
        NODES.nameFocalPoints(SHELTER);
        CLINIC.stop();
        SHELTER.domains()
                .agreements()
                .offer(SHELTER.acting(), agreementOf(SHELTER, CLINIC).id(), terms());
        SHELTER.runDue();
        CLINIC.startAgain();
        NODES.clock.advance(Duration.ofMinutes(1));
        NODES.settle();

        assertThat(agreementOf(CLINIC, SHELTER).state()).isEqualTo(AgreementState.RECEIVED);
    }

    private static AgreementTerms terms() {
        return AgreementTerms.shortest(LocalDate.of(2027, 12, 31));
    }

    private static Optional<Agreement> inForce(TestNode node, TestNode other) {
        return node.domains()
                .agreements()
                .inForce(node.acting(), node.organization().id(), other.organizationActor());
    }

    private static Agreements.SealingKey sealingKey() {
        return SHELTER.domains()
                .agreements()
                .sealingKey(
                        SHELTER.acting(), SHELTER.organization().id(), CLINIC.organizationActor());
    }
}
