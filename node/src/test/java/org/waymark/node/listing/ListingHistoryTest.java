// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
import org.waymark.node.account.Access.Denied;
import org.waymark.node.account.Role;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;

/// What was before comes back, and what is written waits for who may publish it.
@SuppressWarnings("NullAway.Init") // set before the first test
class ListingHistoryTest {

    private static final TestClock CLOCK = new TestClock();
    private static Desk desk;
    private static ListingHistory history;
    private static WaitingDrafts drafts;
    private static StaffNotes notes;
    private static SharedParts shared;
    private static Acting vera;

    @BeforeAll
    static void open() {
        desk = new Desk(Databases.inMemory(), CLOCK);
        var staff = desk.staff;
        history =
                new ListingHistory(
                        desk.database,
                        staff.access,
                        staff.audit,
                        staff.organizations,
                        desk.listings);
        drafts =
                new WaitingDrafts(
                        desk.database,
                        staff.access,
                        staff.audit,
                        staff.organizations,
                        desk.listings,
                        CLOCK,
                        UUID::randomUUID);
        notes = new StaffNotes(desk.database, staff.access, staff.audit, CLOCK, UUID::randomUUID);
        shared = new SharedParts(desk.database, staff.access, staff.audit, desk.listings);
        vera = staff.acting(desk.publisher, Role.VOLUNTEER);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static Draft.Builder kitchen() {
        return Draft.named(new Text("en", Map.of("en", "Kitchen", "ar", "مطبخ")))
                .description(Text.of("en", "Soup."))
                .topics(Set.of(Topic.COMMUNITY))
                .phones(List.of(Phone.of("+1 305 555 0100")))
                .spots(List.of(Spot.at("1 Quay", "12345", "Lindmar", "XX")));
    }

    private static Listing now(Listing listing) {
        return desk.listings.find(desk.amal, listing.id()).orElseThrow();
    }

    private static Listing replace(Listing listing, Draft draft) {
        desk.listings.replace(desk.amal, listing.id(), now(listing).version(), draft);
        return now(listing);
    }

    private static Draft.Builder edit(Listing listing) {
        return desk.listings.edit(desk.amal, listing.id()).orElseThrow();
    }

    @Test
    void aVersionSaysWhoChangedWhatAndComesBackAsANewOne() {
        var first = desk.listings.add(desk.amal, kitchen().build());
        var moved =
                edit(first)
                        .description(Text.of("en", "Bread."))
                        .spots(List.of(Spot.at("9 Mill Lane", "12345", "Lindmar", "XX")))
                        .build();
        desk.listings.replace(desk.boris, first.id(), first.version(), moved);
        desk.listings.confirm(desk.amal, first.id(), Checked.How.PHONE);

        var versions = history.list(desk.amal, first.id());
        assertThat(versions)
                .extracting(ListingVersion::action)
                .containsExactly("listing-replace", "listing-add");
        assertThat(versions.getFirst().by()).contains(desk.boris.account());
        assertThat(history.find(desk.amal, first.id(), 2).orElseThrow().changes())
                .contains(new FieldChange("description", "", "Soup.", "Bread."))
                .anySatisfy(change -> assertThat(change.after()).isEqualTo("9 Mill Lane"));

        history.restore(desk.amal, first.id(), 1);

        assertThat(now(first).description().base()).isEqualTo("Soup.");
        assertThat(now(first).spots().getFirst().street()).containsExactly("1 Quay");
        assertThat(now(first).checked().how()).as("stays checked").isEqualTo(Checked.How.PHONE);
        assertThat(history.list(desk.amal, first.id())).hasSize(3);
    }

    @Test
    void whatIsRestoredIsShownNoMoreWidely() {
        var first = desk.listings.add(desk.amal, kitchen().build());
        replace(first, edit(first).reach(Reach.SITE).place(Place.PHONE_ONLY).build());
        replace(first, edit(first).description(Text.of("en", "Bread.")).build());

        history.restore(desk.amal, first.id(), 1);

        assertThat(now(first).description().base()).isEqualTo("Soup.");
        assertThat(now(first).reach()).isEqualTo(Reach.SITE);
        assertThat(now(first).spots()).isEmpty();
    }

    @Test
    void aDraftWaitsWhileThePublishedListingStaysAndOthersChangeIt() {
        var listing = desk.listings.add(desk.amal, kitchen().build());
        var words =
                drafts.edit(vera, listing.id())
                        .orElseThrow()
                        .description(Text.of("en", "Soup and bread."))
                        .build();

        var draft = drafts.write(vera, Optional.of(listing.id()), words).orElseThrow();
        assertThat(now(listing)).isEqualTo(listing);
        replace(listing, edit(listing).phones(List.of(Phone.of("+1 305 555 0199"))).build());

        var opened = drafts.find(desk.boris, draft.id()).orElseThrow();
        assertThat(opened.isPassedBy()).isTrue();
        assertThat(opened.changes())
                .containsExactly(new FieldChange("description", "", "Soup.", "Soup and bread."));
        assertThatThrownBy(() -> drafts.publish(vera, draft.id())).isInstanceOf(Denied.class);
        assertThat(drafts.publish(desk.boris, draft.id())).isInstanceOf(Outcome.Changed.class);

        assertThat(now(listing).description().base()).isEqualTo("Soup and bread.");
        assertThat(now(listing).phones()).containsExactly(Phone.of("+1 305 555 0199"));
        assertThat(drafts.publish(desk.boris, draft.id()))
                .as("twice")
                .isInstanceOf(Outcome.NothingToChange.class);
        assertThat(drafts.listDecided(vera))
                .extracting(WaitingDraft::state)
                .contains(WaitingDraft.State.PUBLISHED);
    }

    @Test
    void whoPublishesADraftSeesWhatSortItIsAndHowWidelyItIsSeen() {
        var office = desk.listings.add(desk.amal, kitchen().kind(Kind.PUBLIC_OFFICE).build());
        var words = drafts.edit(vera, office.id()).orElseThrow().kind(Kind.HELP).build();

        var draft = drafts.write(vera, Optional.of(office.id()), words).orElseThrow();

        var opened = drafts.find(desk.amal, draft.id()).orElseThrow();
        assertThat(opened.isSeenOtherwise()).isTrue();
        assertThat(opened.wished())
                .isEqualTo(new WaitingDrafts.Seen(Kind.HELP, Reach.PUBLIC, Place.EXACT));
        assertThat(opened.now().map(WaitingDrafts.Seen::kind)).contains(Kind.PUBLIC_OFFICE);
    }

    @Test
    void anOldDraftChangesNothingInWhoSeesTheListingUnlessItsWriterDid() {
        var listing = desk.listings.add(desk.amal, kitchen().build());
        var words =
                drafts.edit(vera, listing.id())
                        .orElseThrow()
                        .description(Text.of("en", "Bread."))
                        .build();
        var draft = drafts.write(vera, Optional.of(listing.id()), words).orElseThrow();
        desk.listings.publish(desk.amal, listing.id(), Kind.HELP, Reach.STAFF, Place.PHONE_ONLY);

        assertThat(drafts.find(desk.boris, draft.id()).orElseThrow().isSeenOtherwise()).isFalse();
        assertThat(drafts.publish(desk.boris, draft.id())).isInstanceOf(Outcome.Changed.class);

        assertThat(now(listing).description().base()).isEqualTo("Bread.");
        assertThat(now(listing).reach()).isEqualTo(Reach.STAFF);
        assertThat(now(listing).review().proposal()).isEmpty();
    }

    @Test
    void aNewListingOfAVolunteerIsSeenByNobodyUntilItIsPublished() {
        var draft = drafts.write(vera, Optional.empty(), kitchen().build()).orElseThrow();
        assertThat(desk.listings.visit(draft.listing())).isInstanceOf(Listings.Visit.Missing.class);

        assertThat(drafts.giveBack(desk.amal, draft.id(), "Which street?")).isTrue();
        assertThat(drafts.find(vera, draft.id()).orElseThrow().draft().answer())
                .contains("Which street?");

        var second = drafts.write(vera, Optional.empty(), kitchen().build()).orElseThrow();
        drafts.publish(desk.amal, second.id());
        assertThat(desk.listings.visit(second.listing())).isInstanceOf(Listings.Visit.Shown.class);
    }

    @Test
    void whoMayNotEditReadsNoHiddenPlaceAndNoHeldNameInWhatChanged() {
        var first = desk.listings.add(desk.amal, kitchen().build());
        replace(
                first,
                edit(first)
                        .description(Text.of("en", "Bread."))
                        .spots(List.of(Spot.at("9 Mill Lane", "12345", "Lindmar", "XX")))
                        .build());
        hold(first, "Maria Kept");
        replace(first, edit(first).reach(Reach.SITE).place(Place.PHONE_ONLY).build());

        for (var version : history.list(vera, first.id())) {
            assertThat(history.find(vera, first.id(), version.number()).orElseThrow().toString())
                    .doesNotContain("Mill Lane", "1 Quay", "Maria Kept");
        }
        assertThat(history.find(vera, first.id(), 2).orElseThrow().changes())
                .contains(new FieldChange("description", "", "Soup.", "Bread."));
        assertThat(history.find(desk.amal, first.id(), 2).orElseThrow().changes())
                .anySatisfy(change -> assertThat(change.after()).isEqualTo("9 Mill Lane"));
    }

    private static void hold(Listing listing, String name) {
        desk.database.run(
                tx -> {
                    var before = Snapshot.find(tx, listing.id());
                    var service = AggregateTable.find(tx, listing.id().value()).orElseThrow();
                    service.json().withObject("/held").put("name", name);
                    desk.listings.directory().store(tx, List.of(service));
                    desk.listings
                            .remembering()
                            .remember(
                                    tx,
                                    desk.amal,
                                    listing.id(),
                                    "listing-replace",
                                    Optional.empty(),
                                    before);
                });
    }

    @Test
    void aDraftOfAHiddenPlaceComesFromWhoMayEditIt() {
        var hidden =
                desk.listings.add(
                        desk.amal, kitchen().reach(Reach.SITE).place(Place.PHONE_ONLY).build());

        assertThat(drafts.write(vera, Optional.of(hidden.id()), kitchen().build())).isEmpty();
        assertThat(drafts.write(desk.amal, Optional.of(hidden.id()), kitchen().build()))
                .isPresent();
    }

    @Test
    void sharedPlacesAndContactsAreForWhoMayEditThem() {
        assertThatThrownBy(() -> shared.list(vera, SharedPart.Kind.PLACE, "", 10))
                .isInstanceOf(Denied.class);
        assertThatThrownBy(() -> shared.find(vera, UUID.randomUUID())).isInstanceOf(Denied.class);
    }

    @Test
    void wordsComeBackWithoutThePlaceThatOthersShare() {
        var kitchen = desk.listings.add(desk.amal, kitchen().build());
        var course =
                desk.listings.add(
                        desk.amal, kitchen().spots(List.of(kitchen.spots().getFirst())).build());
        replace(kitchen, edit(kitchen).description(Text.of("en", "Bread.")).build());
        move(kitchen.spots().getFirst().id(), "5 New Road");

        history.restore(desk.amal, kitchen.id(), 1);

        assertThat(now(kitchen).description().base()).isEqualTo("Soup.");
        for (var listing : List.of(kitchen, course)) {
            assertThat(now(listing).spots().getFirst().street()).containsExactly("5 New Road");
        }
    }

    private static void move(UUID place, String street) {
        var part = shared.find(desk.amal, place).orElseThrow();
        shared.replace(desk.amal, place, part.version(), Map.of("address_1", street));
    }

    @Test
    void whatOnePersonProposedStillWaitsAfterAnEditOfWords() {
        var listing =
                desk.listings.add(
                        desk.amal, kitchen().reach(Reach.SITE).place(Place.PHONE_ONLY).build());
        desk.listings.publish(desk.amal, listing.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);

        var edited = edit(listing).description(Text.of("en", "Bread.")).build();
        assertThat(desk.listings.replace(desk.boris, listing.id(), now(listing).version(), edited))
                .isInstanceOf(Outcome.Changed.class);

        assertThat(now(listing).review().proposal())
                .hasValueSatisfying(it -> assertThat(it.by()).isEqualTo(desk.amal.account()));
    }

    @Test
    void howThingsStandIsNoVersionAndDoesNotHinderUndoing() {
        var listing = desk.listings.add(desk.amal, kitchen().build());
        for (int free = 1; free < 4; free++) {
            var told = new Amendment.Places(OptionalInt.of(free), OptionalInt.empty());
            desk.listings.amend(desk.amal, listing.id(), told);
        }
        replace(listing, edit(listing).description(Text.of("en", "Bread.")).build());

        assertThat(history.list(desk.amal, listing.id()))
                .extracting(ListingVersion::action)
                .containsExactly("listing-replace", "listing-add");
        desk.listings.close(desk.amal, listing.id());
        assertThat(history.list(desk.amal, listing.id()).getFirst().action())
                .isEqualTo("listing-close");
    }

    @Test
    void aSharedPlaceThatMovedIsInTheHistoryOfAllWhoShowItAndComesBackAtOnce() {
        var kitchen = desk.listings.add(desk.amal, kitchen().build());
        var course =
                desk.listings.add(
                        desk.amal, kitchen().spots(List.of(kitchen.spots().getFirst())).build());
        move(kitchen.spots().getFirst().id(), "5 New Road");

        var last = history.list(desk.amal, course.id()).getFirst();
        assertThat(last.action()).isEqualTo("shared-part-replace");
        assertThat(last.by()).contains(desk.amal.account());
        assertThat(history.undo(desk.boris, last.batch().orElseThrow())).isEqualTo(2);
        for (var listing : List.of(kitchen, course)) {
            assertThat(now(listing).spots().getFirst().street()).containsExactly("1 Quay");
            assertThat(history.list(desk.amal, listing.id()).getFirst().action())
                    .isEqualTo("listing-undo");
        }
        assertThat(history.undo(desk.boris, last.batch().orElseThrow())).as("twice").isZero();
    }

    @Test
    void theTextOfAVersionCanBeRemoved() {
        var listing = desk.listings.add(desk.amal, kitchen().build());
        replace(listing, edit(listing).description(Text.of("en", "Bread.")).build());

        assertThatThrownBy(() -> history.forget(vera, listing.id(), 1)).isInstanceOf(Denied.class);
        assertThat(history.forget(desk.amal, listing.id(), 1)).isTrue();

        var step = history.find(desk.amal, listing.id(), 1).orElseThrow();
        assertThat(step.isErased()).isTrue();
        assertThat(history.find(desk.amal, listing.id(), 2).orElseThrow().toString())
                .doesNotContain("Soup.");
        assertThat(history.restore(desk.amal, listing.id(), 1))
                .isInstanceOf(Outcome.NotFound.class);
        assertThat(now(listing).description().base()).isEqualTo("Bread.");
    }

    @Test
    void afterSomeMonthsVersionsDecidedDraftsAndNotesAreErased() {
        var listing = desk.listings.add(desk.amal, kitchen().build());
        var id = Optional.of(listing.id());
        var waits = drafts.write(vera, id, kitchen().build()).orElseThrow();
        var decided = drafts.write(vera, id, kitchen().build()).orElseThrow();
        drafts.giveBack(desk.amal, decided.id(), "No.");
        notes.add(vera, listing.id(), "They open late.");
        var sweep = new HistorySweep(desk.database, desk.work, 24, CLOCK);
        CLOCK.advance(Duration.ofDays(700));
        sweep.sweep();
        assertThat(notes.list(desk.amal, listing.id())).hasSize(1);

        CLOCK.advance(Duration.ofDays(40));
        sweep.sweep();

        assertThat(history.list(desk.amal, listing.id())).isEmpty();
        assertThat(notes.list(desk.amal, listing.id())).isEmpty();
        assertThat(drafts.find(desk.amal, decided.id())).isEmpty();
        assertThat(drafts.find(desk.amal, waits.id())).isPresent();
        assertThat(now(listing).description().base()).isEqualTo("Soup.");
    }

    @Test
    void aDraftKnowsNoHiddenPlace() {
        var hidden =
                desk.listings.add(
                        desk.amal, kitchen().reach(Reach.SITE).place(Place.PHONE_ONLY).build());

        assertThat(drafts.edit(vera, hidden.id())).isEmpty();
    }

    @Test
    void oneChangeForManyIsShownFirstAndCanBeUndoneWhereNobodyTouchedIt() {
        var edits =
                new BulkEdits(
                        desk.database,
                        desk.staff.access,
                        desk.staff.audit,
                        desk.staff.organizations,
                        desk.listings,
                        UUID::randomUUID);
        var one = desk.listings.add(desk.amal, kitchen().build());
        var two = desk.listings.add(desk.amal, kitchen().build());
        var far = desk.listings.add(desk.amal, kitchen().phones(List.of()).build());
        var chosen = List.of(one.id(), two.id(), far.id());
        var change = new BulkChange.Phone("+1 (305) 555-0100", "+1 305 555 0777");

        assertThat(edits.preview(desk.amal, chosen, change))
                .allSatisfy(
                        it ->
                                assertThat(it.changes())
                                        .extracting(FieldChange::after)
                                        .containsExactly("+1 305 555 0777"))
                .extracting(it -> it.listing().id())
                .containsExactly(one.id(), two.id());
        assertThat(now(one)).isEqualTo(one);

        var done = edits.apply(desk.amal, chosen, change);
        assertThat(done.changed()).isEqualTo(2);
        assertThat(now(two).phones()).containsExactly(Phone.of("+1 305 555 0777"));
        replace(two, edit(two).description(Text.of("en", "Touched.")).build());

        assertThat(history.undo(desk.boris, done.batch())).isEqualTo(1);
        assertThat(now(one).phones()).isEqualTo(one.phones());
        assertThat(now(two).phones()).containsExactly(Phone.of("+1 305 555 0777"));
        assertThat(history.undo(desk.boris, done.batch())).as("twice").isZero();
        assertThatThrownBy(() -> edits.apply(vera, chosen, change)).isInstanceOf(Denied.class);
    }

    @Test
    void anotherOrganisationSeesNeitherDraftNorNoteNorHistory() {
        var listing = desk.listings.add(desk.amal, kitchen().build());
        var draft = drafts.write(vera, Optional.of(listing.id()), kitchen().build()).orElseThrow();
        notes.add(vera, listing.id(), "They open late.");
        var other =
                desk.staff.acting(
                        desk.staff.organization("other-" + listing.version()), Role.EDITOR);

        assertThat(drafts.find(other, draft.id())).isEmpty();
        assertThat(history.list(other, listing.id())).isEmpty();
        assertThat(notes.list(other, listing.id())).isEmpty();
        assertThat(notes.list(desk.amal, listing.id()))
                .extracting(StaffNote::words)
                .containsExactly("They open late.");
    }
}
