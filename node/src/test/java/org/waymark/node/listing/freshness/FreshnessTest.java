// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.CheckList;
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.Desk;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Standing;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Acting;

@SuppressWarnings("NullAway.Init") // set before the first test
class FreshnessTest {

    private static final TestClock CLOCK = new TestClock();
    private static final Set<UUID> EMERGENCY = new HashSet<>();
    private static Desk desk;
    private static Freshness freshness;
    private static Standings standings;

    @BeforeAll
    static void open() {
        desk = new Desk(Databases.inMemory(), CLOCK);
        freshness =
                new Freshness(
                        desk.database,
                        desk.staff.access,
                        desk.staff.audit,
                        desk.listings,
                        new CheckList(
                                desk.database, desk.staff.access, desk.listings, CLOCK, Desk.ZONE),
                        desk.staff.organizations,
                        desk.work,
                        FreshnessSettings.usual(),
                        EMERGENCY,
                        CLOCK,
                        UUID::randomUUID);
        standings =
                new Standings(
                        desk.database,
                        desk.staff.access,
                        desk.listings,
                        desk.work,
                        CLOCK,
                        Desk.ZONE);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static Listing add(String name, String town, Topic topic) {
        return desk.listings.add(
                desk.amal,
                Draft.named(new Text("en", Map.of("en", name, "ar", "مكان")))
                        .topics(Set.of(topic))
                        .spots(List.of(Spot.at("1 Quay", "12345", town, "XX")))
                        .build());
    }

    private static Listing now(Listing listing) {
        return desk.listings.find(desk.amal, listing.id()).orElseThrow();
    }

    private static boolean isToCheck(Listing listing) {
        return freshness.toCheck(desk.amal, 0, 1000).stream()
                .anyMatch(it -> it.id().equals(listing.id()));
    }

    @Test
    void whatWasCheckedComesBackWhenItsRhythmHasPassed() {
        var listing = add("Rhythm", "Lindmar", Topic.HEALTH);
        assertThat(isToCheck(listing)).as("never checked").isTrue();

        freshness.setCare(desk.amal, listing.id(), new Care(Optional.of(3), Optional.empty()));
        freshness.confirm(desk.amal, listing.id(), Checked.How.VISIT);

        assertThat(now(listing).checked().how()).isEqualTo(Checked.How.VISIT);
        assertThat(now(listing).checked().months()).isEqualTo(3);
        assertThat(isToCheck(listing)).isFalse();
        CLOCK.advance(Duration.ofDays(80));
        assertThat(isToCheck(listing)).as("14 days before").isTrue();
        CLOCK.advance(Duration.ofDays(20));
        assertThat(now(listing).checked().isOverdue(today())).isTrue();
        assertThat(now(listing).review().isPublished()).as("a clock hides nothing").isTrue();
    }

    @Test
    void theRhythmOfTheOrganisationReachesListingsWithoutOneOfTheirOwn() {
        var usual = add("Usual", "Lindmar", Topic.HEALTH);
        var often = add("Often", "Lindmar", Topic.HEALTH);
        freshness.setCare(desk.amal, often.id(), new Care(Optional.of(1), Optional.empty()));

        freshness.setMonths(desk.amal, 6);
        desk.work.runDue();

        assertThat(now(usual).checked().months()).isEqualTo(6);
        assertThat(now(often).checked().months()).isEqualTo(1);
        assertThat(freshness.months(desk.boris)).isEqualTo(6);
    }

    @Test
    void twoCallsAtDifferentTimesLetAPersonHideIt() {
        var silent = add("Silent", "Harbour", Topic.WORK);
        var other = add("Other", "Harbour", Topic.WORK);
        assertThat(freshness.hide(desk.amal, silent.id()))
                .isEqualTo(Freshness.Hiding.TOO_FEW_CALLS);

        freshness.noAnswer(desk.amal, silent.id());
        freshness.noAnswer(desk.amal, silent.id());
        assertThat(freshness.mayHide(desk.amal, silent.id())).as("in a row").isFalse();
        CLOCK.advance(Duration.ofDays(1));
        freshness.noAnswer(desk.boris, silent.id());

        assertThat(freshness.hide(desk.amal, silent.id())).isEqualTo(Freshness.Hiding.HIDDEN);
        assertThat(now(silent).review().isPublished()).isFalse();
        assertThat(now(other).review().isPublished()).isTrue();
    }

    @Test
    void whatThePageForDangerLeadsToStays() {
        add("Another line", "Linetown", Topic.HEALTH);
        var line = add("Night line", "Linetown", Topic.HEALTH);
        freshness.noAnswer(desk.amal, line.id());
        CLOCK.advance(Duration.ofDays(1));
        freshness.noAnswer(desk.amal, line.id());
        EMERGENCY.add(line.id().value());

        assertThat(freshness.hide(desk.amal, line.id())).isEqualTo(Freshness.Hiding.EMERGENCY_LINE);

        EMERGENCY.clear();
        assertThat(freshness.hide(desk.amal, line.id())).isEqualTo(Freshness.Hiding.HIDDEN);
    }

    @Test
    void theLastListingOfATownForATopicStays() {
        add("Far away", "Elsewhere", Topic.EDUCATION);
        var last = add("Last", "Smallplace", Topic.EDUCATION);
        freshness.noAnswer(desk.amal, last.id());
        CLOCK.advance(Duration.ofDays(1));
        freshness.noAnswer(desk.amal, last.id());

        assertThat(freshness.hide(desk.amal, last.id())).isEqualTo(Freshness.Hiding.LAST_OF_TOWN);
        assertThat(now(last).review().isPublished()).isTrue();
    }

    @Test
    void aPlaceThatNoPageShowsHasATownAllTheSame() {
        add("Far school", "Elsewhere", Topic.TRANSPORT);
        var hidden =
                desk.listings.add(
                        desk.amal,
                        Draft.named(new Text("en", Map.of("en", "By phone")))
                                .topics(Set.of(Topic.TRANSPORT))
                                .phones(List.of(Phone.of("+1 305 555 0100")))
                                .spots(List.of(Spot.at("2 Quay", "12345", "Hiddenplace", "XX")))
                                .place(Place.PHONE_ONLY)
                                .build());
        freshness.noAnswer(desk.amal, hidden.id());
        CLOCK.advance(Duration.ofDays(1));
        freshness.noAnswer(desk.amal, hidden.id());

        assertThat(freshness.hide(desk.amal, hidden.id())).isEqualTo(Freshness.Hiding.LAST_OF_TOWN);
    }

    @Test
    void theSameNumberSaidAgainIsNoNews() {
        var listing = add("Counted", "Lindmar", Topic.HEALTH);
        standings.places(desk.amal, listing.id(), OptionalInt.of(3), OptionalInt.of(12));
        var version = now(listing).version();
        CLOCK.advance(Duration.ofMinutes(1));

        standings.places(desk.amal, listing.id(), OptionalInt.of(3), OptionalInt.of(12));
        assertThat(now(listing).version()).isEqualTo(version);

        standings.places(desk.amal, listing.id(), OptionalInt.of(2), OptionalInt.of(12));
        assertThat(now(listing).version()).isNotEqualTo(version);
    }

    @Test
    void anAnswerForgetsTheCallsBefore() {
        var listing = add("Answers", "Lindmar", Topic.WORK);
        freshness.noAnswer(desk.amal, listing.id());

        freshness.confirm(desk.amal, listing.id(), Checked.How.PHONE);

        assertThat(freshness.failedCalls(desk.amal, listing.id())).isEmpty();
    }

    @Test
    void closedTodayOpensAgainByItself() {
        var listing = add("Closed", "Lindmar", Topic.HEALTH);

        standings.close(desk.amal, listing.id(), Optional.of(today()));
        assertThat(now(listing).standing().closedOn(today())).isPresent();

        CLOCK.advance(Duration.ofDays(2));
        desk.work.runDue();
        assertThat(now(listing).standing()).isEqualTo(Standing.unknown());
    }

    @Test
    void aFullServiceIsFullUntilNobodyBelievesItAnyMore() {
        var listing = add("Beds", "Lindmar", Topic.HOUSING);

        standings.places(desk.amal, listing.id(), OptionalInt.of(0), OptionalInt.of(12));
        standings.waiting(desk.amal, listing.id(), OptionalInt.of(21));

        var standing = now(listing).standing();
        assertThat(standing.isFull(today())).isTrue();
        assertThat(standing.waitDays()).hasValue(21);
        assertThat(standing.isFull(today().plusDays(30))).isFalse();
        // Words are not touched, and so no translation.
        assertThat(now(listing).name()).isEqualTo(listing.name());
    }

    @Test
    void whatIsMissingIsNamedAndWeighed() {
        var poor = add("Poor", "Lindmar", Topic.HEALTH);
        var gaps = Quality.of(poor, today(), List.of("en", "ar")).gaps();
        assertThat(gaps)
                .contains(Quality.Gap.PHONE, Quality.Gap.CHECKED, Quality.Gap.HOURS)
                .doesNotContain(
                        Quality.Gap.TRANSLATION, Quality.Gap.ADDRESS, Quality.Gap.REPORTING);

        freshness.confirm(desk.amal, poor.id(), Checked.How.PHONE);
        var better = Quality.of(now(poor), today(), List.of("en", "ar", "fr"));
        assertThat(better.gaps())
                .contains(Quality.Gap.TRANSLATION)
                .doesNotContain(Quality.Gap.CHECKED);
        assertThat(Quality.mean(List.of())).isEqualTo(100);
    }

    @Test
    void aNeighbourKeepsNoneOfIt() {
        var listing = add("Ours", "Lindmar", Topic.HEALTH);
        var other = desk.staff.organization("neighbour");
        var stranger = Acting.node(other);

        freshness.setCare(stranger, listing.id(), new Care(Optional.of(1), Optional.of("a@b.c")));

        assertThat(freshness.care(desk.amal, listing.id())).isEqualTo(Care.none());
        assertThat(freshness.hide(stranger, listing.id())).isEqualTo(Freshness.Hiding.NOT_FOUND);
        assertThat(freshness.failedCalls(stranger, listing.id())).isEqualTo(List.<Instant>of());
    }

    private static LocalDate today() {
        return standings.today();
    }
}
