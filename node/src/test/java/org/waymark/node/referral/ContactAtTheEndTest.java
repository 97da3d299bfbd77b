// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.exchange.Delivery;
import org.waymark.node.exchange.DeliveryState;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralEvent.Kind;

/// How to reach a person is for who helps. When a request ends before that has arrived, it travels
/// no further, and nobody keeps what was under way.
class ContactAtTheEndTest {

    private static Partnered two;

    @BeforeAll
    static void partner() {
        two = new Partnered();
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @Test
    void whatArrivesAfterTheReceiverHasFinishedIsNotKept() {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.nodes.clinic.runDue();
        // It goes, because the shelter has heard the yes; and the clinic is through meanwhile.
        two.nodes.shelter.runDue();
        two.clinic.complete(two.carlo, two.clinicId(referral), Samples.helped(two.nodes.clock));
        two.settle();

        assertThat(kinds(two.atShelter(referral))).contains(Kind.CONTACT, Kind.COMPLETE);
        var theirs = two.atClinic(referral);
        assertThat(theirs.contact()).isEmpty();
        assertThat(theirs.referral().contactSentAt()).isEmpty();
        assertThat(kinds(theirs)).doesNotContain(Kind.CONTACT);
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.COMPLETED);
        assertThat(two.stateAtClinic(referral)).isEqualTo(State.COMPLETED);
    }

    @Test
    void whatStillWaitsIsTakenBackWhenTheSenderStops() {
        var referral = acceptedBehindADeadLine();

        two.shelter.cancel(two.sara, referral, Travelling.StopReason.CONTACT_LOST);

        assertThat(contactDelivery(referral).state()).isEqualTo(DeliveryState.GIVEN_UP);
        assertThat(contactDelivery(referral).code()).contains("taken-back");
        mendTheLine();
        two.nodes
                .shelter
                .domains()
                .deliveries()
                .sendAgainAbout(
                        two.nodes.shelter.acting(), two.atShelter(referral).referral().uri());
        two.settle();

        assertThat(two.stateAtClinic(referral)).isEqualTo(State.CANCELLED);
        assertThat(two.atClinic(referral).contact()).isEmpty();
        assertThat(kinds(two.atClinic(referral))).doesNotContain(Kind.CONTACT);
        assertThat(contactDelivery(referral).code()).contains("taken-back");
    }

    @Test
    void whatStillWaitsIsTakenBackWhenTheReceiverHasFinished() {
        var referral = acceptedBehindADeadLine();

        two.clinic.complete(two.carlo, two.clinicId(referral), Samples.helped(two.nodes.clock));
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.COMPLETED);
        mendTheLine();
        two.settle();

        assertThat(contactDelivery(referral).code()).contains("taken-back");
        assertThat(kinds(two.atClinic(referral))).doesNotContain(Kind.CONTACT);
        assertThat(two.atClinic(referral).contact()).isEmpty();
    }

    @Test
    void whatArrivedBeforeTheEndStays() {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        two.clinic.complete(two.carlo, two.clinicId(referral), Samples.helped(two.nodes.clock));
        two.settle();

        assertThat(contactDelivery(referral).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(two.atClinic(referral).contact()).isPresent();
    }

    /// The shelter hears the yes, and cannot reach the clinic.
    private static ReferralId acceptedBehindADeadLine() {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.nodes.clinic.runDue();
        two.clinicDoor.cut();
        two.nodes.shelter.runDue();
        assertThat(contactDelivery(referral).state()).isEqualTo(DeliveryState.QUEUED);
        return referral;
    }

    private static void mendTheLine() {
        two.clinicDoor.mend();
        two.nodes.clock.advance(Duration.ofMinutes(5));
    }

    private static Delivery contactDelivery(ReferralId referral) {
        var contact =
                two.atShelter(referral).timeline().stream()
                        .filter(it -> it.kind() == Kind.CONTACT)
                        .flatMap(it -> it.activity().stream())
                        .findFirst()
                        .orElseThrow();
        return two.nodes
                .shelter
                .domains()
                .deliveries()
                .of(two.nodes.shelter.acting(), contact)
                .getFirst();
    }

    private static List<Kind> kinds(OpenedReferral opened) {
        return opened.timeline().stream().map(ReferralEvent::kind).toList();
    }
}
