// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.placecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.exchange.ActivityHandler.Result;
import org.waymark.node.exchange.ReceivedActivity;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.placecheck.PlaceChecks.Outcome;

/// A shelter asks a clinic on another node whether it has a bed.
class PlaceChecksTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 16);

    private static TwoNodes nodes;
    private static Acting sara;
    private static Acting carlo;
    private static PlaceChecks shelter;
    private static PlaceChecks clinic;
    private static ListingId beds;
    private static URI service;

    @BeforeAll
    static void partner() {
        nodes = TwoNodes.partnered();
        var offered =
                nodes.clinic
                        .domains()
                        .listings()
                        .add(
                                nodes.clinic.acting(),
                                Draft.named(Text.of("en", "Beds"))
                                        .referralPolicy(ReferralPolicy.TAKEN)
                                        .build());
        nodes.settle();
        service = offered.uri();
        sara =
                TestNode.acting(
                        nodes.shelter.person("sara@shelter.example", Role.CASEWORKER),
                        Purpose.HELP);
        carlo =
                TestNode.acting(
                        nodes.clinic.person("carlo@clinic.example", Role.CASEWORKER), Purpose.HELP);
        shelter = nodes.shelter.domains().placeChecks();
        clinic = nodes.clinic.domains().placeChecks();
        beds = nodes.shelter.domains().listings().find(sara, service).orElseThrow().id();
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    @Test
    void aYesComesBackAndHoldsForADay() {
        var check = ask();
        nodes.settle();

        var there = there(check);
        assertThat(there.service()).isEqualTo("Beds");
        assertThat(there.adults()).isEqualTo(2);
        assertThat(there.from()).isEqualTo(MONDAY);
        assertThat(clinic.answer(carlo, there.id(), PlaceAnswer.YES))
                .isInstanceOf(Outcome.Answered.class);
        nodes.settle();

        var answered = here(check);
        assertThat(answered.answer()).contains(PlaceAnswer.YES);
        assertThat(answered.holds(nodes.clock.instant())).isTrue();
        assertThat(answered.holds(nodes.clock.instant().plus(Duration.ofHours(25)))).isFalse();
        assertThat(clinic.answer(carlo, there.id(), PlaceAnswer.NO))
                .isInstanceOf(Outcome.TooLate.class);
    }

    @Test
    void afterADayNobodyAnswersAnyMore() {
        var check = ask();
        nodes.settle();
        nodes.clock.advance(Duration.ofHours(25));

        assertThat(clinic.answer(carlo, there(check).id(), PlaceAnswer.YES))
                .isInstanceOf(Outcome.TooLate.class);
    }

    @Test
    void ourOwnAndUnknownServicesAreNotAsked() {
        var own =
                nodes.shelter
                        .domains()
                        .listings()
                        .add(
                                nodes.shelter.acting(),
                                Draft.named(Text.of("en", "Own"))
                                        .referralPolicy(ReferralPolicy.TAKEN)
                                        .build())
                        .id();

        assertThat(shelter.ask(sara, List.of(own, new ListingId(UUID.randomUUID())), 1, 0, MONDAY))
                .containsExactly(new Outcome.NotTaken(), new Outcome.NotFound());
    }

    @Tag("attack:place-check-forged")
    @Test
    void whoWasNotAskedAnswersNothing() {
        var check = ask();
        nodes.settle();
        var stranger = URI.create("https://stranger.example/o/1");
        var forged =
                PlaceCheckActivities.answer(
                        check, PlaceAnswer.YES, stranger.resolve("/a/1"), stranger);

        assertThat(shelter.answered(received(nodes.shelter, forged)))
                .isEqualTo(new Result.Refused("place-check-not-theirs"));
        assertThat(here(check).answer()).isEmpty();

        var genuine =
                PlaceCheckActivities.answer(
                        check,
                        PlaceAnswer.NO,
                        nodes.clinic.url().resolve("/a/" + UUID.randomUUID()),
                        nodes.clinic.organizationActor());
        assertThat(shelter.answered(received(nodes.shelter, genuine))).isEqualTo(new Result.Done());
    }

    @Tag("attack:place-check-flood")
    @Test
    void aStrangerAsksNothingAndAPartnerNotWithoutEnd() {
        nodes.clock.advance(Duration.ofHours(30));
        var check = ask();
        var stranger = URI.create("https://stranger.example/o/1");
        assertThat(
                        clinic.asked(
                                received(
                                        nodes.clinic,
                                        PlaceCheckActivities.ask(check, stranger, service))))
                .isEqualTo(new Result.Refused("not-agreed"));

        var us = nodes.shelter.organizationActor();
        Result last = new Result.Done();
        for (int i = 0; i < 101; i++) {
            var another =
                    new PlaceCheck(
                            check.id(),
                            nodes.shelter.url().resolve("/a/" + UUID.randomUUID()),
                            false,
                            check.organization(),
                            check.partner(),
                            "",
                            check.listing(),
                            "",
                            1,
                            0,
                            MONDAY,
                            check.askedAt(),
                            Optional.empty(),
                            Optional.empty());
            last =
                    clinic.asked(
                            received(nodes.clinic, PlaceCheckActivities.ask(another, us, service)));
        }
        assertThat(last).isEqualTo(new Result.Refused("place-check-too-many"));
        nodes.clock.advance(Duration.ofHours(30));
    }

    private static ReceivedActivity received(TestNode node, Activity activity) {
        return new ReceivedActivity(
                activity,
                PlaceChecks.TYPE,
                Optional.of(node.organization().id()),
                nodes.clock.instant());
    }

    private static PlaceCheck ask() {
        return ((Outcome.Asked) shelter.ask(sara, List.of(beds), 2, 1, MONDAY).getFirst()).check();
    }

    private static PlaceCheck here(PlaceCheck check) {
        return find(shelter.list(sara), check);
    }

    private static PlaceCheck there(PlaceCheck check) {
        return find(clinic.list(carlo), check);
    }

    private static PlaceCheck find(List<PlaceCheck> list, PlaceCheck check) {
        return list.stream()
                .filter(it -> it.activity().equals(check.activity()))
                .findFirst()
                .orElseThrow();
    }
}
