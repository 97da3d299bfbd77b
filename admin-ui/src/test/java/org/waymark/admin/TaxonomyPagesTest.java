// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// An editor loads terms, says what they mean here, and sorts what is under no topic.
class TaxonomyPagesTest {

    private static final String HARBOUR =
            """
            id,name,parent_id
            1,Things for the night,
            2,Mattresses,1
            3,Hen,4
            4,Egg,3
            5,Found in the street,9
            """;
    private static final String PAGE = "/admin/taxonomies";
    private static final String UNSORTED = PAGE + "/unsorted";
    private static final Pattern MATTRESSES =
            Pattern.compile("for=\"t-([0-9a-f-]{36})\">[^/]*Mattresses");

    @Test
    void anEditorLoadsTermsAndSortsWhatIsUnderNoTopic() {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            var editor =
                    TestNode.acting(
                            node.person("amal@shelter.example", Role.EDITOR), Purpose.DIRECTORY);
            var amal = Browser.signedIn(node, "amal@shelter.example", "en");
            assertThat(amal.get(PAGE).body()).contains("No terms yet.");
            assertThat(amal.post(PAGE + "/load", "name", "Harbour", "text", "nothing").body())
                    .contains("Nothing was taken.");
            assertThat(amal.post(PAGE + "/load", "name", "", "text", HARBOUR).body())
                    .contains("A name is missing.");

            var loaded = text(amal.post(PAGE + "/load", "name", "Harbour", "text", HARBOUR).body());
            assertThat(loaded)
                    .contains("5 terms, 5 new or changed.")
                    .containsSubsequence("Above themselves", "Hen", "Egg", "parent is missing")
                    .contains("Found in the street");

            var term = term(amal.get(PAGE).body());
            assertThat(amal.post(PAGE + "/" + term, "topic", "housing").body())
                    .contains("Saved.", "value=\"housing\" selected");
            var advice = add(node, editor, "Legal advice for asylum seekers", Kind.HELP);
            var van = add(node, editor, "Blue van", Kind.HELP);
            var police = add(node, editor, "Deportation office", Kind.ENFORCEMENT);
            node.domains().taxonomies().sort(editor, List.of(van), UUID.fromString(term));
            assertThat(topics(node, editor, van)).containsExactly(Topic.HOUSING);

            var unsorted = amal.get(UNSORTED).body();
            assertThat(unsorted)
                    .contains(advice.toString())
                    .doesNotContain(van.toString(), police.toString());
            amal.post(
                    UNSORTED,
                    "listing",
                    advice.toString(),
                    "listing",
                    police.toString(),
                    "topic",
                    "");
            assertThat(amal.get(UNSORTED).body()).contains("Every listing is under a topic.");
            assertThat(amal.get("/admin/history/" + advice).body()).contains("Put under a topic");
            assertThat(amal.post(UNSORTED, "listing", police.toString(), "topic", "papers").body())
                    .contains("Nothing was different");

            assertThat(amal.post(PAGE + "/local", "topic", "health", "name", "Foot care").body())
                    .contains("Foot care");
            assertThat(amal.post(PAGE + "/" + term, "topic", "above").body()).contains("Saved.");
            assertThat(topics(node, editor, van)).isEmpty();
        }
    }

    @Test
    void aColleagueOfAnotherOrganisationNeitherSeesNorChangesThem() {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            var editor =
                    TestNode.acting(
                            node.person("amal@shelter.example", Role.EDITOR), Purpose.DIRECTORY);
            var amal = Browser.signedIn(node, "amal@shelter.example", "en");
            amal.get(PAGE);
            amal.post(PAGE + "/load", "name", "Harbour", "text", HARBOUR);
            var term = term(amal.get(PAGE).body());
            var van = add(node, editor, "Blue van", Kind.HELP);
            var clinic =
                    ((HostedOrganizations.Outcome.Done)
                                    node.domains()
                                            .organizations()
                                            .add(
                                                    Acting.node(),
                                                    "Lindmar Clinic",
                                                    "clinic",
                                                    Optional.empty(),
                                                    List.of("en")))
                            .organization();
            node.person("bo@clinic.example", clinic.id(), Role.EDITOR);
            node.person("vera@shelter.example", Role.VOLUNTEER);
            var bo = Browser.signedIn(node, "bo@clinic.example", "en");
            var vera = Browser.signedIn(node, "vera@shelter.example", "en");

            assertThat(bo.get(PAGE).body()).doesNotContain("Mattresses");
            assertThat(bo.get(UNSORTED).body()).doesNotContain("Blue van");
            assertThat(bo.post(PAGE + "/" + term, "topic", "housing").statusCode()).isEqualTo(404);
            bo.post(UNSORTED, "listing", van.toString(), "topic", "housing");
            vera.get("/admin");
            for (var page : List.of("/" + term, "/local", "/load", "/unsorted")) {
                var answer =
                        vera.post(
                                PAGE + page,
                                "topic",
                                "housing",
                                "name",
                                "Harbour",
                                "text",
                                HARBOUR,
                                "listing",
                                van.toString());
                assertThat(answer.statusCode()).as(page).isEqualTo(403);
            }

            assertThat(amal.get(PAGE).body()).doesNotContain("value=\"housing\" selected");
            assertThat(amal.get(UNSORTED).body()).contains("Blue van");
        }
    }

    private static ListingId add(TestNode node, Acting editor, String name, Kind kind) {
        var draft = Draft.named(Text.of("en", name)).kind(kind).build();
        return node.domains().listings().add(editor, draft).id();
    }

    private static Set<Topic> topics(TestNode node, Acting editor, ListingId id) {
        return node.domains().listings().find(editor, id).orElseThrow().topics();
    }

    private static String term(String page) {
        var matcher = MATTRESSES.matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String text(String page) {
        return page.replaceAll("<[^>]*>", "").replaceAll("[\\u2066-\\u2069]", "");
    }
}
