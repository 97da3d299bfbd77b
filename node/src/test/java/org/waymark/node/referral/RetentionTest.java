// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.exchange.DeliveryState;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.ReferralEvent.Kind;

/// What is about a person ends by the calendar, on both sides, once the help has ended.
class RetentionTest {

    private Partnered two;

    @BeforeEach
    void open() {
        two = new Partnered();
    }

    @AfterEach
    void close() {
        two.close();
    }

    @Test
    void contactDataIsErasedNinetyDaysAfterClosingAndTheRestAYearAfter() {
        var referral = closed();

        daysPass(89);
        assertThat(two.atShelter(referral).contact()).isPresent();
        assertThat(two.atClinic(referral).contact()).isPresent();

        daysPass(2);
        for (var opened : List.of(two.atShelter(referral), two.atClinic(referral))) {
            assertThat(opened.contact()).isEmpty();
            assertThat(opened.firstStep()).isPresent();
        }
        assertThat(two.atShelter(referral).notes()).isPresent();

        daysPass(275);
        for (var opened : List.of(two.atShelter(referral), two.atClinic(referral))) {
            assertThat(opened.firstStep()).isEmpty();
            assertThat(opened.notes()).isEmpty();
            assertThat(opened.consent()).isEmpty();
            assertThat(opened.timeline()).allSatisfy(it -> assertThat(it.content()).isEmpty());
            assertThat(opened.timeline()).extracting(ReferralEvent::kind).contains(Kind.ACCEPT);
        }
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.COMPLETED);
        assertThat(actions(two.nodes.clinic))
                .filteredOn(it -> it.endsWith("-erased"))
                .containsExactlyInAnyOrder("referral-contact-erased", "referral-case-erased");
    }

    @Test
    void whatIsStillOpenIsNeverErasedHoweverOld() {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.nodes.settle();

        daysPass(800);

        assertThat(two.atClinic(referral).contact()).isPresent();
        assertThat(two.atShelter(referral).firstStep()).isPresent();
    }

    @Test
    void whatIsErasedDoesNotComeBackWithALateMessage() {
        var referral = closed();
        daysPass(400);

        assertThat(two.shelter.complete(two.sara, referral, Samples.helped(two.nodes.clock)))
                .isNotInstanceOf(MoveOutcome.Moved.class);
        two.shelter.recordCall(
                two.sara, referral, new Call(Call.Result.REACHED, "", Optional.empty()));

        assertThat(two.atShelter(referral).firstStep()).isEmpty();
    }

    @Test
    void aDraftThatNobodyTouchesIsErasedAfterThirtyDays() {
        var draft = two.draft(Samples.wanted(two.beds));
        daysPass(20);
        two.shelter.recordConsent(two.sara, draft, Samples.spoken(two.nodes.clock));

        daysPass(29);
        assertThat(two.atShelter(draft).contact()).isPresent();
        assertThat(two.stateAtShelter(draft)).isEqualTo(State.DRAFT);

        daysPass(2);
        var opened = two.atShelter(draft);
        assertThat(opened.contact()).isEmpty();
        assertThat(opened.firstStep()).isEmpty();
        assertThat(opened.notes()).isEmpty();
        assertThat(two.stateAtShelter(draft)).isEqualTo(State.ENTERED_IN_ERROR);
        assertThat(two.shelter.list(two.sara)).isEmpty();
        assertThat(two.shelter.send(two.sara, draft)).isNotInstanceOf(MoveOutcome.Moved.class);
        assertThat(actions(two.nodes.shelter))
                .contains("referral-contact-erased", "referral-case-erased");
    }

    @Test
    void whatWasClosedByPhoneOnlyIsErasedAtTheSideThatWasTold() {
        var referral = two.sent();
        two.shelter.recordTold(
                two.sara,
                referral,
                new Travelling.Told(
                        Travelling.ToldAnswer.NO, "Shift lead", two.nodes.clock.instant()));
        two.nodes.settle();

        daysPass(89);
        assertThat(two.atShelter(referral).contact()).isPresent();

        daysPass(2);
        assertThat(two.atShelter(referral).contact()).isEmpty();

        daysPass(275);
        assertThat(two.atShelter(referral).firstStep()).isEmpty();
        // They may be helping all the same.
        assertThat(two.atClinic(referral).firstStep()).isPresent();
        two.nodes.partner();
        assertThat(two.shelter.cancel(two.sara, referral, Travelling.StopReason.OTHER))
                .isEqualTo(new MoveOutcome.Refused(MoveOutcome.Why.ERASED));
    }

    @Test
    void anAnswerThatComesAfterTheErasureIsTakenAndDropped() {
        var referral = two.sent();
        two.shelter.recordTold(
                two.sara,
                referral,
                new Travelling.Told(
                        Travelling.ToldAnswer.NO, "Shift lead", two.nodes.clock.instant()));
        two.nodes.settle();
        daysPass(370);
        two.nodes.partner();

        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.nodes.settle();

        var uri = two.atShelter(referral).referral().uri();
        var answer =
                two.nodes
                        .clinic
                        .domains()
                        .deliveries()
                        .about(two.nodes.clinic.acting(), uri)
                        .getFirst();
        assertThat(answer.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(answer.attempts()).isOne();
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.SENT);
        assertThat(two.atShelter(referral).timeline())
                .extracting(ReferralEvent::kind)
                .doesNotContain(Kind.ACCEPT);
    }

    @Test
    void itRunsEveryNightAtThree() {
        daysPass(0);

        var next = due(two.nodes.shelter);

        var local = next.atZone(two.nodes.shelter.settings().zone());
        assertThat(local.getHour()).isEqualTo(3);
        assertThat(Duration.between(two.nodes.clock.instant(), next))
                .isBetween(Duration.ZERO, Duration.ofHours(25));
    }

    private ReferralId closed() {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.nodes.settle();
        two.clinic.complete(two.carlo, two.clinicId(referral), Samples.helped(two.nodes.clock));
        two.nodes.settle();
        return referral;
    }

    /// Time passes, and the night's work is done on both sides.
    private void daysPass(long days) {
        two.nodes.clock.advance(Duration.ofDays(days));
        for (var node : List.of(two.nodes.shelter, two.nodes.clinic)) {
            var work = node.node().work();
            var now = two.nodes.clock.instant();
            node.database().run(tx -> work.schedule(tx, Retention.WORK, "", now, ""));
        }
        two.nodes.settle();
    }

    private static Instant due(TestNode node) {
        return node.database()
                .read(
                        tx ->
                                tx.find(
                                        "SELECT due FROM job WHERE kind = ?",
                                        row -> row.instant("due"),
                                        Retention.WORK))
                .orElseThrow();
    }

    private static List<String> actions(TestNode node) {
        return node.database()
                .read(tx -> tx.list("SELECT action FROM audit_entry", row -> row.text("action")));
    }
}
