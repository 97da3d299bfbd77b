// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.federation.vocabulary.Contexts;
import org.waymark.federation.vocabulary.Note;
import org.waymark.node.TestClock;
import org.waymark.node.database.Databases;
import org.waymark.node.listing.ListingCopies.Taken;
import org.waymark.node.privacy.AuditEntry;

/// What partners write of a house that is hidden here is in nothing that is kept.
class HousesHereTest {

    private static final URI CLINIC = URI.create("https://clinic.example/o/1");
    private static final URI LISTING = URI.create("https://clinic.example/s/1");

    private final TestClock clock = new TestClock();
    private final Desk desk = new Desk(Databases.inMemory(), clock);
    private final ListingCopies copies =
            new ListingCopies(desk.listings.directory(), (_, _) -> true, clock, UUID::randomUUID);
    private long version = 1;

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/description, Ring at 7 Hidden Lane and ask for Mo.",
        "/application_process, 'Hidden Ln 7, second bell'",
        "/translations/ar/description, ٧ Hidden Lane",
        "/name, Supper at 7 Hidden Lane",
        "/organization/description, We began at 7 Hidden Lane.",
        "/organization/name, 7 Hidden Lane e.V.",
        "/phones/0/description, the bell of 7 Hidden Lane",
        "/unheard/of/0, 7 Hidden Lane",
        "/service_at_locations/0/description, behind 7 Hidden Lane",
        "/service_at_locations/0/location/name, Haus Abendstern",
        "/service_at_locations/0/location/transportation, Bus 4 to 7 Hidden Lane",
        "/service_at_locations/0/location/addresses/0/address_1, 7 Hidden Lane",
        "/service_at_locations/0/location/addresses/0/address_2, back of 7 Hidden Lane",
        "/service_at_locations/0/location/addresses/0/city, Lindmar Hidden Lane 7",
        "/organization/locations/0/addresses/0/address_1, 7 Hidden Lane",
    })
    void whatNamesItIsNotKept(String member, String text) {
        hide();

        take(with(member, text));

        assertThat(document()).doesNotContainIgnoringCase("hidden", "abendstern", "Mo.");
        assertThat(copy().phones()).isNotEmpty();
        assertThat(copy().name().base()).isNotBlank();
        assertThat(Exposure.allows(Way.PAGE, copy())).isTrue();
    }

    @Test
    void aPointAtItIsNotKept() {
        hide();
        var note = note();
        place(note).put("latitude", 50.00001).put("longitude", 8.00001);

        take(note);

        assertThat(document()).doesNotContain("50.00001", "latitude");
    }

    @ParameterizedTest
    @CsvSource({
        "/description, 8 Hidden Lane",
        "/description, Bus 7. Hidden behind the trees.",
        "/service_at_locations/0/location/addresses/0/address_1, 7 Harbour Row",
        "/service_at_locations/0/location/transportation, Bus 4 to 7 Quay Street",
    })
    void allElseIs(String member, String text) {
        hide();

        take(with(member, text));

        assertThat(document()).contains(text).contains("1 Quay Street".substring(2));
    }

    @Test
    void theSameStreetInAnotherTownIs() {
        hide();
        var note = with("/service_at_locations/0/location/addresses/0/address_1", "7 Hidden Lane");
        ((ObjectNode) place(note).at("/addresses/0")).put("city", "Oststadt");

        take(note);

        assertThat(document()).contains("7 Hidden Lane");
    }

    @Test
    void whatAListingHereTellsIs() {
        hide();
        var shop = listing("Corner shop", Place.EXACT);
        desk.listings.publish(desk.boris, shop.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);

        take(with("/description", "Ring at 7 Hidden Lane."));

        assertThat(document()).contains("7 Hidden Lane");
    }

    @Test
    void aCopyThatWasThereBeforeTheHouseWasHiddenTellsItNoMore() {
        take(with("/description", "Ring at 7 Hidden Lane and ask for Mo."));
        assertThat(document()).contains("7 Hidden Lane");
        var before = row();

        hide();
        clock.advance(Duration.ofSeconds(20));
        desk.work.runDue();

        assertThat(document()).doesNotContain("Hidden");
        assertThat(row().version()).isEqualTo(before.version());
        assertThat(row().hash()).isNotEqualTo(before.hash());
        assertThat(row().foldedName()).isEqualTo(before.foldedName());
    }

    /// A shelter that is told by phone only moves, which nobody sees on any page.
    @Test
    void whereAHiddenHouseMovesToIsHiddenAtOnce() {
        var shelter = listing("A safe bed", Place.PHONE_ONLY);
        var other = with("/description", "Ring at 9 Silent Way.");
        take(other);
        assertThat(document()).contains("9 Silent Way");

        desk.listings.replace(
                desk.amal,
                shelter.id(),
                shelter.version(),
                desk.listings
                        .edit(desk.amal, shelter.id())
                        .orElseThrow()
                        .spots(List.of(spot("9 Silent Way")))
                        .build());
        version++;
        take(with("/description", "Ring at 9 Silent Way, twice."));

        assertThat(document()).doesNotContain("Silent");
    }

    @Test
    void itIsToldAgainWhenItIsHiddenNoMoreAndItsOwnerSaysIt() {
        var shelter = hide();
        take(with("/description", "Ring at 7 Hidden Lane."));
        for (var one : List.of(desk.amal, desk.boris)) {
            desk.listings.publish(one, shelter.id(), Kind.HELP, Reach.PUBLIC, Place.EXACT);
        }

        version++;
        take(with("/description", "Ring at 7 Hidden Lane."));

        assertThat(document()).contains("7 Hidden Lane");
    }

    @Test
    void whoHidesItFindsItInTheAudit() {
        hide();

        take(with("/description", "Ring at 7 Hidden Lane."));

        var copy = copy().id().toString();
        List<AuditEntry> noted = desk.database.read(tx -> desk.staff.audit.list(tx, copy));
        assertThat(noted)
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.action()).isEqualTo("copy-withhold");
                            assertThat(it.acting().organization()).isEqualTo(desk.publisher);
                        });
    }

    @Test
    void whyItIsForPeopleInDangerIsKnownAllTheSame() {
        hide();
        var note = with("/description", "A shelter for battered women, 7 Hidden Lane.");
        ((ObjectNode) note.at("/hsdsService")).remove(List.of("kind", "reach", "place"));

        take(note);

        assertThat(document()).doesNotContain("battered");
        assertThat(row().review().reasons()).contains(Review.Reason.VIOLENCE);
    }

    @Test
    void aTermThatNamesItIsNotTaken() {
        var taxonomies =
                new Taxonomies(desk.database, desk.listings, desk.staff.access, desk.staff.audit);
        hide();

        var loaded =
                taxonomies.load(
                        desk.amal,
                        "Ours",
                        "en",
                        "id,name,parent_id\n1,Beds at 7 Hidden Lane,\n2,Beds,1\n3,Soup,\n");

        assertThat(loaded.naming()).containsExactly("Beds at 7 Hidden Lane");
        assertThat(loaded.orphans()).containsExactly("Beds");
        assertThat(taxonomies.addLocal(desk.amal, Topic.HOUSING, "en", "Hidden Lane 7")).isEmpty();
        assertThat(taxonomies.addLocal(desk.amal, Topic.HOUSING, "en", "Night beds")).isPresent();
        assertThat(taxonomies.terms(desk.amal).stream().map(Taxonomies.Term::name))
                .containsExactlyInAnyOrder("Beds", "Soup", "Night beds");
    }

    @Test
    void nothingIsPutUnderATermThatNamesIt() {
        var taxonomies =
                new Taxonomies(desk.database, desk.listings, desk.staff.access, desk.staff.audit);
        var term =
                taxonomies.addLocal(desk.amal, Topic.HOUSING, "en", "Hidden Lane 7").orElseThrow();
        hide();
        var soup = desk.listings.add(desk.amal, Draft.named(Text.of("en", "Soup")).build());

        assertThat(taxonomies.sort(desk.amal, Set.of(soup.id()), term)).isZero();
        var other = taxonomies.addLocal(desk.amal, Topic.HOUSING, "en", "Beds").orElseThrow();
        assertThat(taxonomies.sort(desk.amal, Set.of(soup.id()), other)).isEqualTo(1);
    }

    private Listing hide() {
        return listing("A safe bed", Place.PHONE_ONLY);
    }

    private Listing listing(String name, Place place) {
        return desk.listings.add(
                desk.amal,
                Draft.named(Text.of("en", name))
                        .place(place)
                        .spots(List.of(spot("7 Hidden Lane")))
                        .build());
    }

    private static Spot spot(String street) {
        return SpotMaker.in("Lindmar", street).named("Haus Abendstern").point(50.0, 8.0).make();
    }

    private void take(ObjectNode note) {
        Taken taken = desk.database.write(tx -> copies.take(tx, CLINIC, "Clinic", new Note(note)));
        assertThat(taken).isInstanceOf(Taken.Applied.class);
    }

    private ListingRow row() {
        return desk.database.read(tx -> ListingTable.findByUri(tx, LISTING)).orElseThrow();
    }

    private Listing copy() {
        return Profile.read(row());
    }

    private String document() {
        return row().document();
    }

    private ObjectNode with(String pointer, String text) {
        var note = note();
        var at = pointer.lastIndexOf('/');
        var member = pointer.substring(at + 1);
        var service = (ObjectNode) note.at("/hsdsService");
        if (member.matches("\\d+")) {
            var above = pointer.substring(1, at).split("/");
            service.putObject(above[0]).putArray(above[1]).add(text);
        } else if (at == 0) {
            service.put(member, text);
        } else {
            ((ObjectNode) service.at(pointer.substring(0, at))).put(member, text);
        }
        return note;
    }

    private static ObjectNode place(ObjectNode note) {
        return (ObjectNode) note.at("/hsdsService/service_at_locations/0/location");
    }

    private ObjectNode note() {
        var note = Document.object();
        note.put("id", LISTING.toString())
                .put("type", "Note")
                .put("attributedTo", CLINIC.toString())
                .put("waymark:version", version);
        note.putArray("to").add(Contexts.PUBLIC.toString());
        note.set(
                "hsdsService",
                Document.parse(
                        """
                        {"id": "7e57c0de-0000-4000-8000-000000000001", "name": "Supper",
                         "kind": "help", "reach": "public", "place": "exact", "status": "active",
                         "description": "Soup.",
                         "translations": {"ar": {"description": "حساء"}},
                         "organization": {"id": "7e57c0de-0000-4000-8000-000000000002",
                           "name": "Clinic", "description": "We help.",
                           "locations": [{"id": "7e57c0de-0000-4000-8000-000000000003",
                             "location_type": "physical",
                             "addresses": [{"address_1": "2 Quay Street", "city": "Lindmar"}]}]},
                         "phones": [{"number": "01632 960 101", "description": "Desk"}],
                         "service_at_locations": [{"id": "7e57c0de-0000-4000-8000-000000000004",
                           "description": "Inside.",
                           "location": {"id": "7e57c0de-0000-4000-8000-000000000005",
                             "location_type": "physical", "name": "Mill",
                             "transportation": "Bus 4",
                             "addresses": [{"address_1": "1 Quay Street", "address_2": "",
                               "city": "Lindmar", "country": "DE"}]}}]}
                        """));
        return note;
    }
}
