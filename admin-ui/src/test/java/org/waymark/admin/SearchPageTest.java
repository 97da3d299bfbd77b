// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.ListingQuery;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Purpose;

/// An editor teaches the search a word, and sees what nobody found.
class SearchPageTest {

    @Test
    void aWordThatStaffAddIsUnderstoodUntilTheyTakeItAway() {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            var editor =
                    TestNode.acting(
                            node.person("amal@shelter.example", Role.EDITOR), Purpose.DIRECTORY);
            node.domains()
                    .listings()
                    .add(
                            editor,
                            Draft.named(Text.of("en", "Food bank at the harbour"))
                                    .topics(Set.of(Topic.MONEY))
                                    .build());
            var amal = Browser.signedIn(node, "amal@shelter.example", "en");
            assertThat(found(node, "Hampelmarkt")).isZero();
            assertThat(amal.get("/admin/search").body()).contains("You have added none yet.");

            assertThat(amal.post("/admin/search", "language", "", "words", "Hampelmarkt").body())
                    .contains("at least two words");
            var added =
                    amal.post(
                            "/admin/search",
                            "language",
                            "",
                            "words",
                            "Hampelmarkt, food bank, Küchentisch");
            assertThat(added.body()).contains("Saved.").contains("Hampelmarkt");
            assertThat(found(node, "Hampelmarkt")).isEqualTo(1);
            assertThat(found(node, "hampelmarkd")).as("with a typing error").isEqualTo(1);
            assertThat(found(node, "بنك الطعام")).isEqualTo(1);

            var id = node.domains().searchWords().list(editor).getFirst().id();
            amal.post("/admin/search/" + id + "/remove");
            assertThat(found(node, "Hampelmarkt")).isZero();
        }
    }

    @Test
    void whoLooksForAPersonNarrowsAsVisitorsDo() {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            var editor =
                    TestNode.acting(
                            node.person("amal@shelter.example", Role.MANAGER), Purpose.DIRECTORY);
            for (var name : java.util.List.of("Soup for all", "Soup for women")) {
                var draft = Draft.named(Text.of("en", name)).topics(Set.of(Topic.MONEY));
                if (name.endsWith("women")) {
                    draft.fit(
                                    new org.waymark.node.listing.Fit(
                                            true,
                                            java.util.OptionalInt.empty(),
                                            java.util.OptionalInt.empty(),
                                            Set.of(org.waymark.node.listing.Situation.FAMILIES),
                                            java.util.List.of()))
                            .access(org.waymark.node.listing.Access.WALK_IN);
                }
                node.domains().listings().add(editor, draft.build());
            }
            node.domains().listingIndex().catchUp();
            var amal = Browser.signedIn(node, "amal@shelter.example", "en");
            amal.get("/admin/find");

            assertThat(amal.post("/admin/find", "q", "soup").body())
                    .contains("Soup for all", "Soup for women");
            for (var one : java.util.List.of("free=yes", "situation=families", "access=walk-in")) {
                var parts = one.split("=");
                assertThat(amal.post("/admin/find", "q", "soup", parts[0], parts[1]).body())
                        .as(one)
                        .contains("Soup for women", "value=\"" + parts[1] + "\" checked")
                        .doesNotContain("Soup for all");
            }
        }
    }

    @Test
    void whatNobodyFoundStandsThereByTopicOnly() {
        try (var node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter")) {
            node.person("amal@shelter.example", Role.EDITOR);
            var amal = Browser.signedIn(node, "amal@shelter.example", "en");

            amal.post("/en/search", "q", "toothache of Zamzam7391");

            assertThat(amal.get("/admin/search").body())
                    .contains("dentist")
                    .contains("Health")
                    .doesNotContain("Zamzam7391");
            assertThat(Browser.signedIn(node, "amal@shelter.example", "ar").get("/admin/search"))
                    .extracting(HttpResponse::body)
                    .asString()
                    .contains("طبيب أسنان")
                    .doesNotContain("dentist");
        }
    }

    private static int found(TestNode node, String words) {
        node.domains().listingIndex().catchUp();
        return node.domains()
                .listingIndex()
                .search(new ListingQuery(words, Optional.empty(), Optional.empty(), 0))
                .total();
    }
}
