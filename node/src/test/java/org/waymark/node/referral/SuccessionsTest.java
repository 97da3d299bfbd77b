// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.listing.ListingId;
import org.waymark.node.referral.LifeCycle.State;

/// A person named several organisations; the second is asked when the first says no.
class SuccessionsTest {

    private static Partnered two;
    private static ListingId other;

    @BeforeAll
    static void partner() {
        two = new Partnered();
        var offered =
                two.nodes
                        .clinic
                        .domains()
                        .listings()
                        .add(two.nodes.clinic.acting(), Samples.beds());
        two.settle();
        other =
                two.nodes
                        .shelter
                        .domains()
                        .listings()
                        .find(two.sara, offered.uri())
                        .orElseThrow()
                        .id();
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @Test
    void afterANoTheNextIsAskedInOneTap() {
        var first = two.draft(Samples.wanted(two.beds));
        two.shelter.successions().name(two.sara, first, List.of(two.beds, other));
        assertThat(two.shelter.successions().named(two.sara, first)).containsExactly(other);
        two.shelter.recordConsent(two.sara, first, Samples.spoken(two.nodes.clock));
        two.shelter.send(two.sara, first);
        two.settle();
        assertThat(two.shelter.successions().askNext(two.sara, first))
                .isInstanceOf(MoveOutcome.NotAllowed.class);

        no(first);
        assertThat(two.shelter.duties().list(two.sara, first))
                .extracting(Duty::kind)
                .containsExactly(Duty.Kind.NEXT_RECEIVER);
        var next =
                ((MoveOutcome.Moved) two.shelter.successions().askNext(two.sara, first)).referral();
        two.settle();

        assertThat(two.stateAtClinic(next.id())).isEqualTo(State.SENT);
        assertThat(two.shelter.duties().list(two.sara, first)).isEmpty();
        var one = two.atClinic(first).firstStep().orElseThrow();
        var another = two.atClinic(next.id()).firstStep().orElseThrow();
        assertThat(another.need().reason()).isEqualTo(one.need().reason());
        // Nothing that travels joins the two.
        assertThat(another.caseCode()).isNotEqualTo(one.caseCode());
        assertThat(another.need().basedOn()).isEmpty();
        assertThat(two.shelter.successions().askNext(two.sara, first))
                .isInstanceOf(MoveOutcome.AlreadyThere.class);
    }

    @Test
    void aYesToSomeNamesIsNoneToOthers() {
        var draft = two.draft(Samples.wanted(two.beds));
        two.shelter.recordConsent(two.sara, draft, Samples.spoken(two.nodes.clock));
        two.shelter.successions().name(two.sara, draft, List.of());
        assertThat(two.atShelter(draft).consent()).as("nobody else was named").isPresent();

        two.shelter.successions().name(two.sara, draft, List.of(other));
        assertThat(two.shelter.send(two.sara, draft))
                .isEqualTo(new MoveOutcome.Refused(MoveOutcome.Why.CONSENT_MISSING));
    }

    @Test
    void theHelpCodeFollowsThePerson() {
        var desk = two.nodes.shelter.domains().personDesk();
        var first = two.draft(Samples.wanted(two.beds));
        two.shelter.successions().name(two.sara, first, List.of(other));
        two.shelter.recordConsent(two.sara, first, Samples.spoken(two.nodes.clock));
        desk.giveCode(two.sara, first, Optional.of("Morgen"));
        two.shelter.send(two.sara, first);
        two.settle();
        no(first);

        var next =
                ((MoveOutcome.Moved) two.shelter.successions().askNext(two.sara, first)).referral();

        assertThat(desk.find(two.sara, first).orElseThrow().codeGivenAt()).isEmpty();
        assertThat(desk.find(two.sara, next.id()).orElseThrow().codeGivenAt()).isPresent();
        assertThat(desk.find(two.sara, next.id()).orElseThrow().hasWord()).isTrue();
    }

    @Test
    void aStopFollowsToWhomTheyWereHandedOn() {
        var rooms =
                two.nodes
                        .shelter
                        .domains()
                        .listings()
                        .add(two.nodes.shelter.acting(), Samples.beds());
        two.settle();
        var there =
                two.nodes
                        .clinic
                        .domains()
                        .listings()
                        .find(two.carlo, rooms.uri())
                        .orElseThrow()
                        .id();
        var first = taken(Samples.onward(two.nodes.clock, 1));
        var clinicId = two.clinicId(first);
        var written = two.clinic.successions().onward(two.carlo, clinicId, there);
        var onward = ((MoveOutcome.Moved) written).referral();
        two.clinic.send(two.carlo, onward.id());
        var waiting = two.clinic.successions().onward(two.carlo, clinicId, there);
        var draft = ((MoveOutcome.Moved) waiting).referral();
        two.settle();

        two.shelter.withdraw(two.sara, first, true);
        two.settle();

        var second =
                two.shelter.list(two.sara).stream()
                        .filter(it -> it.uri().equals(onward.uri()))
                        .findFirst()
                        .orElseThrow();
        assertThat(second.state()).isEqualTo(State.WITHDRAWN);
        for (var id : List.of(clinicId, onward.id(), draft.id())) {
            var left = two.clinic.find(two.carlo, id).orElseThrow();
            assertThat(left.referral().state().isOpen()).isFalse();
            assertThat(left.contact()).isEmpty();
            assertThat(left.firstStep()).isEmpty();
        }
    }

    @Test
    void askingAgainIsANewReferralThatNamesTheOld() {
        var first = two.sent();
        assertThat(two.shelter.successions().reopen(two.sara, first))
                .isInstanceOf(MoveOutcome.NotAllowed.class);
        no(first);

        var again =
                ((MoveOutcome.Moved) two.shelter.successions().reopen(two.sara, first)).referral();
        assertThat(again.state()).isEqualTo(State.DRAFT);
        assertThat(two.shelter.send(two.sara, again.id()))
                .isEqualTo(new MoveOutcome.Refused(MoveOutcome.Why.CONSENT_MISSING));
        two.shelter.recordConsent(two.sara, again.id(), Samples.spoken(two.nodes.clock));
        two.shelter.send(two.sara, again.id());
        two.settle();

        assertThat(two.atClinic(again.id()).firstStep().orElseThrow().need().basedOn())
                .contains(two.atShelter(first).referral().uri());
        assertThat(two.stateAtShelter(first)).isEqualTo(State.DECLINED);
    }

    @Test
    void handedOnOnlyAsAgreedAndTheFirstSenderSeesHowFar() {
        // The shelter offers something too, so that the clinic has somebody to ask.
        var rooms =
                two.nodes
                        .shelter
                        .domains()
                        .listings()
                        .add(two.nodes.shelter.acting(), Samples.beds());
        two.settle();
        var there =
                two.nodes
                        .clinic
                        .domains()
                        .listings()
                        .find(two.carlo, rooms.uri())
                        .orElseThrow()
                        .id();
        var not = taken(Samples.spoken(two.nodes.clock));
        assertThat(two.clinic.successions().onward(two.carlo, two.clinicId(not), there))
                .isEqualTo(new MoveOutcome.Refused(MoveOutcome.Why.CONSENT_MISSING));

        var first = taken(Samples.onward(two.nodes.clock, 1));
        var written = two.clinic.successions().onward(two.carlo, two.clinicId(first), there);
        var draft = ((MoveOutcome.Moved) written).referral();
        assertThat(two.clinic.send(two.carlo, draft.id())).isInstanceOf(MoveOutcome.Moved.class);
        two.settle();

        var told = Partnered.contents(two.atShelter(first), ReferralEvent.Kind.ONWARD);
        assertThat(told).contains(new Travelling.Onward("The Shelter", LifeCycle.Word.WAITING));
        var second =
                two.shelter.list(two.sara).stream()
                        .filter(it -> it.uri().equals(draft.uri()))
                        .findFirst()
                        .orElseThrow();
        var step = two.shelter.find(two.sara, second.id()).orElseThrow().firstStep();
        assertThat(step.orElseThrow().need().basedOn()).isEmpty();
        assertThat(step.orElseThrow().consent().orElseThrow().onward()).contains(0);
        two.shelter.accept(two.sara, second.id(), Samples.come());
        two.settle();
        assertThat(Partnered.contents(two.atShelter(first), ReferralEvent.Kind.ONWARD))
                .contains(new Travelling.Onward("The Shelter", LifeCycle.Word.YES));
        // Twice at most: this one may not go further.
        assertThat(two.shelter.successions().onward(two.sara, second.id(), other))
                .isEqualTo(new MoveOutcome.Refused(MoveOutcome.Why.CONSENT_MISSING));
    }

    private static ReferralId taken(Consent consent) {
        var referral = two.draft(Samples.wanted(two.beds));
        two.shelter.recordConsent(two.sara, referral, consent);
        two.shelter.send(two.sara, referral);
        two.settle();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        return referral;
    }

    private static void no(ReferralId referral) {
        two.clinic.decline(
                two.carlo,
                two.clinicId(referral),
                new Travelling.Refusal(Travelling.Reason.NO_PLACE, "", List.of()));
        two.settle();
    }
}
