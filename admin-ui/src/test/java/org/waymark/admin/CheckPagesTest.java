// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;

/// An editor makes sure that listings are right, and says how things stand today.
@SuppressWarnings("NullAway.Init") // set before the first test
class CheckPagesTest {

    private static TestNode node;
    private static Browser amal;

    @BeforeAll
    static void start() {
        node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter");
        node.person("amal@shelter.example", Role.EDITOR);
        amal = Browser.signedIn(node, "amal@shelter.example", "en");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String hsds(Listing listing) {
        var request = HttpRequest.newBuilder(node.url().resolve("/hsds/services/" + listing.id()));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Listing add(String name) {
        return node.domains()
                .listings()
                .add(
                        node.acting(),
                        Draft.named(new Text("en", Map.of("en", name, "ar", "مطبخ")))
                                .phones(List.of(Phone.of("+1 305 555 0100")))
                                .topics(Set.of(Topic.COMMUNITY))
                                .build());
    }

    @Test
    void whatIsDueStandsAmongTheTasksUntilItIsConfirmed() {
        var kitchen = add("Harbour kitchen");
        assertThat(amal.get("/admin/").body()).contains("to check");
        assertThat(amal.get("/admin/to-check").body())
                .contains("Harbour kitchen")
                .contains("Never checked");

        var done = amal.post("/admin/to-check/" + kitchen.id(), "what", "provider");

        assertThat(done.body())
                .contains("All its languages are confirmed")
                .doesNotContain("Harbour kitchen");
        assertThat(amal.get("/ar/s/" + kitchen.id()).body()).doesNotContain("Call before you go");
        assertThat(amal.get("/en/s/" + kitchen.id()).body())
                .contains("Confirmed by those who run it");
    }

    @Test
    void closedTodayAndNoFreePlaceAreReadInEveryLanguage() {
        var kitchen = add("Quay kitchen");
        var care = "/admin/care/" + kitchen.id();
        assertThat(amal.get(care).body()).contains("Free places");

        amal.post(
                care + "/standing",
                "closed",
                node.domains().standings().today().toString(),
                "free",
                "0",
                "places",
                "30",
                "wait",
                "14");

        assertThat(amal.get("/en/s/" + kitchen.id()).body())
                .contains("Closed today")
                .contains("No free place")
                .contains("About 14 days");
        assertThat(amal.get("/ar/s/" + kitchen.id()).body())
                .contains("مغلق اليوم")
                .contains("لا مكان متاح");
        node.domains().listingIndex().catchUp();
        assertThat(amal.get("/uk/t/community").body()).contains("Сьогодні зачинено");
        assertThat(hsds(kitchen))
                .contains("\"available\":0")
                .contains("\"maximum\":30")
                .contains("\"wait_time\":\"14 days\"");
    }

    @Test
    void aWrongAddressIsSaidAndNothingOfItLeavesTheStaffPages() {
        var kitchen = add("Mill kitchen");
        var care = "/admin/care/" + kitchen.id();
        amal.get(care);

        assertThat(amal.post(care + "/rules", "mail", "nobody").statusCode()).isEqualTo(422);
        amal.post(care + "/rules", "mail", "marker7391@mill.example", "months", "3");

        assertThat(amal.get(care).body()).contains("marker7391@mill.example");
        assertThat(amal.get("/en/s/" + kitchen.id()).body()).doesNotContain("marker7391");
        assertThat(hsds(kitchen)).contains("\"check_months\":3").doesNotContain("marker7391");
    }

    @Test
    void whoeverRunsItSaysSoByALinkWhoseButtonsDecide() {
        var kitchen = add("Link kitchen");
        var care = "/admin/care/" + kitchen.id();
        amal.get(care);
        var made = amal.post(care + "/link").body();
        var link = Pattern.compile("/en/check/[A-Za-z0-9_-]{43}").matcher(made);
        assertThat(link.find()).isTrue();
        var path = link.group();
        var nobody = new Browser(node, "en");

        var shown = nobody.get(path);
        assertThat(shown.body()).contains("Link kitchen").contains("<title>Lindmar Shelter");
        assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(checkedHow(kitchen)).as("opening decides nothing").isEqualTo("NOT_CHECKED");

        assertThat(nobody.postBare(path, "what", "right").body()).contains("Thank you");
        assertThat(checkedHow(kitchen)).isEqualTo("PROVIDER");
        nobody.postBare(path, "what", "places", "free", "3", "wait", "");
        nobody.postBare(path, "what", "today");
        assertThat(nobody.get("/fr/s/" + kitchen.id()).body())
                .contains("Fermé aujourd’hui")
                .contains("3 places");
        nobody.postBare(path, "what", "open");
        assertThat(nobody.get("/en/s/" + kitchen.id()).body()).doesNotContain("Closed today");
        nobody.postBare(path, "what", "wrong", "words", "We moved.");
        assertThat(amal.get("/admin/").body()).contains("Those who run it, by a link");

        amal.get(care);
        amal.post(care + "/link/take-back");
        assertThat(nobody.get(path).statusCode()).isEqualTo(404);
        nobody.postBare(path, "what", "today");
        assertThat(nobody.get("/en/s/" + kitchen.id()).body()).doesNotContain("Closed today");
    }

    @Test
    void whatWeDoNotUnderstandOpensNoClosedDoor() {
        var kitchen = add("Unclear kitchen");
        var care = "/admin/care/" + kitchen.id();
        amal.get(care);
        var link =
                Pattern.compile("/en/check/[A-Za-z0-9_-]{43}")
                        .matcher(amal.post(care + "/link").body());
        assertThat(link.find()).isTrue();
        var path = link.group();
        var nobody = new Browser(node, "en");
        nobody.postBare(path, "what", "today");
        nobody.postBare(path, "what", "places", "free", "3", "wait", "");
        amal.get(care);

        for (var until : List.of("", "5.3.2026")) {
            var said = nobody.postBare(path, "what", "closed", "until", until);
            assertThat(said.statusCode()).isEqualTo(422);
            assertThat(said.body()).contains("Write a day").doesNotContain("Thank you");
        }
        assertThat(nobody.postBare(path, "what", "places", "free", "ten", "wait", "").statusCode())
                .isEqualTo(422);
        assertThat(amal.post(care + "/standing", "closed", "5.3.2026", "free", "3").statusCode())
                .isEqualTo(422);
        assertThat(amal.post(care + "/standing", "closed", "", "free", "ten").statusCode())
                .isEqualTo(422);

        assertThat(nobody.get("/en/s/" + kitchen.id()).body())
                .contains("Closed today")
                .contains("3 places");
    }

    @Test
    void wordsByALinkReachStaffAlsoOfWhatNoPageShowsAndAreNeverLostSilently() {
        var kitchen = add("Quiet kitchen");
        amal.get("/admin/care/" + kitchen.id());
        var link =
                Pattern.compile("/en/check/[A-Za-z0-9_-]{43}")
                        .matcher(amal.post("/admin/care/" + kitchen.id() + "/link").body());
        assertThat(link.find()).isTrue();
        var path = link.group();
        var nobody = new Browser(node, "en");
        node.domains()
                .listings()
                .publish(node.acting(), kitchen.id(), kitchen.kind(), Reach.STAFF, kitchen.place());

        assertThat(nobody.postBare(path, "what", "wrong", "words", "").statusCode()).isEqualTo(422);
        for (int i = 0; i < 10; i++) {
            assertThat(nobody.postBare(path, "what", "wrong", "words", "We moved.").body())
                    .contains("Thank you");
        }
        var full = nobody.postBare(path, "what", "wrong", "words", "We moved.");

        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(Browser.signedIn(node, "amal@shelter.example", "ar").get("/admin/").body())
                .contains("من يديرونها، عبر رابط");
    }

    private static String checkedHow(Listing listing) {
        return node.domains()
                .listings()
                .find(node.acting(), listing.id())
                .orElseThrow()
                .checked()
                .how()
                .name();
    }

    @Test
    void aVisitorSaysWhatIsWrongAndReadsTheAnswerByACode() {
        var kitchen = add("Wrong kitchen");
        var visitor = new Browser(node, "en");
        var page = "/en/s/" + kitchen.id() + "/wrong";
        assertThat(visitor.get("/en/s/" + kitchen.id()).body()).contains(page);
        assertThat(visitor.get(page).body()).contains("Nobody reads this at night");
        assertThat(visitor.postBare(page, "words", " ").statusCode()).isEqualTo(422);

        var told = visitor.postBare(page, "words", "The phone is dead.").body();
        var code = Pattern.compile("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}").matcher(told);
        assertThat(code.find()).isTrue();
        assertThat(visitor.postBare("/ar/wrong", "code", code.group()).body())
                .contains("لم يُجب أحد بعد");
        assertThat(visitor.postBare("/en/wrong", "code", "AAAA-BBBB-CCCC").statusCode())
                .isEqualTo(404);

        var list = amal.get("/admin/corrections").body();
        assertThat(list).contains("From a visitor of the site");
        var task =
                Pattern.compile("href=\"(/admin/corrections/[0-9a-f-]{36})\">[^W]*Wrong kitchen")
                        .matcher(list);
        assertThat(task.find()).isTrue();
        amal.get(task.group(1));
        amal.post(task.group(1) + "/answer", "state", "resolved", "words", "It rings again.");

        assertThat(
                        visitor.postBare("/en/wrong", "code", code.group().toLowerCase(Locale.ROOT))
                                .body())
                .contains("It is right now")
                .contains("It rings again.");
    }

    @Test
    void aVolunteerSeesTheListAndChangesNothing() {
        var kitchen = add("Park kitchen");
        node.person("vera@shelter.example", Role.VOLUNTEER);
        var vera = Browser.signedIn(node, "vera@shelter.example", "ar");

        assertThat(vera.get("/admin/to-check").body())
                .contains("Park kitchen")
                .doesNotContain("value=\"visit\"");
        assertThat(vera.post("/admin/to-check/" + kitchen.id(), "what", "visit").statusCode())
                .isEqualTo(403);
    }
}
