// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.referral.LifeCycle.State.ACCEPTED;
import static org.waymark.node.referral.LifeCycle.State.COMPLETED;
import static org.waymark.node.referral.LifeCycle.State.ENTERED_IN_ERROR;
import static org.waymark.node.referral.LifeCycle.State.RECEIVED;
import static org.waymark.node.referral.LifeCycle.State.SENT;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.referral.ReferralEvent.Kind;

/// What got lost between two organisations is found by comparing, said again, and seen by staff.
class ReferralComparisonTest {

    private static Partnered two;

    @BeforeAll
    static void open() {
        two = new Partnered();
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @Test
    void anOfferThatWasLostAfterItsAnswerGoesAgain() {
        two.clinicDoor.swallow();
        var referral = two.draft(Samples.wanted(two.beds));
        two.shelter.recordConsent(two.sara, referral, Samples.spoken(two.nodes.clock));
        two.shelter.send(two.sara, referral);
        two.settle();
        assertThat(two.clinicDoor.spare()).isOne();
        assertThat(isAtClinic(referral)).isFalse();

        aDayPasses();

        assertThat(two.stateAtClinic(referral)).isEqualTo(SENT);
        assertThat(lines(two.atShelter(referral), Kind.SENT_AGAIN)).isOne();
        // Its answers name the offer that arrived.
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(ACCEPTED);
        assertThat(two.atClinic(referral).contact()).isPresent();
        checkEqual(referral);
    }

    @Test
    void anAnswerThatWasLostIsAskedFor() {
        var referral = two.sent();
        two.shelterDoor.swallow();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        assertThat(two.shelterDoor.spare()).isPositive();
        assertThat(two.stateAtShelter(referral)).isEqualTo(SENT);

        aDayPasses();

        assertThat(two.stateAtShelter(referral)).isEqualTo(ACCEPTED);
        assertThat(two.atClinic(referral).contact()).isPresent();
        assertThat(
                        lines(two.atShelter(referral), Kind.ASKED_AGAIN)
                                + lines(two.atClinic(referral), Kind.SENT_AGAIN))
                .isPositive();
        checkEqual(referral);
    }

    @Test
    void theContactThatWasLostGoesAgain() {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.nodes.clinic.runDue();
        two.clinicDoor.swallow();
        two.settle();
        assertThat(two.clinicDoor.spare()).isPositive();
        assertThat(two.atClinic(referral).contact()).isEmpty();

        aDayPasses();

        assertThat(two.atClinic(referral).contact().orElseThrow().address())
                .isEqualTo(Samples.PHONE);
        checkEqual(referral);
    }

    @Test
    void nothingIsSaidAgainWhenNothingWasLost() {
        var referral = two.sent();
        two.clinic.receive(two.carlo, two.clinicId(referral));
        two.settle();
        var said = spoken(two.atShelter(referral)).size();
        var heard = spoken(two.atClinic(referral)).size();

        aDayPasses();
        aDayPasses();

        assertThat(spoken(two.atShelter(referral))).hasSize(said);
        assertThat(spoken(two.atClinic(referral))).hasSize(heard);
        checkEqual(referral);
    }

    /// What was said, without the clocks that rang here.
    private static List<ReferralEvent> spoken(OpenedReferral opened) {
        return opened.timeline().stream().filter(it -> it.version().isPresent()).toList();
    }

    @Test
    void aRowThatFellBackIsNoticedAndItsPeopleConfirmAgain() {
        var referral = two.sent();
        two.clinic.receive(two.carlo, two.clinicId(referral));
        two.settle();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        // What a backup of before the answer holds.
        corrupt(
                two.nodes.clinic,
                "UPDATE referral SET state = 'SENT', own_version = 0, case_uri = NULL,"
                        + " contact_sent_at = NULL, contact = NULL, seen_version ="
                        + " (SELECT MIN(version) FROM referral_event WHERE kind = 'SEND'"
                        + " AND referral = referral.id)"
                        + " WHERE id = ?",
                two.clinicId(referral).value());

        aDayPasses();

        assertThat(lines(two.atShelter(referral), Kind.FORGOTTEN)).isOne();
        var there = two.atClinic(referral);
        assertThat(there.referral().effectiveState()).isEqualTo(ACCEPTED);
        assertThat(there.referral().state()).isEqualTo(SENT);
        assertThat(there.contact()).isEmpty();

        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        assertThat(two.atClinic(referral).contact().orElseThrow().address())
                .isEqualTo(Samples.PHONE);
        two.clinic.complete(two.carlo, two.clinicId(referral), Samples.helped(two.nodes.clock));
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(COMPLETED);
        checkEqual(referral);
    }

    @Test
    void aVersionThatFellBackAloneIsSetRight() {
        var referral = two.sent();
        two.clinic.receive(two.carlo, two.clinicId(referral));
        two.settle();
        corrupt(
                two.nodes.clinic,
                "UPDATE referral SET own_version = own_version - 1000 WHERE id = ?",
                two.clinicId(referral).value());

        aDayPasses();

        assertThat(two.stateAtShelter(referral)).isEqualTo(RECEIVED);
        checkEqual(referral);
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(ACCEPTED);
    }

    @Test
    void aCancelledOfferThatNeverArrivedStaysAway() {
        two.clinicDoor.swallow();
        var referral = two.draft(Samples.wanted(two.beds));
        two.shelter.recordConsent(two.sara, referral, Samples.spoken(two.nodes.clock));
        two.shelter.send(two.sara, referral);
        two.shelter.cancel(two.sara, referral, Travelling.StopReason.NO_LONGER_NEEDED);
        two.settle();
        assertThat(two.clinicDoor.spare()).isPositive();

        aDayPasses();

        assertThat(isAtClinic(referral)).isFalse();
    }

    @Test
    void whatWasNeverSentIsNotToldEvenAfterItWasThrownAway() {
        var referral = two.draft(Samples.wanted(two.beds));
        two.shelter.delete(two.sara, referral);
        var thrownAway = two.atShelter(referral).referral();
        assertThat(thrownAway.state()).isEqualTo(ENTERED_IN_ERROR);

        assertThat(
                        two.nodes
                                .shelter
                                .database()
                                .<List<Referral>>read(
                                        tx ->
                                                new ReferralTable()
                                                        .listWith(
                                                                tx,
                                                                thrownAway.organization(),
                                                                thrownAway.partner(),
                                                                Instant.EPOCH,
                                                                "",
                                                                1_000)))
                .extracting(Referral::id)
                .doesNotContain(referral);
    }

    @Test
    void twoThatMissWhatNeitherCanSayDoNotAskEachOtherForEver() {
        var referral = two.sent();
        two.clinic.receive(two.carlo, two.clinicId(referral));
        two.settle();
        var later = "UPDATE referral SET own_version = own_version + 1 WHERE id = ?";
        corrupt(two.nodes.shelter, later, referral.value());
        corrupt(two.nodes.clinic, later, two.clinicId(referral).value());

        aDayPasses();

        assertThat(lines(two.atShelter(referral), Kind.ASKED_AGAIN)).isBetween(1L, 10L);
        assertThat(lines(two.atClinic(referral), Kind.ASKED_AGAIN)).isBetween(1L, 10L);
        // Nothing of it is left for the tests after this one.
        corrupt(two.nodes.shelter, later.replace('+', '-'), referral.value());
        corrupt(two.nodes.clinic, later.replace('+', '-'), two.clinicId(referral).value());
    }

    @Test
    void onlyTheOtherPartyThatSignsGetsTheList() {
        var list = two.nodes.shelter.organizationActor() + "/referrals";

        assertThat(status(list)).isEqualTo(404);
        assertThat(status(list + "?with=" + two.nodes.clinic.organizationActor())).isEqualTo(404);
        assertThat(status(list + "?with=%20")).isEqualTo(404);
        assertThat(status(two.nodes.shelter.url() + "/o/nobody/referrals")).isEqualTo(404);
    }

    private static void aDayPasses() {
        for (int i = 0; i < 3; i++) {
            two.nodes.clock.advance(Duration.ofHours(9));
            two.settle();
        }
    }

    /// Each side has heard all that the other has said.
    private static void checkEqual(ReferralId referral) {
        var here = two.atShelter(referral).referral();
        var there = two.atClinic(referral).referral();
        assertThat(there.seenVersion()).isEqualTo(here.ownVersion());
        assertThat(here.seenVersion()).isEqualTo(there.ownVersion());
        assertThat(here.state()).isEqualTo(there.state());
        assertThat(here.caseUri()).isEqualTo(there.caseUri());
    }

    private static boolean isAtClinic(ReferralId referral) {
        return two.clinic.list(two.carlo).stream()
                .anyMatch(it -> it.uri().toString().endsWith(referral.toString()));
    }

    private static long lines(OpenedReferral opened, Kind kind) {
        return opened.timeline().stream().filter(it -> it.kind() == kind).count();
    }

    private static void corrupt(TestNode node, String sql, Object... parameters) {
        assertThat(node.database().<Integer>write(tx -> tx.update(sql, parameters))).isOne();
    }

    private static int status(String address) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
