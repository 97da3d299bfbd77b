// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.waymark.node.account.Access.Denied;
import org.waymark.node.account.Role;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;

@ParameterizedClass
@MethodSource("databases")
@SuppressWarnings("NullAway.Init") // the fields are set before each round
class ListingsTest {

    @Parameter Database database;
    private static Desk desk;

    static Stream<Database> databases() {
        return Databases.all().stream();
    }

    @BeforeParameterizedClassInvocation
    static void open(Database database) {
        desk = new Desk(database);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        desk.close();
    }

    private static Draft.Builder advice() {
        return Draft.named(new Text("en", Map.of("en", "Advice", "ar", "استشارة")))
                .description(Text.of("en", "Help with letters and forms."))
                .topics(Set.of(Topic.PAPERS, Topic.MONEY))
                .access(Access.WALK_IN)
                .phones(List.of(Phone.of("+1 305 555 0100")))
                .spots(List.of(Spot.at("1 Quay Street", "12345", "Lindmar", "XX")))
                .schedules(
                        List.of(
                                Schedule.weekly(
                                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                                        LocalTime.of(9, 0),
                                        LocalTime.of(12, 30))))
                .languages(List.of(new SpokenLanguage(java.util.Optional.of("ar"), "Arabic")))
                .bring(Text.of("en", "Any letter you got."))
                .referralPolicy(ReferralPolicy.TAKEN);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var draft = advice().build();

        var listing = desk.listings.add(desk.amal, draft);

        assertThat(listing.name()).isEqualTo(draft.name());
        assertThat(listing.description()).isEqualTo(draft.description());
        assertThat(listing.topics()).isEqualTo(draft.topics());
        assertThat(listing.phones()).isEqualTo(draft.phones());
        assertThat(listing.schedules()).isEqualTo(draft.schedules());
        assertThat(listing.languages()).isEqualTo(draft.languages());
        assertThat(listing.bring()).isEqualTo(draft.bring());
        assertThat(listing.takesReferrals()).isTrue();
        assertThat(listing.spots().getFirst().street()).containsExactly("1 Quay Street");
        assertThat(listing.provider().name()).isEqualTo("The shelter");
        assertThat(listing.zone()).isEqualTo(Desk.ZONE);
        assertThat(desk.listings.visit(listing.id())).isEqualTo(new Listings.Visit.Shown(listing));
    }

    @Test
    void anUnchangedListingKeepsItsVersion() {
        var listing = desk.listings.add(desk.amal, advice().build());
        var same = desk.listings.edit(desk.amal, listing.id()).orElseThrow().build();

        var outcome = desk.listings.replace(desk.amal, listing.id(), listing.version(), same);

        assertThat(outcome).isEqualTo(new Outcome.NothingToChange(listing));
    }

    @Test
    void aChangedListingGetsAHigherVersionAndAChangeNumber() {
        var listing = desk.listings.add(desk.amal, advice().build());
        var before = desk.listings.changesAfter(0, 1000).getLast().number();

        var outcome =
                desk.listings.replace(
                        desk.amal,
                        listing.id(),
                        listing.version(),
                        advice().access(Access.APPOINTMENT).build());

        assertThat(outcome).isInstanceOf(Outcome.Changed.class);
        var changed = ((Outcome.Changed) outcome).listing();
        assertThat(changed.access()).isEqualTo(Access.APPOINTMENT);
        assertThat(changed.version()).isGreaterThan(listing.version());
        assertThat(desk.listings.changesAfter(before, 1000))
                .extracting(Listings.Change::id)
                .containsExactly(listing.id());
    }

    @Test
    void aSecondWriterIsToldThatTheListingChangedMeanwhile() {
        var listing = desk.listings.add(desk.amal, advice().build());
        desk.listings.confirm(desk.boris, listing.id(), Checked.How.PHONE);

        var outcome =
                desk.listings.replace(desk.amal, listing.id(), listing.version(), advice().build());

        assertThat(outcome).isInstanceOf(Outcome.Stale.class);
    }

    @Test
    void confirmingMovesTheCheckedDateAndSaysHow() {
        var listing = desk.listings.add(desk.amal, advice().build());

        desk.listings.confirm(desk.amal, listing.id(), Checked.How.PHONE);

        var checked = desk.listings.find(desk.amal, listing.id()).orElseThrow().checked();
        assertThat(checked.date()).isPresent();
        assertThat(checked.how()).isEqualTo(Checked.How.PHONE);
    }

    @Test
    void aClosedServiceIsGoneForMachinesAndRememberedForPeople() {
        var listing = desk.listings.add(desk.amal, advice().build());

        desk.listings.close(desk.amal, listing.id());

        assertThat(desk.listings.visit(listing.id()))
                .isEqualTo(new Listings.Visit.Closed(listing.name()));
        for (var way : Way.values()) {
            assertThat(desk.listings.list(way, List.of(listing.id()))).as(way.name()).isEmpty();
        }
    }

    @Test
    void aShelterStaysOnThisSiteAndByPhoneUntilASecondPersonAgrees() {
        var listing =
                desk.listings.add(
                        desk.amal, advice().name(Text.of("en", "Women's shelter")).build());

        assertThat(listing.reach()).isEqualTo(Reach.SITE);
        assertThat(listing.place()).isEqualTo(Place.PHONE_ONLY);
        assertThat(listing.spots()).isEmpty();
        assertThat(desk.listings.list(Way.HSDS, List.of(listing.id()))).isEmpty();

        var alone = publish(desk.amal, listing);
        var wish = desk.listings.find(desk.amal, listing.id()).orElseThrow();
        assertThat(alone).isInstanceOf(Outcome.NeedsSecondPerson.class);
        assertThat(wish.reach()).isEqualTo(Reach.SITE);
        assertThat(desk.listings.reviewQueue(desk.boris)).contains(wish);

        var together = publish(desk.boris, listing);
        assertThat(together).isInstanceOf(Outcome.Changed.class);
        var wide = desk.listings.find(desk.amal, listing.id()).orElseThrow();
        assertThat(wide.reach()).isEqualTo(Reach.PUBLIC);
        assertThat(wide.spots()).hasSize(1);
    }

    private Outcome publish(org.waymark.node.privacy.Acting acting, Listing listing) {
        return desk.listings.publish(acting, listing.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
    }

    @Test
    void onePersonAloneMayShowLess() {
        var listing = desk.listings.add(desk.amal, advice().build());

        var outcome =
                desk.listings.publish(
                        desk.amal, listing.id(), Kind.HELP, Reach.PARTNERS, Place.AREA);

        assertThat(outcome).isInstanceOf(Outcome.Changed.class);
        var narrow = desk.listings.find(desk.amal, listing.id()).orElseThrow();
        assertThat(narrow.spots().getFirst().street()).isEmpty();
        assertThat(narrow.spots().getFirst().city()).isEqualTo("Lindmar");
        assertThat(desk.listings.visit(listing.id())).isEqualTo(new Listings.Visit.Missing());
    }

    @Test
    void theExactPlaceSurvivesBeingHidden() {
        var listing = desk.listings.add(desk.amal, advice().place(Place.PHONE_ONLY).build());
        assertThat(listing.spots()).isEmpty();

        var draft = desk.listings.edit(desk.amal, listing.id()).orElseThrow().build();

        assertThat(draft.place()).isEqualTo(Place.PHONE_ONLY);
        assertThat(draft.spots().getFirst().street()).containsExactly("1 Quay Street");
    }

    @Test
    void anotherOrganisationChangesNoListingAndSeesOnlyWhatIsPublished() {
        var listing = desk.listings.add(desk.amal, advice().build());
        var clinic = desk.staff.organization("clinic-" + java.util.UUID.randomUUID());
        var stranger = desk.staff.acting(clinic, Role.EDITOR);

        assertThat(desk.listings.find(stranger, listing.id())).contains(listing);
        assertThat(
                        desk.listings.replace(
                                stranger, listing.id(), listing.version(), advice().build()))
                .isEqualTo(new Outcome.NotYours(listing.id()));
        assertThat(desk.listings.close(stranger, listing.id()))
                .isEqualTo(new Outcome.NotYours(listing.id()));
        assertThat(desk.listings.hold(stranger, listing.id()))
                .isEqualTo(new Outcome.NotYours(listing.id()));

        desk.listings.hold(desk.amal, listing.id());
        assertThat(desk.listings.find(stranger, listing.id())).isEmpty();
    }

    @Test
    void aVolunteerReadsButDoesNotWrite() {
        var volunteer = desk.staff.acting(desk.publisher, Role.VOLUNTEER);
        var listing = desk.listings.add(desk.amal, advice().build());

        assertThat(desk.listings.find(volunteer, listing.id())).contains(listing);
        assertThatThrownBy(() -> desk.listings.add(volunteer, advice().build()))
                .isInstanceOf(Denied.class);
        assertThatThrownBy(() -> desk.listings.reviewQueue(volunteer)).isInstanceOf(Denied.class);
    }

    @Test
    void staffFindListingsByAPartOfTheName() {
        var listing =
                desk.listings.add(
                        desk.amal, advice().name(Text.of("en", "Bicycle 100% repair")).build());

        assertThat(desk.listings.list(desk.amal, "100%", 10)).containsExactly(listing);
        assertThat(desk.listings.list(desk.amal, "1_0%", 10)).isEmpty();
    }

    @Test
    void topicsAreCountedAsVisitorsFindThem() {
        var before = desk.listings.countByTopic().getOrDefault(Topic.TRANSPORT, 0);
        var listing =
                desk.listings.add(desk.amal, advice().topics(Set.of(Topic.TRANSPORT)).build());
        assertThat(desk.listings.countByTopic()).containsEntry(Topic.TRANSPORT, before + 1);

        desk.listings.hold(desk.amal, listing.id());

        assertThat(desk.listings.countByTopic()).containsEntry(Topic.TRANSPORT, before);
    }
}
