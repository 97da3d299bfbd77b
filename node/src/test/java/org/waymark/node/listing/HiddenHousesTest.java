// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.database.Databases;
import org.waymark.node.privacy.Acting;
import org.waymark.node.work.Progress;

/// A house that no listing tells stays untold, by whichever road its address or its name comes into
/// a place that others show.
class HiddenHousesTest {

    private static final UUID PANTRY = UUID.fromString("7e57c0de-0000-4000-8000-000000000001");
    private static final UUID PLACE = UUID.fromString("7e57c0de-0000-4000-8000-000000000002");

    private final Desk desk = new Desk(Databases.inMemory());
    private SharedParts parts;

    @BeforeEach
    void someHouseIsHidden() {
        parts = new SharedParts(desk.database, desk.staff.access, desk.staff.audit, desk.listings);
        desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", "A safe bed"))
                        .place(Place.PHONE_ONLY)
                        .spots(
                                List.of(
                                        SpotMaker.in("Lindmar", "7 Hidden Lane")
                                                .named("Haus Abendstern")
                                                .make()))
                        .build());
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @CsvSource({
        "address_1, 7 Hidden Lane",
        "address_1, '7, HIDDEN lane'",
        "address_2, behind 7 Hidden Lane",
        "name, Haus Abendstern",
        "transportation, 'Bus 4, then ring at 7 Hidden Lane.'",
        "name, Kitchen at 7 Hidden Lane",
        "address_1, Hidden Lane 7",
        "address_1, 7 Hidden Ln",
        "address_1, '7 Hidden Lane, Suite 200'",
        "address_1, ٧ Hidden Lane",
        "address_1, 7 Hïdden Lane",
        "city, '7 Hidden Lane, Lindmar'",
        "transportation, From Oststadt walk to 7 Hidden Lane.",
        "transportation, Go to Hiddenlane7.",
    })
    void whatIsWrittenIntoASharedPlaceDoesNotTellIt(String field, String text) {
        var kitchen = kitchen();
        var id = placeOf(kitchen);

        var outcome = replace(id, Map.of(field, text));

        assertThat(outcome).isInstanceOf(SharedParts.Outcome.Changed.class);
        assertThat(((SharedParts.Outcome.Changed) outcome).hidden()).isTrue();
        var now = desk.listings.find(desk.amal, kitchen.id()).orElseThrow();
        assertThat(now.place()).isEqualTo(Place.PHONE_ONLY);
        assertThat(now.spots()).isEmpty();
        assertThat(published(kitchen.id())).doesNotContainIgnoringCase("hidden", "abendstern");
        assertThat(now.review().proposal().orElseThrow().place()).isEqualTo(Place.EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "address_1, 8 Hidden Lane",
        "address_1, 17 Hidden Lane",
        "name, Haus am See",
        "transportation, Bus 7. Hidden behind the trees.",
        "address_1, 1 Quay Street",
    })
    void anythingElseIsTold(String field, String text) {
        var kitchen = kitchen();

        replace(placeOf(kitchen), Map.of(field, text));

        assertThat(desk.listings.find(desk.amal, kitchen.id()).orElseThrow().place())
                .isEqualTo(Place.EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Back door, 7 Hidden Lane, ''",
        "'', 1 Quay Street, '', 'Bus 4, then ring at 7 Hidden Lane.'",
        "Haus Abendstern, 1 Quay Street, '', ''",
        "Kitchen at 7 Hidden Lane, 1 Quay Street, '', ''",
    })
    void theFormDoesNotTellItInANewListing(
            String name, String first, String second, String howToGetThere) {
        var spot =
                SpotMaker.in("Lindmar", first, second)
                        .named(name)
                        .howToGetThere(howToGetThere)
                        .make();

        var listing =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Night kitchen")).spots(List.of(spot)).build());

        var now = desk.listings.find(desk.amal, listing.id()).orElseThrow();
        assertThat(now.place()).isEqualTo(Place.PHONE_ONLY);
        assertThat(published(listing.id())).doesNotContainIgnoringCase("hidden", "abendstern");
    }

    @Test
    void theFormDoesNotTellItInAListingThatWasThereNorInOthersAtThePlace() {
        var kitchen = kitchen();
        var shown = desk.listings.edit(desk.amal, kitchen.id()).orElseThrow().build().spots();
        var wash =
                desk.listings.add(
                        desk.amal, Draft.named(Text.of("en", "Laundry")).spots(shown).build());
        var told =
                SpotMaker.in("Lindmar", "1 Quay Street")
                        .named("Old mill")
                        .howToGetThere("Ring at 7 Hidden Lane")
                        .make();

        desk.listings.replace(
                desk.amal,
                wash.id(),
                wash.version(),
                desk.listings
                        .edit(desk.amal, wash.id())
                        .orElseThrow()
                        .spots(List.of(SpotMaker.like(told).id(shown.getFirst().id()).make()))
                        .build());

        assertThat(published(wash.id())).doesNotContain("Hidden");
        assertThat(published(kitchen.id())).doesNotContain("Hidden");
    }

    @Test
    void theFormLeavesWhatItWritesElsewhereTold() {
        var spot =
                SpotMaker.in("Lindmar", "1 Quay Street")
                        .named("Old mill")
                        .howToGetThere("Bus 7 to the harbour")
                        .make();
        var listing =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Night kitchen")).spots(List.of(spot)).build());

        assertThat(desk.listings.find(desk.amal, listing.id()).orElseThrow().place())
                .isEqualTo(Place.EXACT);
    }

    @Test
    void aPointAtTheHouseDoesNotTellIt() {
        desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", "Another safe bed"))
                        .place(Place.PHONE_ONLY)
                        .spots(
                                List.of(
                                        SpotMaker.in("Lindmar", "9 Silent Way")
                                                .point(50.0, 8.0)
                                                .make()))
                        .build());

        assertThat(placeAt(50.0001, 8.0001)).isEqualTo(Place.PHONE_ONLY);
        assertThat(placeAt(50.01, 8.01)).isEqualTo(Place.EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "address_1, 'OLD  mill'",
        "address_2, Old Mill",
        "transportation, Old Mill!",
        "name, Óld Mill",
    })
    void aHouseWithoutANumberIsFoundAsAWhole(String field, String text) {
        desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", "Another safe bed"))
                        .place(Place.PHONE_ONLY)
                        .spots(List.of(SpotMaker.in("Lindmar", "Old Mill").make()))
                        .build());
        var kitchen = kitchen();

        replace(placeOf(kitchen), Map.of(field, text));

        assertThat(desk.listings.find(desk.amal, kitchen.id()).orElseThrow().place())
                .isEqualTo(Place.PHONE_ONLY);
    }

    private Place placeAt(double latitude, double longitude) {
        var listing =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Kitchen at " + latitude))
                                .spots(
                                        List.of(
                                                SpotMaker.in(
                                                                "Lindmar",
                                                                latitude < 50.001
                                                                        ? "1 Quay Street"
                                                                        : "8 Harbour Road")
                                                        .point(latitude, longitude)
                                                        .make()))
                                .build());
        return desk.listings.find(desk.amal, listing.id()).orElseThrow().place();
    }

    @Test
    void whatAFeedProposesNobodyMakesPublicAlone() {
        imported(Acting.node(desk.publisher), service("7 Hidden Lane"));
        assertThat(pantry().review().proposal()).isEmpty();

        desk.listings.publish(
                desk.boris, pantry().id(), pantry().kind(), pantry().reach(), Place.EXACT);

        assertThat(pantry().spots()).as("one person").isEmpty();
        desk.listings.publish(
                desk.amal, pantry().id(), pantry().kind(), pantry().reach(), Place.EXACT);
        assertThat(pantry().spots()).as("two people").isNotEmpty();
    }

    @Test
    void aFileThatBringsTheHouseAndItsAddressTogetherDoesNotTellIt() {
        var shelter = service("12 Silent Way");
        var text = shelter.toString().replace("7e57c0de", "7e57c0df");
        var safe = Document.parse(text);
        safe.put("name", "Shelter for victims of domestic violence");

        var report = imported(desk.amal, service("12, Silent Way"), safe);

        assertThat(report.held()).isEqualTo(1);
        assertThat(report.found(Problem.HIDDEN_HOUSE)).isEqualTo(1);
        assertThat(pantry().spots()).isEmpty();
        assertThat(imported(desk.amal, service("12, Silent Way"), safe).changes()).isZero();
    }

    @Test
    void aTranslationDoesNotTellIt() {
        var kitchen = kitchen();
        var id = placeOf(kitchen);
        replace(id, Map.of("transportation", "Bus 4"));
        assertThat(desk.listings.find(desk.amal, kitchen.id()).orElseThrow().spots()).isNotEmpty();

        desk.database.run(
                tx -> {
                    var place = AggregateTable.find(tx, id).orElseThrow();
                    var taking = new TranslationTaking(tx, "ar");
                    taking.form(
                            place,
                            Map.of(
                                    "transportation",
                                    new TranslationEdits.Written(
                                            "7 Hidden Lane", TranslationTable.mark(""), true)));
                    taking.store(
                            desk.amal,
                            "translation-write",
                            desk.listings,
                            desk.staff.audit,
                            Instant.EPOCH);
                    assertThat(taking.count()).isEqualTo(1);
                });

        assertThat(published(kitchen.id())).doesNotContain("Hidden");
        assertThat(desk.listings.find(desk.amal, kitchen.id()).orElseThrow().spots()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "description, Ring at 7 Hidden Lane and ask for Mo.",
        "howToGetIn, 'Hidden Ln 7, second bell'",
        "bring, A letter to ٧ Hidden Lane",
        "bring, A letter to ⑦ Hidden Lane",
        "bring, A letter to 𝟕 Hidden Lane",
        "bring, A letter to 007 Hidden Lane",
        "description, 'Bus 4 on Sundays. Walk on. Then 7 Hidden Lane.'",
        "name, Supper at 7 Hidden Lane",
    })
    void noTextOfAServiceTellsItBeforeTwoPeopleAgree(String member, String text) {
        var draft = Draft.named(Text.of("en", "Supper"));
        var words = Text.of("en", text);
        var told =
                switch (member) {
                    case "description" -> draft.description(words);
                    case "howToGetIn" -> draft.howToGetIn(words);
                    case "bring" -> draft.bring(words);
                    default -> draft.name(words);
                };

        var supper = desk.listings.add(desk.amal, told.build());

        assertThat(supper.review().state()).isEqualTo(Review.State.WAITING);
        assertThat(supper.review().reasons()).containsExactly(Review.Reason.HIDDEN_HOUSE);
        assertThat(Exposure.allows(Way.PAGE, supper)).isFalse();
        desk.listings.publish(desk.amal, supper.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        assertThat(Exposure.allows(Way.PAGE, found(supper))).as("one person").isFalse();
        desk.listings.publish(desk.boris, supper.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        assertThat(Exposure.allows(Way.PAGE, found(supper))).as("two people").isTrue();
        desk.listings.replace(
                desk.amal,
                supper.id(),
                found(supper).version(),
                desk.listings
                        .edit(desk.amal, supper.id())
                        .orElseThrow()
                        .eligibility(Text.of("en", "All who find 7 Hidden Lane"))
                        .build());
        assertThat(Exposure.allows(Way.PAGE, found(supper))).as("they knew it").isTrue();
    }

    @Test
    void whatHidesItsOwnHouseDoesNotTellItInItsWords() {
        var said = Text.of("en", "Beds for five at 1 Quay Street.");
        var listing =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Night beds"))
                                .description(said)
                                .spots(List.of(SpotMaker.in("Lindmar", "1 Quay Street").make()))
                                .build());
        assertThat(listing.review().isPublished()).isTrue();

        desk.listings.replace(
                desk.amal,
                listing.id(),
                listing.version(),
                desk.listings
                        .edit(desk.amal, listing.id())
                        .orElseThrow()
                        .place(Place.PHONE_ONLY)
                        .build());

        assertThat(Exposure.allows(Way.PAGE, found(listing))).isFalse();
    }

    @Test
    void anOrdinaryTextIsTold() {
        var listing =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Supper"))
                                .description(
                                        Text.of("en", "Bus 7. Open from 17 to 19, 01632 960 107."))
                                .build());

        assertThat(listing.review().isPublished()).isTrue();
    }

    @Test
    void aTranslationOfAServiceThatTellsItIsNotTaken() {
        var kitchen = kitchen();
        var edits =
                new TranslationEdits(
                        desk.database,
                        desk.listings,
                        desk.staff.access,
                        desk.staff.audit,
                        java.time.Clock.systemUTC());

        var taken =
                edits.save(
                        desk.amal,
                        kitchen.id().value(),
                        "ar",
                        Map.of(
                                "name",
                                new TranslationEdits.Written(
                                        "مطبخ 7 Hidden Lane", TranslationTable.mark(""), true)));

        assertThat(taken.taken()).isZero();
        assertThat(taken.hidden()).containsExactly("name");
        assertThat(published(kitchen.id())).doesNotContain("Hidden");
        assertThat(
                        edits.save(
                                        desk.amal,
                                        kitchen.id().value(),
                                        "ar",
                                        Map.of(
                                                "name",
                                                new TranslationEdits.Written(
                                                        "مطبخ الميناء 7",
                                                        TranslationTable.mark(""),
                                                        true)))
                                .taken())
                .isOne();
    }

    @Test
    void anImportThatNamesItWaitsAndSaysWhy() {
        var text = service("1 Quay Street").put("description", "Meet us at 7 Hidden Lane.");

        var report = imported(desk.amal, text);

        assertThat(report.found(Problem.REVIEW_HIDDEN_HOUSE)).isEqualTo(1);
        assertThat(pantry().review().isPublished()).isFalse();
        assertThat(pantry().reach()).isEqualTo(Reach.STAFF);
        assertThat(imported(desk.amal, text).changes()).as("again").isZero();
    }

    @Test
    void whatAnImportToldBeforeStaysTold() {
        var text = service("1 Quay Street").put("description", "Meet us at 9 Silent Way.");
        imported(desk.amal, text);
        desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", "Another safe bed"))
                        .place(Place.PHONE_ONLY)
                        .spots(List.of(SpotMaker.in("Lindmar", "9 Silent Way").make()))
                        .build());

        imported(desk.amal, text.put("email", "office@pantry.example"));

        assertThat(pantry().review().isPublished()).isTrue();
    }

    @Test
    void anOrganisationThatIsSharedDoesNotNameIt() {
        imported(desk.amal, service("1 Quay Street"));
        var provider = parts.list(desk.amal, SharedPart.Kind.PROVIDER, "pantries", 5).getFirst();

        assertThat(replace(provider.id(), Map.of("description", "Write to 7 Hidden Lane")))
                .isEqualTo(new SharedParts.Outcome.NamesHiddenHouse("description"));
        assertThat(replace(provider.id(), Map.of("description", "Write to us")))
                .isInstanceOf(SharedParts.Outcome.Changed.class);
    }

    @Test
    void aNameInAnotherTownAndAHouseThatOnlyWaitsHideNothing() {
        var kitchen = kitchen();
        replace(placeOf(kitchen), Map.of("name", "Haus Abendstern", "city", "Oststadt"));
        assertThat(found(kitchen).place()).as("another town").isEqualTo(Place.EXACT);

        var twin =
                desk.listings.add(
                        desk.amal,
                        Draft.named(Text.of("en", "Town hall, twice"))
                                .spots(List.of(SpotMaker.in("Lindmar", "5 Market Square").make()))
                                .build());
        desk.listings.hold(desk.amal, twin.id());
        imported(desk.amal, service("5 Market Square"));

        assertThat(pantry().spots()).as("a duplicate that was held").isNotEmpty();
    }

    private Listing found(Listing listing) {
        return desk.listings.find(desk.amal, listing.id()).orElseThrow();
    }

    @Test
    void noneOfVeryManyTellsItAfterTheChange() {
        var kitchen = kitchen();
        var id = placeOf(kitchen);
        var shown = desk.listings.edit(desk.amal, kitchen.id()).orElseThrow().build().spots();
        for (int i = 0; i < Directory.SERVICES_AT_ONCE; i++) {
            desk.listings.add(
                    desk.amal, Draft.named(Text.of("en", "Room " + i)).spots(shown).build());
        }

        replace(id, Map.of("address_1", "7 Hidden Lane"));

        var users = desk.database.read(tx -> AggregateTable.usersOf(tx, List.of(id)));
        var rows = desk.database.read(tx -> ListingTable.listByIds(tx, users)).values();
        assertThat(rows).hasSize(Directory.SERVICES_AT_ONCE + 1);
        assertThat(rows).extracting(ListingRow::place).containsOnly(Place.PHONE_ONLY);
    }

    @Test
    void theSameStreetInAnotherTownIsTold() {
        var kitchen = kitchen();

        replace(placeOf(kitchen), Map.of("address_1", "7 Hidden Lane", "city", "Oststadt"));

        assertThat(desk.listings.find(desk.amal, kitchen.id()).orElseThrow().place())
                .isEqualTo(Place.EXACT);
    }

    @Test
    void whatTheWholeHouseMovesToIsUntoldForAllInIt() {
        var kitchen = kitchen();
        var shown = desk.listings.edit(desk.amal, kitchen.id()).orElseThrow().build().spots();
        var wash =
                desk.listings.add(
                        desk.amal, Draft.named(Text.of("en", "Laundry")).spots(shown).build());

        var moved = SpotMaker.in("Lindmar", "7 Hidden Lane").make();
        desk.listings.replace(
                desk.amal,
                wash.id(),
                wash.version(),
                desk.listings
                        .edit(desk.amal, wash.id())
                        .orElseThrow()
                        .spots(List.of(SpotMaker.like(moved).id(shown.getFirst().id()).make()))
                        .build());

        assertThat(desk.listings.find(desk.amal, wash.id()).orElseThrow().spots()).isEmpty();
        assertThat(desk.listings.find(desk.amal, kitchen.id()).orElseThrow().spots()).isEmpty();
    }

    @Test
    void anImportDoesNotTellItInANewPlace() {
        var report = imported("7 Hidden Lane", false);

        assertThat(report.found(Problem.HIDDEN_HOUSE)).isEqualTo(1);
        assertThat(pantry().place()).isEqualTo(Place.PHONE_ONLY);
        assertThat(pantry().spots()).isEmpty();
        assertThat(imported("7 Hidden Lane", false).changes()).as("again").isZero();
    }

    @Test
    void anImportDoesNotTellItInAPlaceThatWasThere() {
        imported("1 Quay Street", false);
        assertThat(pantry().place()).isEqualTo(Place.EXACT);

        assertThat(imported("7 Hidden Lane", true).found(Problem.HIDDEN_HOUSE))
                .as("a dry run says so, too")
                .isEqualTo(1);
        imported("7 Hidden Lane", false);

        assertThat(pantry().spots()).isEmpty();
        assertThat(published(pantry().id())).doesNotContain("Hidden");
    }

    @Test
    void anImportDoesNotTellItForOthersAtThePlace() {
        imported("1 Quay Street", false);
        var place = desk.listings.edit(desk.amal, pantry().id()).orElseThrow().build().spots();
        var wash =
                desk.listings.add(
                        desk.amal, Draft.named(Text.of("en", "Laundry")).spots(place).build());
        assertThat(wash.spots()).isNotEmpty();

        imported("7 Hidden Lane", false);

        assertThat(desk.listings.find(desk.amal, wash.id()).orElseThrow().spots()).isEmpty();
    }

    @Test
    void whatTwoPeopleAgreedToStaysTold() {
        imported("7 Hidden Lane", false);
        var pantry = pantry();
        desk.listings.publish(desk.boris, pantry.id(), pantry.kind(), pantry.reach(), Place.EXACT);
        assertThat(pantry().spots()).as("the second of two").isNotEmpty();

        imported("7 Hidden Lane", false);

        assertThat(pantry().spots()).isNotEmpty();
    }

    @Test
    void anImportThatEndedMidwayTellsNoneOfThemNorDoesTheNextOne() {
        var services = new ArrayList<ObjectNode>();
        for (int i = 0; i < 22; i++) {
            var isAtThePlace = i == 0 || i == 21;
            services.add(numbered(i, isAtThePlace ? "1 Quay Street" : (100 + i) + " Market Row"));
        }
        imported(desk.amal, services.toArray(ObjectNode[]::new));
        var last = new ListingId(UUID.fromString(services.getLast().path("id").asText()));
        assertThat(published(last)).contains("1 Quay Street");
        services.set(0, numbered(0, "7 Hidden Lane"));
        services.set(21, numbered(21, "7 Hidden Lane"));
        var moved = services.toArray(ObjectNode[]::new);
        Progress kill =
                (what, _, _) -> {
                    if (what.equals("Writing")) {
                        throw new IllegalStateException("killed");
                    }
                };

        assertThatThrownBy(() -> imported(desk.amal, kill, moved)).hasMessage("killed");
        assertThat(desk.listings.find(desk.amal, last).orElseThrow().spots())
                .as("at the end of the first")
                .isEmpty();
        imported(desk.amal, moved);

        assertThat(published(last)).doesNotContain("Hidden");
        assertThat(published(new ListingId(UUID.fromString(moved[0].path("id").asText()))))
                .doesNotContain("Hidden");
    }

    @Test
    void anImportLeavesASharedTextAsItWasThatWouldNameItInListingsOutsideTheFile() {
        imported(desk.amal, service("1 Quay Street"));
        var other = numbered(5, "3 Market Row");
        ((ObjectNode) other.get("organization"))
                .put("name", "Lindmar Pantries and Kitchens")
                .put("description", "Write to 7 Hidden Lane.");

        var report = imported(desk.amal, other);

        assertThat(published(pantry().id()))
                .doesNotContain("Hidden")
                .contains("Lindmar Pantries and Kitchens");
        assertThat(report.found(Problem.SHARED_TEXT_HIDDEN_HOUSE)).isEqualTo(1);
        assertThat(published(new ListingId(UUID.fromString(other.path("id").asText()))))
                .doesNotContain("Hidden");
        assertThat(imported(desk.amal, other).changes()).as("again").isZero();
    }

    @Test
    void aNewReasonShowsItToNobodyMore() {
        imported(desk.amal, service("1 Quay Street").put("description", "Meet at 7 Hidden Lane."));
        assertThat(pantry().reach()).isEqualTo(Reach.STAFF);

        imported(
                desk.amal,
                service("1 Quay Street")
                        .put("description", "For battered women. Meet at 7 Hidden Lane."));

        assertThat(pantry().review().reasons()).contains(Review.Reason.VIOLENCE);
        assertThat(pantry().reach()).isEqualTo(Reach.STAFF);
        desk.listings.publish(desk.amal, pantry().id(), Kind.HELP, Reach.SITE, Place.PHONE_ONLY);
        assertThat(Exposure.allows(Way.PAGE, pantry())).as("one person").isFalse();
    }

    @Test
    void aNewReasonThatStaffWriteShowsItToNobodyMore() {
        var listing =
                desk.listings.add(
                        desk.amal, Draft.named(Text.of("en", "Talks")).reach(Reach.STAFF).build());

        desk.listings.replace(
                desk.amal,
                listing.id(),
                listing.version(),
                desk.listings
                        .edit(desk.amal, listing.id())
                        .orElseThrow()
                        .description(Text.of("en", "For battered women."))
                        .reach(Reach.SITE)
                        .build());

        assertThat(found(listing).reach()).isEqualTo(Reach.STAFF);
        assertThat(found(listing).review().proposal().orElseThrow().reach()).isEqualTo(Reach.SITE);
    }

    @Test
    void whoAgreedToOneTextIsAskedAboutTheNext() {
        hideSilentWay();
        var one = service("1 Quay Street").put("description", "Meet us at 7 Hidden Lane.");
        imported(desk.amal, one);
        publishedByTwo();
        imported(desk.amal, one.put("email", "office@pantry.example"));
        assertThat(pantry().review().isPublished()).as("what they agreed to").isTrue();
        var other = service("1 Quay Street").put("description", "Meet us at 9 Silent Way.");

        imported(desk.amal, other);

        assertThat(pantry().review().isPublished()).isFalse();
        assertThat(pantry().reach()).isEqualTo(Reach.STAFF);
        assertThat(imported(desk.amal, other).changes()).as("again").isZero();
        publishedByTwo();
        imported(desk.amal, other);
        assertThat(pantry().review().isPublished()).as("agreed again").isTrue();
    }

    @Test
    void whoOpensAListingIsToldOfWhatItsProviderSays() {
        var safe = service("1 Quay Street").put("description", "For women only.");
        ((ObjectNode) safe.get("organization")).put("description", "Write to 9 Silent Way.");
        imported(desk.amal, safe);
        assertThat(pantry().review().reasons()).containsExactly(Review.Reason.WOMEN_ONLY);
        hideSilentWay();

        desk.listings.publish(desk.amal, pantry().id(), Kind.HELP, Reach.SITE, Place.PHONE_ONLY);

        assertThat(Exposure.allows(Way.PAGE, pantry())).isFalse();
        assertThat(pantry().review().reasons()).contains(Review.Reason.HIDDEN_HOUSE);
    }

    @Test
    void oneImportWritesAtATime() {
        var importing = desk.listings.directory().importing();
        var begun = new AtomicBoolean();
        var hasWritten = new AtomicBoolean();
        var wasBeside = new AtomicBoolean();
        Progress other = (what, _, _) -> hasWritten.compareAndSet(false, what.equals("Writing"));
        var second =
                Thread.ofPlatform()
                        .unstarted(() -> imported(desk.amal, other, numbered(2, "4 Market Row")));
        Progress one =
                (what, _, _) -> {
                    if (what.equals("Writing") && begun.compareAndSet(false, true)) {
                        second.start();
                        while (!importing.hasQueuedThreads() && second.isAlive()) {
                            Thread.onSpinWait();
                        }
                        wasBeside.set(hasWritten.get());
                    }
                };

        imported(desk.amal, one, numbered(1, "3 Market Row"));

        assertThat(wasBeside).isFalse();
        assertThatCode(second::join).doesNotThrowAnyException();
        assertThat(hasWritten).isTrue();
    }

    private void hideSilentWay() {
        desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", "Another safe bed"))
                        .place(Place.PHONE_ONLY)
                        .spots(List.of(SpotMaker.in("Lindmar", "9 Silent Way").make()))
                        .build());
    }

    private void publishedByTwo() {
        for (var one : List.of(desk.amal, desk.boris)) {
            desk.listings.publish(one, pantry().id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        }
        assertThat(pantry().review().isPublished()).isTrue();
    }

    /// Another service of the same provider; those of one street have one place.
    private static ObjectNode numbered(int number, String street) {
        var place = street.equals("1 Quay Street") || street.contains("Hidden") ? 99 : number;
        var own = "7e57c0e%d-0000-4000-8000-0000000000%02d";
        return Document.parse(
                service(street)
                        .put("name", "Pantry " + (char) ('A' + number))
                        .toString()
                        .replace(PANTRY.toString(), own.formatted(1, number))
                        .replace(PLACE.toString(), own.formatted(2, place))
                        .replace("7e57c0de-0000-4000-8000-000000000004", own.formatted(4, number))
                        .replace("7e57c0de-0000-4000-8000-000000000005", own.formatted(5, place)));
    }

    private Listing kitchen() {
        return desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", "Harbour kitchen"))
                        .spots(
                                List.of(
                                        SpotMaker.in("Lindmar", "1 Quay Street")
                                                .named("Old mill")
                                                .make()))
                        .build());
    }

    private UUID placeOf(Listing listing) {
        return desk.listings
                .edit(desk.amal, listing.id())
                .orElseThrow()
                .build()
                .spots()
                .getFirst()
                .id();
    }

    private SharedParts.Outcome replace(UUID id, Map<String, String> fields) {
        var part = parts.find(desk.amal, id).orElseThrow();
        return parts.replace(desk.amal, id, part.version(), fields);
    }

    private String published(ListingId id) {
        return desk.database.read(tx -> ListingTable.find(tx, id).orElseThrow().document());
    }

    private Listing pantry() {
        return desk.listings.find(desk.amal, new ListingId(PANTRY)).orElseThrow();
    }

    private ImportReport imported(String street, boolean dryRun) {
        return desk.intake.run(
                desk.amal,
                sink -> sink.add(Intake.Entity.SERVICE, service(street), "food.json", "1"),
                new Intake.Options(
                        desk.publisher,
                        Optional.of("DE"),
                        Desk.ZONE,
                        "en",
                        Optional.empty(),
                        dryRun),
                Progress.SILENT);
    }

    private ImportReport imported(Acting acting, ObjectNode... services) {
        return imported(acting, Progress.SILENT, services);
    }

    private ImportReport imported(Acting acting, Progress progress, ObjectNode... services) {
        return desk.intake.run(
                acting,
                sink -> {
                    for (var service : services) {
                        sink.add(Intake.Entity.SERVICE, service.deepCopy(), "food.json", "1");
                    }
                },
                new Intake.Options(
                        desk.publisher,
                        Optional.of("DE"),
                        Desk.ZONE,
                        "en",
                        Optional.empty(),
                        false),
                progress);
    }

    private static ObjectNode service(String street) {
        var json = Document.object();
        json.put("id", PANTRY.toString()).put("name", "Food pantry").put("status", "active");
        json.putObject("organization")
                .put("id", "7e57c0de-0000-4000-8000-000000000003")
                .put("name", "Lindmar Pantries")
                .put("description", "");
        var at = json.putArray("service_at_locations").addObject();
        at.put("id", "7e57c0de-0000-4000-8000-000000000004");
        var location = at.putObject("location");
        location.put("id", PLACE.toString())
                .put("location_type", "physical")
                .put("name", "Corner shop");
        location.putArray("addresses")
                .addObject()
                .put("id", "7e57c0de-0000-4000-8000-000000000005")
                .put("address_1", street)
                .put("city", "Lindmar")
                .put("country", "DE")
                .put("address_type", "physical");
        return json;
    }
}
