// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralEvent.Kind;

/// A person stops it, at either side: the other hears of it, deletes, and says so.
class WithdrawalTest {

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
    void whoWasAskedDeletesAfterTheFreezeAndSaysSo() {
        var referral = taken();

        two.shelter.withdraw(two.sara, referral, false);
        two.settle();

        assertThat(two.stateAtShelter(referral)).isEqualTo(State.WITHDRAWN);
        assertThat(two.stateAtClinic(referral)).isEqualTo(State.WITHDRAWN);
        assertThat(two.atClinic(referral).contact()).as("frozen").isEmpty();
        assertThat(kinds(referral)).containsExactly(Duty.Kind.ERASURE);

        pass(Duration.ofHours(71));
        assertThat(two.atClinic(referral).firstStep()).isPresent();

        pass(Duration.ofHours(2));
        checkErasedThere(referral);
    }

    @Test
    void itIsDeletedAtOnceWhenThePersonIsThere() {
        var referral = taken();

        two.shelter.withdraw(two.sara, referral, true);
        two.settle();

        checkErasedThere(referral);
    }

    @Test
    void stoppedAtTheReceiverItReachesTheSender() {
        var referral = taken();

        two.clinic.withdraw(two.carlo, two.clinicId(referral), true);
        two.settle();

        assertThat(two.stateAtShelter(referral)).isEqualTo(State.WITHDRAWN);
        assertThat(lines(two.atShelter(referral), Kind.WITHDRAW)).isEqualTo(2);
        checkErasedThere(referral);
    }

    @Test
    void beforeAnyAnswerItIsStoppedAtTheReceiverToo() {
        var referral = two.sent();

        two.clinic.withdraw(two.carlo, two.clinicId(referral), true);
        two.settle();

        assertThat(two.stateAtShelter(referral)).isEqualTo(State.WITHDRAWN);
        checkErasedThere(referral);
    }

    @Test
    void theDutyStaysOpenWhileTheOtherSideIsDown() {
        var referral = taken();
        two.clinicDoor.cut();

        two.shelter.withdraw(two.sara, referral, true);
        two.settle();
        pass(Duration.ofDays(5));

        assertThat(kinds(referral)).containsExactly(Duty.Kind.ERASURE);
        assertThat(two.shelter.duties().list(two.sara).getFirst().due())
                .isBefore(two.nodes.clock.instant());

        two.clinicDoor.mend();
        pass(Duration.ofHours(2));
        two.settle();
        checkErasedThere(referral);
    }

    private ReferralId taken() {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        assertThat(two.atClinic(referral).contact()).isPresent();
        return referral;
    }

    private static void pass(Duration time) {
        two.nodes.clock.advance(time);
        two.settle();
    }

    private static void checkErasedThere(ReferralId referral) {
        var there = two.atClinic(referral);
        assertThat(there.contact()).isEmpty();
        assertThat(there.firstStep()).isEmpty();
        assertThat(lines(two.atShelter(referral), Kind.ERASED)).isOne();
        assertThat(kinds(referral)).isEmpty();
        // The proof of the consent stays with who had it.
        assertThat(two.atShelter(referral).consent()).isPresent();
    }

    private static List<Duty.Kind> kinds(ReferralId referral) {
        return two.shelter.duties().list(two.sara, referral).stream().map(Duty::kind).toList();
    }

    private static long lines(OpenedReferral opened, Kind kind) {
        return opened.timeline().stream().filter(it -> it.kind() == kind).count();
    }
}
