// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TwoNodes;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Acting;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.MoveOutcome.Moved;
import org.waymark.node.referral.ReferralEvent.Kind;

/// The agreement is over, and people stop all the same.
class StopTest {

    private static Partnered two;
    private static ReferralId byStaff;
    private static ReferralId byCode;
    private static ReferralId atTheReceiver;
    private static ReferralId draft;

    @BeforeAll
    static void end() {
        two = new Partnered();
        byStaff = two.sent();
        byCode = two.sent();
        atTheReceiver = two.sent();
        draft = two.draft(Samples.wanted(two.beds));
        var agreement = TwoNodes.agreementOf(two.nodes.shelter, two.nodes.clinic);
        two.nodes
                .shelter
                .domains()
                .agreements()
                .end(two.nodes.shelter.acting(), agreement.id(), Copied.KEEP);
        two.settle();
        var yes =
                new Travelling.Told(
                        Travelling.ToldAnswer.YES, "Shift lead", two.nodes.clock.instant());
        assertThat(two.shelter.recordTold(two.sara, byStaff, yes))
                .as("nothing else is told")
                .isEqualTo(new MoveOutcome.Refused(MoveOutcome.Why.AGREEMENT_MISSING));
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @Test
    void itIsRecordedByStaffAndReachesWhoWasAsked() {
        assertThat(two.shelter.withdraw(two.sara, byStaff, true)).isInstanceOf(Moved.class);
        checkStoppedAndErased(byStaff);
    }

    @Test
    void itReachesThemByTheCode() {
        assertThat(two.shelter.withdrawByCode(node(), byCode)).isInstanceOf(Moved.class);
        assertThat(two.shelter.duties().list(two.sara, byCode))
                .extracting(Duty::kind)
                .contains(Duty.Kind.CHECK_ON_PERSON);
        two.settle();
        pass(Duration.ofHours(73));
        checkStoppedAndErased(byCode);
    }

    @Test
    void itReachesWhoAskedToo() {
        assertThat(two.clinic.withdraw(two.carlo, two.clinicId(atTheReceiver), true))
                .isInstanceOf(Moved.class);
        checkStoppedAndErased(atTheReceiver);
    }

    @Test
    void whatWasNeverSentIsErasedAfterTheFreeze() {
        assertThat(two.shelter.withdrawByCode(node(), draft)).isInstanceOf(Moved.class);
        assertThat(two.stateAtShelter(draft)).isEqualTo(State.ENTERED_IN_ERROR);
        assertThat(two.shelter.send(two.sara, draft)).isNotInstanceOf(Moved.class);

        pass(Duration.ofHours(71));
        assertThat(two.atShelter(draft).firstStep()).isPresent();
        pass(Duration.ofHours(2));
        assertThat(two.atShelter(draft).firstStep()).isEmpty();
        assertThat(two.atShelter(draft).contact()).isEmpty();
        assertThat(two.atShelter(draft).notes()).isEmpty();
    }

    private static Acting node() {
        return Acting.node(two.nodes.shelter.organization().id());
    }

    private static void checkStoppedAndErased(ReferralId referral) {
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.WITHDRAWN);
        assertThat(two.stateAtClinic(referral)).isEqualTo(State.WITHDRAWN);
        assertThat(two.atClinic(referral).firstStep()).isEmpty();
        assertThat(two.atShelter(referral).timeline())
                .extracting(ReferralEvent::kind)
                .contains(Kind.ERASED);
    }

    private static void pass(Duration time) {
        two.nodes.clock.advance(time);
        two.settle();
    }
}
