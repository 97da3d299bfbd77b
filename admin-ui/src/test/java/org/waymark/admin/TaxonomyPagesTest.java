// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// The terms of an organisation and its listings under no topic are for its own editors.
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

    private static String term(String page) {
        var matcher = MATTRESSES.matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
