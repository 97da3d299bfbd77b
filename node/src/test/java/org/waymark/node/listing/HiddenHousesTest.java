// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.database.Databases;
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
                        .spots(List.of(named("Haus Abendstern", "7 Hidden Lane", "Lindmar")))
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

        var moved = named("", "7 Hidden Lane", "Lindmar");
        desk.listings.replace(
                desk.amal,
                wash.id(),
                wash.version(),
                desk.listings
                        .edit(desk.amal, wash.id())
                        .orElseThrow()
                        .spots(List.of(withId(moved, shown.getFirst().id())))
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

    private Listing kitchen() {
        return desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", "Harbour kitchen"))
                        .spots(List.of(named("Old mill", "1 Quay Street", "Lindmar")))
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

    private static Spot named(String name, String street, String city) {
        return new Spot(
                Spot.NEW,
                name,
                List.of(street),
                city,
                "",
                "",
                "DE",
                Optional.empty(),
                "",
                List.of());
    }

    private static Spot withId(Spot spot, UUID id) {
        return new Spot(
                id,
                spot.name(),
                spot.street(),
                spot.city(),
                spot.region(),
                spot.postalCode(),
                spot.country(),
                spot.point(),
                spot.howToGetThere(),
                spot.accessibility());
    }
}
