// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.listing.ListingId;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.placecheck.PlaceChecks;

/// A partner's house for people in danger: its copy has no form either, by any door.
class PhoneOnlyTest {

    private static Partnered two;
    private static ListingId house;

    @BeforeAll
    static void partner() {
        two = new Partnered();
        house = two.house();
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @Test
    void staffWriteNoRequestToIt() {
        assertThat(two.shelter.draft(two.sara, Samples.wanted(house)))
                .isEqualTo(new MoveOutcome.Refused(Why.PROTECTION_BY_PHONE));
    }

    @Test
    void nobodyAsksItForAPlace() {
        assertThat(
                        two.nodes
                                .shelter
                                .domains()
                                .placeChecks()
                                .ask(two.sara, List.of(house), 1, 0, LocalDate.of(2026, 3, 16)))
                .containsExactly(new PlaceChecks.Outcome.NotTaken());
    }

    @Test
    void whatArrivesAllTheSameIsNotTaken() {
        var listings = two.nodes.shelter.domains().listings();
        var service = listings.find(two.sara, house).orElseThrow().uri();
        var draft = two.atShelter(two.draft(Samples.wanted(two.beds)));
        var step = draft.firstStep().orElseThrow();
        var need =
                new Travelling.Need(
                        service,
                        step.need().serviceName(),
                        step.need().topic(),
                        step.need().reason(),
                        step.need().alreadyGiven(),
                        step.need().basedOn());
        var forged =
                new Travelling.FirstStep(
                                need,
                                step.urgency(),
                                step.respondBy(),
                                step.fit(),
                                step.caseCode(),
                                step.consent())
                        .agreed(Samples.spoken(two.nodes.clock).statement(), step.respondBy());

        assertThat(two.handleForged(draft.referral(), ReferralEvent.Kind.SEND, forged))
                .isEqualTo(new Result.Refused("protection-by-phone"));
        assertThat(two.clinic.list(two.carlo)).isEmpty();
    }
}
