// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.oversight.Breach.Risk;
import org.waymark.node.oversight.DataRequest.Kind;
import org.waymark.node.oversight.DataRequests;
import org.waymark.node.privacy.Acting;
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
    void whoHasAHelpCodeReadsOfABreachInTheirLanguageAndTheOthersAreNamed() {
        var reached = two.sent();
        var toCall = two.sent();
        var desk = two.nodes.shelter.domains().personDesk();
        desk.giveCode(two.sara, reached, Optional.of("lantern"));
        var breaches = two.nodes.shelter.domains().breaches();
        var breach = breaches.add(manager, "Lost list", Risk.HIGH, 2, two.nodes.clock.instant());

        var others =
                breaches.tellPeople(
                        manager, breach.id(), Set.of(reached, toCall), tag -> "in " + tag);

        assertThat(others).containsExactly(toCall);
        assertThat(desk.find(two.sara, reached).orElseThrow().messages())
                .extracting(it -> it.text())
                .contains("in ar");
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
