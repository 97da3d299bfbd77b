// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.database.Transaction;
import org.waymark.node.oversight.Breach.Risk;
import org.waymark.node.oversight.Breach.Whom;
import org.waymark.node.oversight.BreachNotice;
import org.waymark.node.oversight.BreachNotice.How;
import org.waymark.node.oversight.Breaches.Change;
import org.waymark.node.oversight.DataRequest.Kind;
import org.waymark.node.oversight.DataRequests;
import org.waymark.node.oversight.OversightTraces;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.privacy.Purpose;

/// What a person gets who asks for their data, and who hears of a breach.
class OversightTest {

    private static Partnered two;
    private static Acting manager;

    @BeforeAll
    static void partner() {
        two = new Partnered();
        manager =
                TestNode.acting(
                        two.nodes.shelter.person("manager@shelter.example", Role.MANAGER),
                        Purpose.OVERSIGHT);
    }

    @AfterAll
    static void close() {
        two.close();
    }

    private static DataRequests requests() {
        return two.nodes.shelter.domains().dataRequests();
    }

    @Test
    void theyGetEverythingOfTheirRequestAndNoNameOfTheStaff() {
        var referral = two.sent();
        two.nodes.shelter.domains().personDesk().write(two.sara, referral, "We called for you.");
        var asked = requests().open(two.sara, Kind.ACCESS, Optional.of(referral)).orElseThrow();

        var taken = requests().take(two.sara, asked.id()).orElseThrow().json();

        assertThat(taken)
                .contains(Samples.NAME)
                .contains(Samples.PHONE)
                .contains(Samples.REASON)
                .contains("We called for you.")
                .contains("referral-shown")
                .doesNotContain(two.saraAccount.email())
                .doesNotContain(two.saraAccount.id().toString());
        var entries =
                two.nodes
                        .shelter
                        .database()
                        .read(
                                tx ->
                                        two.nodes
                                                .shelter
                                                .domains()
                                                .audit()
                                                .list(tx, asked.id().toString()));
        assertThat(entries)
                .extracting(it -> it.action())
                .containsExactlyInAnyOrder("data-access-asked", "data-package-taken");
    }

    @Test
    void nobodyElseOpensOrTakesIt() {
        var referral = two.sent();
        var asked =
                requests().open(two.sara, Kind.PORTABILITY, Optional.of(referral)).orElseThrow();

        var theirs = two.nodes.clinic.domains().dataRequests();
        assertThat(theirs.take(two.carlo, asked.id())).isEmpty();
        assertThat(theirs.open(two.carlo, Kind.ACCESS, Optional.of(referral))).isEmpty();
    }

    @Test
    void whoCanReadOfABreachReadsItAndTheOthersStayToBeCalled() {
        var desk = two.nodes.shelter.domains().personDesk();
        var reached = two.sent();
        desk.giveCode(two.sara, reached, Optional.of("lantern"));
        var withoutCode = two.sent();
        var withoutWord = two.sent();
        desk.giveCode(two.sara, withoutWord, Optional.empty());
        var breaches = two.nodes.shelter.domains().breaches();
        var breach = breaches.add(manager, "Lost list", Risk.HIGH, 3, two.nodes.clock.instant());
        var all = Set.of(reached, withoutCode, withoutWord);

        var others =
                breaches.tellPeople(manager, breach.id(), all, tag -> Optional.of("in " + tag));

        assertThat(others).containsExactlyInAnyOrder(withoutCode, withoutWord);
        assertThat(texts(reached)).containsOnlyOnce("in ar");
        assertThat(texts(withoutWord)).doesNotContain("in ar");
        assertThat(breaches.told(manager, breach.id(), Whom.PEOPLE, "Sure"))
                .isEqualTo(Change.CALLS_MISSING);
        assertThat(breaches.called(manager, breach.id(), reached)).isFalse();

        breaches.tellPeople(manager, breach.id(), all, tag -> Optional.of("in " + tag));
        assertThat(texts(reached)).as("not twice").containsOnlyOnce("in ar");

        assertThat(breaches.called(manager, breach.id(), withoutCode)).isTrue();
        assertThat(breaches.called(manager, breach.id(), withoutWord)).isTrue();
        assertThat(breaches.notices(manager, breach.id())).noneMatch(BreachNotice::waits);
        assertThat(breaches.told(manager, breach.id(), Whom.PEOPLE, "")).isEqualTo(Change.DONE);
    }

    @Test
    void whatWasWrittenGoesOnWithThePersonToTheRequestThatFollows() {
        var first = two.sent();
        var desk = two.nodes.shelter.domains().personDesk();
        desk.giveCode(two.sara, first, Optional.of("lantern"));
        desk.write(two.sara, first, "We called for you.");
        var breaches = two.nodes.shelter.domains().breaches();
        var breach = writtenTo(first);
        two.clinic.decline(
                two.carlo,
                two.clinicId(first),
                new Travelling.Refusal(Travelling.Reason.NO_PLACE, "", List.of()));
        two.settle();

        var again =
                ((MoveOutcome.Moved) two.shelter.successions().reopen(two.sara, first)).referral();

        assertThat(texts(again.id())).contains("We called for you.", "in ar");
        assertThat(texts(first)).as("for staff, and for who asks").contains("We called for you.");
        assertThat(breaches.notices(manager, breach))
                .extracting(BreachNotice::referral, BreachNotice::how)
                .containsExactly(tuple(again.id(), How.WRITTEN));

        two.shelter.withdrawByCode(Acting.node(again.organization()), again.id());

        assertThat(breaches.notices(manager, breach))
                .as("the page with it goes")
                .extracting(BreachNotice::how)
                .containsExactly(How.TO_CALL);
        assertThat(breaches.tellPeople(manager, breach, Set.of(again.id()), Optional::of))
                .as("it is going already")
                .containsExactly(again.id());
    }

    private static UUID writtenTo(ReferralId referral) {
        var breaches = two.nodes.shelter.domains().breaches();
        var breach = breaches.add(manager, "Lost list", Risk.HIGH, 1, two.nodes.clock.instant());
        assertThat(
                        breaches.tellPeople(
                                manager,
                                breach.id(),
                                Set.of(referral),
                                tag -> Optional.of("in " + tag)))
                .isEmpty();
        return breach.id();
    }

    @Test
    void nobodySaysWithoutAReasonThatAllKnowWhileNobodyIsNotedOrSomebodyIsLost() {
        var breaches = two.nodes.shelter.domains().breaches();
        var nobody = breaches.add(manager, "Lost list", Risk.HIGH, 300, two.nodes.clock.instant());
        assertThat(breaches.told(manager, nobody.id(), Whom.PEOPLE, " "))
                .isEqualTo(Change.REASON_MISSING);
        assertThat(breaches.told(manager, nobody.id(), Whom.PEOPLE, "By the newspaper"))
                .isEqualTo(Change.DONE);
        assertThat(breaches.find(manager, nobody.id()).orElseThrow().why())
                .isEqualTo("By the newspaper");

        var referral = two.sent();
        var breach = breaches.add(manager, "Lost list", Risk.HIGH, 1, two.nodes.clock.instant());
        breaches.tellPeople(manager, breach.id(), Set.of(referral), Optional::of);
        var row = two.atShelter(referral).referral();
        two.nodes
                .shelter
                .database()
                .run(tx -> new OversightTraces(UUID::randomUUID).erased(tx, row));

        var left = breaches.notices(manager, breach.id());
        assertThat(left).extracting(BreachNotice::how).containsExactly(How.LOST);
        assertThat(left).noneMatch(it -> it.referral().equals(referral));
        assertThat(breaches.told(manager, breach.id(), Whom.PEOPLE, ""))
                .isEqualTo(Change.REASON_MISSING);
        assertThat(breaches.told(manager, breach.id(), Whom.PEOPLE, "Her sister told her"))
                .isEqualTo(Change.DONE);
    }

    @Test
    void whoseLanguageThisSiteDoesNotHaveMustBeCalled() {
        var referral = two.sent();
        two.nodes.shelter.domains().personDesk().giveCode(two.sara, referral, Optional.of("tree"));
        var breaches = two.nodes.shelter.domains().breaches();
        var breach = breaches.add(manager, "Lost list", Risk.HIGH, 1, two.nodes.clock.instant());

        assertThat(
                        breaches.tellPeople(
                                manager, breach.id(), Set.of(referral), _ -> Optional.empty()))
                .containsExactly(referral);
        assertThat(breaches.notices(manager, breach.id()))
                .extracting(BreachNotice::how)
                .containsExactly(How.TO_CALL);
    }

    @Test
    void nobodyMakesABreachVanishWithoutAReasonWhileSomebodyWaitsToHear() {
        var breaches = two.nodes.shelter.domains().breaches();
        var breach = breaches.add(manager, "Lost list", Risk.HIGH, 2, two.nodes.clock.instant());

        assertThat(breaches.close(manager, breach.id(), " ")).isEqualTo(Change.REASON_MISSING);
        assertThat(breaches.rate(manager, breach.id(), Risk.NONE, 2, ""))
                .isEqualTo(Change.REASON_MISSING);
        assertThat(breaches.rate(manager, breach.id(), Risk.HIGH, 9, "")).isEqualTo(Change.DONE);

        assertThat(breaches.close(manager, breach.id(), "It was found")).isEqualTo(Change.DONE);
        assertThat(breaches.find(manager, breach.id()).orElseThrow().why())
                .isEqualTo("It was found");
    }

    @Test
    void theOldestOfManyRequestsIsAnsweredLikeAnyOther() {
        var old = two.sent();
        var shelter = two.nodes.shelter;
        var later = two.nodes.clock.instant().plusSeconds(60);
        shelter.database().run(tx -> addMany(tx, shelter.organization().id(), later));
        try {
            assertThat(two.shelter.list(two.sara)).noneMatch(it -> it.id().equals(old));

            assertThat(shelter.domains().personDesk().write(two.sara, old, "Still here")).isTrue();
            assertThat(texts(old)).contains("Still here");
            assertThat(requests().open(two.sara, Kind.ACCESS, Optional.of(old))).isPresent();
        } finally {
            shelter.database()
                    .run(tx -> tx.update("DELETE FROM referral WHERE partner_name = 'Many'"));
        }
    }

    private static void addMany(Transaction tx, OrganizationId organization, Instant changed) {
        for (int i = 0; i < 501; i++) {
            var id = UUID.randomUUID();
            tx.update(
                    "INSERT INTO referral (id, uri, side, organization, partner, partner_name,"
                            + " case_id, state, urgency, own_version, seen_version, created_at,"
                            + " changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id,
                    "https://shelter.example/r/" + id,
                    Side.SENDER,
                    organization.value(),
                    "https://many.example/o/1",
                    "Many",
                    UUID.randomUUID(),
                    LifeCycle.State.CANCELLED,
                    Urgency.TWO_WEEKS,
                    1L,
                    0L,
                    changed,
                    changed);
        }
    }

    @Test
    void whatIsAskedIsAskedSinceItCameAndForNoLongerThanItsMonth() {
        var came = two.nodes.clock.instant().minus(Duration.ofDays(20));
        var asked = requests().open(two.sara, Kind.ACCESS, Optional.empty(), came).orElseThrow();
        assertThat(asked.dueAt()).isBefore(two.nodes.clock.instant().plus(Duration.ofDays(12)));

        var late = two.nodes.clock.instant().minus(Duration.ofDays(80));
        var over = requests().open(two.sara, Kind.ACCESS, Optional.empty(), late).orElseThrow();
        assertThat(requests().extend(two.sara, over.id())).as("the month is over").isFalse();
        assertThat(requests().extend(two.sara, asked.id())).isTrue();
    }

    @Test
    void whatIsErasedLeavesNoTraceOfWhomItWas() {
        var referral = two.sent();
        var asked = requests().open(two.sara, Kind.OBJECTION, Optional.of(referral)).orElseThrow();
        var row = two.atShelter(referral).referral();

        two.nodes
                .shelter
                .database()
                .run(tx -> new OversightTraces(UUID::randomUUID).erased(tx, row));

        assertThat(requests().find(two.sara, asked.id()).orElseThrow().referral()).isEmpty();
    }

    @Test
    void thePackageHoldsWhatColleaguesWroteForEachOther() {
        var referral = two.sent();
        two.nodes.shelter.domains().caseNotes().add(two.sara, referral, "Calls after six");
        var asked = requests().open(two.sara, Kind.ACCESS, Optional.of(referral)).orElseThrow();

        assertThat(requests().take(two.sara, asked.id()).orElseThrow().json())
                .contains("Calls after six");
    }

    private static List<String> texts(ReferralId referral) {
        return two
                .nodes
                .shelter
                .domains()
                .personDesk()
                .find(two.sara, referral)
                .orElseThrow()
                .messages()
                .stream()
                .map(it -> it.text())
                .toList();
    }

    @Test
    void theKeyOfABreachIsKeptWhenUnusedOnesAreSwept() {
        var clock = new TestClock();
        try (var node = TestNode.still(clock, "house", "The House")) {
            var breaches = node.domains().breaches();
            var breach = breaches.add(node.acting(), "Kept words", Risk.NONE, 0, clock.instant());
            // The age of a key is that of its file.
            clock.advance(
                    Duration.between(clock.instant(), Instant.now().plus(Duration.ofDays(40))));
            node.database()
                    .run(
                            tx ->
                                    node.node()
                                            .work()
                                            .schedule(tx, "key-care", "", clock.instant(), ""));
            node.runDue();

            assertThat(breaches.find(node.acting(), breach.id()).orElseThrow().what())
                    .isEqualTo("Kept words");
        }
    }
}
