// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralEvent.Kind;

/// Clocks ring once, tell people, and change nothing.
class ClocksTest {

    private static Partnered two;
    private static final List<String> RUNG = new ArrayList<>();

    @BeforeAll
    static void partner() {
        two = new Partnered();
        two.clinic.whenClockRings((tx, referral, clock) -> RUNG.add(referral.id() + " " + clock));
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @Test
    void whoIsAskedIsRemindedAtHalfAndBothHearTheLimitOnce() {
        var referral = two.sent();
        two.clinic.receive(two.carlo, two.clinicId(referral));

        pass(Duration.ofDays(3));
        assertThat(lines(two.atClinic(referral), Kind.REMINDED)).isOne();
        assertThat(lines(two.atShelter(referral), Kind.REMINDED)).isZero();

        for (int day = 0; day < 20; day++) {
            pass(Duration.ofDays(1));
        }
        assertThat(lines(two.atClinic(referral), Kind.REMINDED)).isOne();
        assertThat(lines(two.atClinic(referral), Kind.OVERDUE)).isOne();
        assertThat(lines(two.atShelter(referral), Kind.OVERDUE)).isOne();
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.RECEIVED);
        assertThat(two.stateAtClinic(referral)).isEqualTo(State.RECEIVED);
        var here = two.clinicId(referral);
        assertThat(RUNG).containsOnlyOnce(here + " REMINDER", here + " LIMIT");
    }

    @Test
    void anAnswerStopsTheClocks() {
        var referral = two.sent();
        two.clinic.decline(
                two.carlo,
                two.clinicId(referral),
                new Travelling.Refusal(Travelling.Reason.NO_PLACE, "", List.of()));
        two.settle();

        pass(Duration.ofDays(30));

        assertThat(lines(two.atClinic(referral), Kind.REMINDED)).isZero();
        assertThat(lines(two.atShelter(referral), Kind.OVERDUE)).isZero();
    }

    @Test
    void aYesAsksForAFirstContactAndEachMonthHowItGoes() {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();

        pass(Duration.ofDays(8));
        assertThat(duties(referral)).containsExactly(Duty.Kind.FIRST_CONTACT);

        two.clinic.start(two.carlo, two.clinicId(referral));
        two.settle();
        assertThat(duties(referral)).isEmpty();

        pass(Duration.ofDays(31));
        assertThat(duties(referral)).containsExactly(Duty.Kind.STILL_GOING);
        two.clinic.duties().stillGoing(two.carlo, two.clinicId(referral));
        assertThat(duties(referral)).isEmpty();

        pass(Duration.ofDays(32));
        assertThat(duties(referral)).containsExactly(Duty.Kind.STILL_GOING);
        two.clinic.complete(two.carlo, two.clinicId(referral), Samples.helped(two.nodes.clock));
        two.settle();
        assertThat(duties(referral)).isEmpty();
        pass(Duration.ofDays(62));
        assertThat(duties(referral)).isEmpty();
    }

    @Test
    void consentThatRanOutPausesTellingAndAsksThePersonAgain() {
        var referral = two.sent();
        two.clinic.ask(two.carlo, two.clinicId(referral), "How many?");
        two.settle();

        pass(Duration.ofDays(200));

        assertThat(two.stateAtClinic(referral)).isEqualTo(State.INFO_NEEDED);
        assertThat(two.shelter.duties().list(two.sara, referral))
                .extracting(Duty::kind)
                .containsExactly(Duty.Kind.CONSENT);
        assertThat(two.shelter.answer(two.sara, referral, "Two"))
                .isEqualTo(new MoveOutcome.Refused(MoveOutcome.Why.CONSENT_MISSING));

        two.shelter.recordConsent(two.sara, referral, Samples.spoken(two.nodes.clock));
        assertThat(two.shelter.duties().list(two.sara, referral)).isEmpty();
        assertThat(two.shelter.answer(two.sara, referral, "Two"))
                .isInstanceOf(MoveOutcome.Moved.class);
    }

    @Test
    void whatOneDidAloneAnotherReviews() {
        var referral = two.draft(Samples.wanted(two.beds));
        two.shelter.recordConsent(two.sara, referral, Samples.vital(two.nodes.clock));
        two.shelter.send(two.sara, referral);
        two.settle();

        assertThat(two.shelter.duties().list(two.sara, referral))
                .extracting(Duty::kind)
                .containsExactly(Duty.Kind.REVIEW);
        assertThat(two.shelter.duties().review(two.sara, referral))
                .isEqualTo(new MoveOutcome.Refused(MoveOutcome.Why.SECOND_PERSON));
        var second =
                TestNode.acting(
                        two.nodes.shelter.person("second@shelter.example", Role.CASEWORKER),
                        Purpose.HELP);
        assertThat(two.shelter.duties().review(second, referral))
                .isInstanceOf(MoveOutcome.Moved.class);
        assertThat(two.shelter.duties().list(two.sara, referral)).isEmpty();
    }

    private static List<Duty.Kind> duties(ReferralId referral) {
        return two.clinic.duties().list(two.carlo, two.clinicId(referral)).stream()
                .map(Duty::kind)
                .toList();
    }

    private static void pass(Duration time) {
        two.nodes.clock.advance(time);
        two.settle();
    }

    private static long lines(OpenedReferral opened, Kind kind) {
        return opened.timeline().stream().filter(it -> it.kind() == kind).count();
    }
}
