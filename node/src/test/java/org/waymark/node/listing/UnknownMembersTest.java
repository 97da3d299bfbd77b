// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Databases;
import org.waymark.node.work.Progress;

/// Members of a directory that this program does not know are nobody's to throw away: they stay
/// where they came in, whatever staff change beside them, and leave by no way out.
class UnknownMembersTest {

    private static final UUID SERVICE = UUID.fromString("7e57c0de-0000-4000-8000-000000000001");
    private static final UUID PLACE = UUID.fromString("7e57c0de-0000-4000-8000-000000000002");
    private static final UUID PROVIDER = UUID.fromString("7e57c0de-0000-4000-8000-000000000003");
    private static final String OURS = "x_";

    private final Desk desk = new Desk(Databases.inMemory());
    private final ListingId id = new ListingId(SERVICE);

    @BeforeEach
    void comesIn() {
        var json = Document.object();
        json.put("id", SERVICE.toString())
                .put("name", "Food pantry")
                .put("status", "active")
                .put("x_service", "kept");
        json.putArray("phones")
                .addObject()
                .put("id", "7e57c0de-0000-4000-8000-000000000011")
                .put("number", "01632 960 107")
                .put("x_phone", "kept");
        json.putObject("organization")
                .put("id", PROVIDER.toString())
                .put("name", "Lindmar Pantries")
                .put("description", "")
                .put("x_organization", "kept");
        var at = json.putArray("service_at_locations").addObject();
        at.put("id", "7e57c0de-0000-4000-8000-000000000004").put("x_link", "kept");
        var location = at.putObject("location");
        location.put("id", PLACE.toString())
                .put("location_type", "physical")
                .put("name", "Corner shop")
                .put("x_place", "kept");
        location.putArray("addresses")
                .addObject()
                .put("id", "7e57c0de-0000-4000-8000-000000000005")
                .put("address_1", "1 Quay Street")
                .put("city", "Lindmar")
                .put("country", "DE")
                .put("address_type", "physical")
                .put("x_address", "kept");
        desk.intake.run(
                desk.amal,
                sink -> sink.add(Intake.Entity.SERVICE, json, "food.json", "1"),
                new Intake.Options(
                        desk.publisher,
                        Optional.of("DE"),
                        Desk.ZONE,
                        "en",
                        Optional.empty(),
                        false),
                Progress.SILENT);
        assertThat(kept())
                .containsExactly(
                        "x_address", "x_link", "x_organization", "x_phone", "x_place", "x_service");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void theyLeaveByNoWayOut() {
        var row = desk.database.read(tx -> ListingTable.find(tx, id).orElseThrow());

        assertThat(row.document()).doesNotContain(OURS);
    }

    @Test
    void theFormKeepsThem() {
        var draft = desk.listings.edit(desk.amal, id).orElseThrow().build();
        var spot = draft.spots().getFirst();

        replace(Draft.of(desk.listings.find(desk.amal, id).orElseThrow()));
        replace(
                desk.listings
                        .edit(desk.amal, id)
                        .orElseThrow()
                        .name(Text.of("en", "Pantry for all"))
                        .spots(
                                List.of(
                                        new Spot(
                                                spot.id(),
                                                "Corner house",
                                                List.of("3 Quay Street"),
                                                spot.city(),
                                                spot.region(),
                                                spot.postalCode(),
                                                spot.country(),
                                                spot.point(),
                                                "Bus 4",
                                                spot.accessibility()))));

        assertThat(desk.listings.find(desk.amal, id).orElseThrow().spots().getFirst().street())
                .containsExactly("3 Quay Street");
        checkKept();
    }

    @Test
    void smallChangesTranslationsAndSharedEditsKeepThem() {
        desk.listings.amend(desk.amal, id, new Amendment.Rhythm(3));
        var edits =
                new TranslationEdits(
                        desk.database,
                        desk.listings,
                        desk.staff.access,
                        desk.staff.audit,
                        Clock.systemUTC());
        for (var of : List.of(SERVICE, PLACE, PROVIDER)) {
            var taken =
                    edits.save(
                            desk.amal,
                            of,
                            "ar",
                            Map.of("name", new TranslationEdits.Written("اسم", "", true)));
            assertThat(taken.taken()).isOne();
        }
        var parts =
                new SharedParts(desk.database, desk.staff.access, desk.staff.audit, desk.listings);
        for (var of : List.of(PLACE, PROVIDER)) {
            var part = parts.find(desk.amal, of).orElseThrow();
            parts.replace(desk.amal, of, part.version(), Map.of("name", "Another name"));
        }

        checkKept();
    }

    @Test
    void goingBackKeepsThem() {
        replace(
                desk.listings
                        .edit(desk.amal, id)
                        .orElseThrow()
                        .name(Text.of("en", "Pantry for all")));
        var snapshot = desk.database.read(tx -> Snapshot.find(tx, id).orElseThrow());

        var again = Snapshot.parse(snapshot.document().text(), desk.publisher);

        assertThat(again.document().text()).isEqualTo(snapshot.document().text());
        assertThat(snapshot.document().text()).contains("x_service", "x_place", "x_address");
    }

    private void replace(Draft.Builder draft) {
        var version = desk.listings.find(desk.amal, id).orElseThrow().version();
        assertThat(desk.listings.replace(desk.amal, id, version, draft.build()))
                .isNotInstanceOf(Outcome.Stale.class);
    }

    private void checkKept() {
        assertThat(kept())
                .containsExactly(
                        "x_address", "x_link", "x_organization", "x_phone", "x_place", "x_service");
    }

    /// The names of all unknown members of what is stored.
    private TreeSet<String> kept() {
        var found = new TreeSet<String>();
        desk.database
                .read(tx -> AggregateTable.listByIds(tx, List.of(SERVICE, PLACE, PROVIDER)))
                .values()
                .forEach(it -> collect(it.json(), found));
        return found;
    }

    private static void collect(JsonNode node, TreeSet<String> found) {
        node.properties().stream()
                .map(Map.Entry::getKey)
                .filter(it -> it.startsWith(OURS))
                .forEach(found::add);
        node.forEach(it -> collect(it, found));
    }
}
