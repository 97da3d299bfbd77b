// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;

/// What the form of a listing says back: what is wrong at its field, and whether a house is there
/// already.
@SuppressWarnings("NullAway.Init") // set before the first test
class ListingFormTest {

    private static TestNode node;
    private static Browser amal;
    private static Browser vera;

    @BeforeAll
    static void start() {
        node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter");
        node.person("amal@shelter.example", Role.EDITOR);
        node.person("vera@shelter.example", Role.VOLUNTEER);
        amal = Browser.signedIn(node, "amal@shelter.example", "en");
        vera = Browser.signedIn(node, "vera@shelter.example", "en");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Listing added(String name, Spot... spots) {
        return node.domains()
                .listings()
                .add(
                        node.acting(),
                        Draft.named(Text.of("en", name))
                                .topics(Set.of(Topic.COMMUNITY))
                                .spots(List.of(spots))
                                .build());
    }

    private static Listing now(Listing listing) {
        return node.domains().listings().find(node.acting(), listing.id()).orElseThrow();
    }

    private static Html sent(Browser by, Listing listing, String... fields) {
        var all =
                new ArrayList<>(
                        List.of(
                                "language",
                                "en",
                                "version",
                                Long.toString(now(listing).version()),
                                "name",
                                listing.name().base(),
                                "topics",
                                "community"));
        all.addAll(List.of(fields));
        var page = "/admin/listings/" + listing.id();
        by.get(page + "?draft=1");
        return Html.of(by.post(page, all.toArray(String[]::new)).body());
    }

    @Test
    void whatIsWrongStandsAtItsFieldAndWhatWasTypedStays() {
        var kitchen = added("Form kitchen");

        var back =
                sent(
                        amal,
                        kitchen,
                        "email",
                        "nobody at home",
                        "languages",
                        "en, english!",
                        "minimum-age",
                        "60",
                        "maximum-age",
                        "18",
                        "description",
                        "Soup <at> noon");

        for (var id : List.of("email", "languages", "maximum-age")) {
            var field = back.get(id);
            assertThat(field.attribute("aria-invalid")).as(id).isEqualTo("true");
            assertThat(field.attribute("aria-describedby").split(" "))
                    .as(id)
                    .contains(id + "-error");
            assertThat(back.get(id + "-error").text()).as(id).isNotEmpty();
            assertThat(back.list("a", it -> it.attribute("href").equals("#" + id)))
                    .as(id)
                    .hasSize(1);
        }
        assertThat(back.get("email").value()).isEqualTo("nobody at home");
        assertThat(back.get("languages").value()).isEqualTo("en, english!");
        assertThat(back.get("description").value()).isEqualTo("Soup <at> noon");
        assertThat(now(kitchen).description().base()).isEmpty();

        var older = sent(amal, kitchen, "minimum-age", "old enough", "opens", "noon");
        assertThat(older.get("minimum-age").value()).isEqualTo("old enough");
        assertThat(older.get("minimum-age").attribute("aria-invalid")).isEqualTo("true");
        assertThat(older.get("opens").value()).isEqualTo("noon");
    }

    @Test
    void anAddressThatIsThereAlreadyIsUsedWhenStaffSaySo() {
        var first =
                added("First at the bridge", Spot.at("Bridge Road 9", "10000", "Lindmar", "XL"));
        var second = added("Second at the bridge");
        String[] address = {"street", "bridge road, 9", "postal-code", "10000", "city", "Lindmar"};

        var asked = sent(amal, second, address);
        var there = now(first).spots().getFirst().id().toString();
        assertThat(values(asked, "same-place")).containsExactly(there, "new");
        assertThat(now(second).spots()).isEmpty();

        sent(amal, second, with(address, "same-place", there));
        assertThat(now(second).spots()).isEqualTo(now(first).spots());

        var third = added("Third at the bridge");
        sent(amal, third, "spot", there);
        assertThat(now(third).spots()).isEqualTo(now(first).spots());

        var fourth = added("Fourth at the bridge");
        sent(amal, fourth, with(address, "same-place", "new"));
        assertThat(now(fourth).spots().getFirst().id().toString()).isNotEqualTo(there);
    }

    @Test
    void aHiddenHouseIsOfferedToNobodyAndToldByNobodyAlone() {
        var hidden =
                node.domains()
                        .listings()
                        .add(
                                node.acting(),
                                Draft.named(Text.of("en", "Quiet beds"))
                                        .spots(
                                                List.of(
                                                        Spot.at(
                                                                "7 Hidden Lane",
                                                                "10000",
                                                                "Lindmar",
                                                                "XL")))
                                        .place(Place.PHONE_ONLY)
                                        .build());
        var house =
                node.domains()
                        .listings()
                        .edit(node.acting(), hidden.id())
                        .orElseThrow()
                        .build()
                        .spots()
                        .getFirst()
                        .id()
                        .toString();
        assertThat(amal.get("/admin/listings/new").body()).doesNotContain("Hidden Lane");
        assertThat(amal.get("/admin/listings/" + hidden.id()).body()).contains("Hidden Lane");

        String[] address = {
            "street", "7 hidden lane", "postal-code", "10000", "city", "Lindmar", "place", "exact"
        };
        var chosen = added("Chosen from the list");
        sent(amal, chosen, "spot", house, "place", "exact");
        var used = added("Used when asked");
        sent(amal, used, with(address, "same-place", house));
        var typed = added("Typed as another");
        sent(amal, typed, with(address, "same-place", "new"));

        for (var listing : List.of(chosen, used, typed)) {
            assertThat(api(listing))
                    .as(listing.name().base())
                    .doesNotContainIgnoringCase("hidden lane");
            assertThat(now(listing).review().proposal()).as(listing.name().base()).isPresent();
        }
    }

    @Test
    void aPlaceWithANameAndAPointOnlyStaysWhenThePhoneChanges() {
        var camp =
                new Spot(
                        Spot.NEW,
                        "Camp 4",
                        List.of(),
                        "",
                        "",
                        "",
                        "JO",
                        java.util.Optional.of(new Spot.Point(32.3, 36.3)),
                        "",
                        List.of());
        var clinic = added("Camp clinic", camp);
        var place = now(clinic).spots().getFirst().id().toString();

        sent(
                amal,
                clinic,
                "spot",
                place,
                "phone",
                "030 5550100",
                "how-to-get-there",
                "By the gate");

        var now = now(clinic).spots();
        assertThat(now).hasSize(1);
        assertThat(now.getFirst().name()).isEqualTo("Camp 4");
        assertThat(now.getFirst().howToGetThere()).isEqualTo("By the gate");
        assertThat(now.getFirst().point()).isPresent();
    }

    @Test
    void whoSharesAPlaceIsAskedBeforeOthersMove() {
        var stays = added("Stays at the mill", Spot.at("Mill Lane 1", "10000", "Lindmar", "XL"));
        var place = now(stays).spots().getFirst();
        var goes = added("Goes from the mill", place);
        String[] moved = {
            "spot",
            place.id().toString(),
            "street",
            "Hill Street 5",
            "postal-code",
            "10000",
            "city",
            "Lindmar"
        };

        assertThat(values(sent(amal, goes, moved), "moves")).hasSize(2);
        assertThat(now(goes).spots().getFirst().street()).containsExactly("Mill Lane 1");

        sent(amal, goes, with(moved, "moves", "this"));
        assertThat(now(goes).spots().getFirst().street()).containsExactly("Hill Street 5");
        assertThat(now(stays).spots().getFirst().street()).containsExactly("Mill Lane 1");
    }

    @Test
    void whoPaysAndTermsAreWrittenInTheFormAndShownWhereThePlaceIs() {
        var kitchen = added("Paid kitchen", Spot.at("Paid Street 2", "10000", "Lindmar", "XL"));
        var soup =
                node.domains()
                        .taxonomies()
                        .addLocal(node.acting(), Topic.COMMUNITY, "en", "Warm meals")
                        .orElseThrow();
        String[] more = {
            "program",
            "Winter help",
            "funding",
            "City of Lindmar\nHarbour fund",
            "term",
            "warm meals",
            "street",
            "Paid Street 2",
            "postal-code",
            "10000",
            "city",
            "Lindmar"
        };

        assertThat(sent(amal, kitchen, with(more, "term", "no such")).get("term").value())
                .isEqualTo("no such");
        sent(amal, kitchen, more);

        assertThat(shown(kitchen))
                .contains("Winter help", "City of Lindmar", "Harbour fund", "Warm meals");
        var form = Html.of(amal.get("/admin/listings/" + kitchen.id()).body());
        assertThat(form.get("program").value()).isEqualTo("Winter help");
        assertThat(values(form, "terms")).containsExactly(soup.toString());

        sent(amal, kitchen, with(more, "term", "", "terms", soup.toString(), "place", "area"));
        assertThat(now(kitchen).place()).isEqualTo(Place.AREA);
        assertThat(shown(kitchen))
                .contains("Warm meals")
                .doesNotContain("Winter help", "Harbour fund");
        assertThat(api(kitchen)).doesNotContain("Winter help", "Harbour fund");
        form = Html.of(amal.get("/admin/listings/" + kitchen.id()).body());
        assertThat(form.get("program").value()).isEqualTo("Winter help");

        sent(amal, kitchen, with(more, "term", "", "program", "", "funding", ""));
        assertThat(now(kitchen).details().backing().terms()).isEmpty();
        assertThat(now(kitchen).details().backing().program()).isEmpty();
    }

    @Test
    void topicsThatTermsGiveDoNotBecomeTheListingsOwn() {
        var doctors =
                node.domains()
                        .taxonomies()
                        .addLocal(node.acting(), Topic.HEALTH, "en", "Doctors")
                        .orElseThrow();
        var listing =
                node.domains()
                        .listings()
                        .add(node.acting(), Draft.named(Text.of("en", "Filed by terms")).build());
        node.domains().taxonomies().sort(node.acting(), List.of(listing.id()), doctors);
        assertThat(now(listing).topics()).containsExactly(Topic.HEALTH);

        for (var by : List.of(amal, vera)) {
            var form = Html.of(by.get("/admin/listings/" + listing.id() + "?draft=1").body());
            assertThat(
                            form.list(
                                    "input",
                                    it ->
                                            it.attribute("name").equals("topics")
                                                    && it.has("checked")))
                    .isEmpty();
        }
    }

    private static List<String> values(Html page, String name) {
        return page.list("input", it -> it.attribute("name").equals(name)).stream()
                .map(Html.Element::value)
                .toList();
    }

    private static String[] with(String[] fields, String... more) {
        var all = new java.util.LinkedHashMap<String, String>();
        for (var some : List.of(fields, more)) {
            for (int i = 0; i < some.length; i += 2) {
                all.put(some[i], some[i + 1]);
            }
        }
        return all.entrySet().stream()
                .flatMap(it -> java.util.stream.Stream.of(it.getKey(), it.getValue()))
                .toArray(String[]::new);
    }

    private static String shown(Listing listing) {
        return Html.of(amal.get("/en/s/" + listing.id()).body()).text();
    }

    private static String api(Listing listing) {
        return amal.get("/hsds/services/" + listing.id()).body();
    }
}
