// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Spot;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;

/// Volunteers write, editors publish, and what is among them stays among them.
@SuppressWarnings("NullAway.Init") // set before the first test
class EditingPagesTest {

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

    private static Listing add(String name) {
        return node.domains()
                .listings()
                .add(
                        node.acting(),
                        Draft.named(Text.of("en", name)).topics(Set.of(Topic.COMMUNITY)).build());
    }

    @Test
    void aVolunteersWordsArePublishedByAnEditorAndCanBeTakenBack() {
        var kitchen = add("Harbour kitchen");
        var page = "/admin/listings/" + kitchen.id();
        assertThat(vera.get(page).body()).contains("Suggest a change");
        assertThat(vera.get(page + "?draft=1").body()).contains("Send for review");

        var sent =
                vera.post(
                        page,
                        "language",
                        "en",
                        "version",
                        Long.toString(kitchen.version()),
                        "name",
                        "Harbour kitchen",
                        "description",
                        "Soup at noon.",
                        "topics",
                        "community");
        assertThat(sent.body()).contains("Kept as a draft");
        assertThat(amal.get("/en/s/" + kitchen.id()).body()).doesNotContain("Soup at noon");

        assertThat(amal.get("/admin/").body()).contains("Waits to be published");
        var link =
                Pattern.compile("href=\"(/admin/drafts/[0-9a-f-]{36})\"")
                        .matcher(amal.get("/admin/drafts").body());
        assertThat(link.find()).isTrue();
        assertThat(amal.get(link.group(1)).body())
                .contains("Soup at noon.")
                .contains("Who may see it")
                .contains("vera@shelter.example");
        assertThat(vera.post(link.group(1) + "/publish").statusCode()).isEqualTo(403);
        assertThat(amal.post(link.group(1) + "/publish").body()).contains("Published.");
        assertThat(amal.get("/en/s/" + kitchen.id()).body()).contains("Soup at noon");

        assertThat(amal.get("/admin/history/" + kitchen.id()).body()).contains("A draft published");
        assertThat(amal.get("/admin/history/" + kitchen.id() + "/2").body())
                .contains("Soup at noon.");
        assertThat(amal.post("/admin/history/" + kitchen.id() + "/1/restore").body())
                .contains("Brought back");
        assertThat(amal.post("/admin/history/" + kitchen.id() + "/2/forget").body())
                .contains("The text is removed.");
        assertThat(amal.get("/admin/history/" + kitchen.id() + "/2").body())
                .doesNotContain("Soup at noon.");
        assertThat(amal.get("/en/s/" + kitchen.id()).body()).doesNotContain("Soup at noon");
    }

    @Test
    void whoPublishesADraftSeesItsProgrammeAndItsTermsAndWhoWouldMove() {
        var place = Spot.at("Mill Lane 1", "10000", "Lindmar", "XL");
        var listings = node.domains().listings();
        var stays =
                listings.add(
                        node.acting(),
                        Draft.named(Text.of("en", "Stays there")).spots(List.of(place)).build());
        var there = listings.find(node.acting(), stays.id()).orElseThrow().spots().getFirst();
        var goes =
                listings.add(
                        node.acting(),
                        Draft.named(Text.of("en", "Goes away")).spots(List.of(there)).build());
        node.domains().taxonomies().addLocal(node.acting(), Topic.HEALTH, "en", "Doctors");
        vera.get("/admin/listings/" + goes.id() + "?draft=1");

        vera.post(
                "/admin/listings/" + goes.id(),
                "language",
                "en",
                "version",
                Long.toString(goes.version()),
                "name",
                "Goes away",
                "program",
                "Winter help 77",
                "term",
                "Doctors",
                "street",
                "Hill Street 5",
                "postal-code",
                "10000",
                "city",
                "Lindmar");
        var draft =
                node.domains().waitingDrafts().list(node.acting()).stream()
                        .filter(it -> it.listing().equals(goes.id()))
                        .findFirst()
                        .orElseThrow();
        var page = "/admin/drafts/" + draft.id();
        assertThat(amal.get(page).body())
                .contains("Winter help 77", "Doctors", "Hill Street 5", "Who moves?");
        assertThat(amal.get("/hsds/programs").body()).doesNotContain("Winter help 77");
        amal.post(page + "/publish");

        assertThat(
                        listings.find(node.acting(), stays.id())
                                .orElseThrow()
                                .spots()
                                .getFirst()
                                .street())
                .containsExactly("Mill Lane 1");
        var now = listings.find(node.acting(), goes.id()).orElseThrow();
        assertThat(now.spots().getFirst().street()).containsExactly("Hill Street 5");
        assertThat(now.details().backing().program()).contains("Winter help 77");
    }

    @Test
    void aTemplateAndAListingLikeItFillTheFormOfANewOne() {
        var kitchen = add("Quay kitchen");

        assertThat(amal.get("/admin/listings/new?template=shelter").body())
                .contains("value=\"phone-only\" selected");
        assertThat(amal.get("/admin/listings/new?from=" + kitchen.id()).body())
                .contains("value=\"community\" checked")
                .doesNotContain("Quay kitchen");
    }

    @Test
    void manyChangeAtOnceAfterALookAndComeBack() {
        var one = add("Bulk kitchen one");
        var two = add("Bulk kitchen two");
        assertThat(amal.get("/admin/quality").body()).contains("Bulk kitchen one");
        assertThat(amal.get("/admin/bulk?q=bulk").body()).contains("Bulk kitchen two");
        assertThat(amal.post("/admin/bulk", "what", "topic").statusCode()).isEqualTo(422);

        String[] fields = {
            "listing",
            one.id().toString(),
            "listing",
            two.id().toString(),
            "what",
            "topic",
            "topic",
            "health"
        };
        assertThat(amal.post("/admin/bulk", fields).body()).contains("2 listings would change");
        var done = amal.post("/admin/bulk/apply", fields).body();
        assertThat(done).contains("2 listings changed");
        assertThat(topics(one)).contains(Topic.HEALTH);

        var batch = Pattern.compile("name=\"batch\" value=\"([0-9a-f-]{36})\"").matcher(done);
        assertThat(batch.find()).isTrue();
        amal.post("/admin/bulk/undo", "batch", batch.group(1));
        assertThat(topics(one)).containsExactly(Topic.COMMUNITY);
        assertThat(vera.get("/admin/bulk").statusCode()).isEqualTo(403);
    }

    private static Set<Topic> topics(Listing listing) {
        return node.domains().listings().find(node.acting(), listing.id()).orElseThrow().topics();
    }

    @Test
    void whatStaffNoteAmongThemselvesLeavesByNoWay() {
        var kitchen = add("Mill kitchen");
        amal.get("/admin/listings/" + kitchen.id());

        amal.post("/admin/notes/" + kitchen.id(), "words", "Marker7391 has the key.");

        assertThat(vera.get("/admin/listings/" + kitchen.id()).body())
                .contains("Marker7391 has the key.")
                .contains("amal@shelter.example");
        node.runDue();
        node.domains().listingIndex().catchUp();
        for (var path :
                List.of(
                        "/en/s/" + kitchen.id(),
                        "/ar/s/" + kitchen.id(),
                        "/en/t/community",
                        "/en/o/" + node.organization().id(),
                        "/s/" + kitchen.id(),
                        "/hsds/services",
                        "/hsds/services/" + kitchen.id(),
                        "/o/" + node.organization().id() + "/listings",
                        "/o/" + node.organization().id() + "/outbox")) {
            assertThat(read(path)).as(path).doesNotContain("Marker7391");
        }
        assertThat(amal.post("/en/search", "q", "Marker7391").body())
                .doesNotContain("Mill kitchen");
    }

    private static String read(String path) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(node.url().resolve(path));
            return client.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
