// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Corrections.Heard;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// Rooms, jobs and lifts are how people are exploited: two people look before anybody sees one, and
/// two reports are enough to hide it (safety rule 3).
@SuppressWarnings("NullAway.Init") // set before all
class OffersTest {

    private static TestNode node;
    private static Acting amal;
    private static Acting boris;

    @BeforeAll
    static void start() {
        node = TestNode.start("shelter", "Lindmar Shelter");
        amal = TestNode.acting(node.person("amal@shelter.example", Role.EDITOR), Purpose.DIRECTORY);
        boris =
                TestNode.acting(
                        node.person("boris@shelter.example", Role.EDITOR), Purpose.DIRECTORY);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Room for rent near the harbour",
                "Now hiring: kitchen help",
                "Mitfahrgelegenheiten nach Ulmby",
                "غرفة للإيجار",
            })
    void twoPeopleLookBeforeAnybodySeesOne(String name) {
        var offer = add(name);

        assertThat(offer.review().reasons()).containsExactly(Review.Reason.OFFER);
        checkNobodySees(offer);
        publish(amal, offer);
        checkNobodySees(offer);
        publish(boris, offer);

        assertThat(Exposure.allows(Way.PAGE, now(offer))).isTrue();
        assertThat(now(offer).reach()).isEqualTo(Reach.PUBLIC);
    }

    @Test
    void theSecondReportHidesItUntilTwoPeopleLookedAgain() {
        var offer = published("Spare room with a family");

        hear(offer, "He wanted my passport.");
        assertThat(Exposure.allows(Way.PAGE, now(offer))).isTrue();
        hear(offer, "He asked me to clean for it.");

        checkNobodySees(offer);
        assertThat(listings().reviewQueue(amal)).extracting(Listing::id).contains(offer.id());
        publish(amal, offer);
        checkNobodySees(offer);
        publish(boris, offer);
        assertThat(Exposure.allows(Way.PAGE, now(offer))).isTrue();
    }

    @Test
    void whatStaffAnsweredCountsNoMore() {
        var offer = published("Rides offered to the clinic");
        hear(offer, "Wrong day.");
        var said =
                corrections().listOpen(amal).stream()
                        .filter(it -> it.listing().equals(Optional.of(offer.uri())))
                        .findFirst()
                        .orElseThrow();
        corrections().answer(amal, said.id(), Correction.State.RESOLVED, "");

        hear(offer, "Wrong hour.");

        assertThat(Exposure.allows(Way.PAGE, now(offer))).isTrue();
    }

    @Test
    void anyOtherListingStandsWhateverIsSaidOfIt() {
        var kitchen = add("Harbour kitchen");

        for (int i = 0; i < 3; i++) {
            hear(kitchen, "Closed " + i);
        }

        assertThat(Exposure.allows(Way.PAGE, now(kitchen))).isTrue();
    }

    @Test
    void staffHideOneAtOnce() {
        var offer = published("Carpool to the lessons");

        listings().hold(boris, offer.id());

        checkNobodySees(offer);
    }

    @Test
    void itsHouseIsNoSecretWhileItWaits() {
        var spots = List.of(SpotMaker.in("Lindmar", "5 Market Square").make());
        listings()
                .add(amal, Draft.named(Text.of("en", "Room to let upstairs")).spots(spots).build());

        var shop =
                listings()
                        .add(amal, Draft.named(Text.of("en", "Corner shop")).spots(spots).build());

        assertThat(now(shop).place()).isEqualTo(Place.EXACT);
    }

    private static void checkNobodySees(Listing offer) {
        for (var way : EnumSet.allOf(Way.class)) {
            assertThat(Exposure.allows(way, now(offer))).as(way.name()).isFalse();
        }
    }

    private static Listing published(String name) {
        var offer = add(name);
        publish(boris, offer);
        assertThat(Exposure.allows(Way.PAGE, now(offer))).isTrue();
        return offer;
    }

    private static Listing add(String name) {
        return listings().add(amal, Draft.named(Text.of("en", name)).build());
    }

    private static void publish(Acting acting, Listing offer) {
        listings().publish(acting, offer.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
    }

    private static void hear(Listing offer, String words) {
        assertThat(corrections().hear(offer.id(), words)).isInstanceOf(Heard.Noted.class);
    }

    private static Listing now(Listing listing) {
        return listings().find(amal, listing.id()).orElseThrow();
    }

    private static Listings listings() {
        return node.domains().listings();
    }

    private static Corrections corrections() {
        return node.domains().corrections();
    }
}
