// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Text;
import org.waymark.node.privacy.Purpose;

/// What was kept unpublished can be decided again, on the pages.
class ReviewTest {

    private static TestNode shelter;
    private static Browser amal;
    private static String listing;

    @BeforeAll
    static void start() {
        shelter = TestNode.start("shelter", "Lindmar Shelter");
        var person = shelter.person("amal@shelter.example", Role.EDITOR);
        listing =
                shelter.domains()
                        .listings()
                        .add(
                                TestNode.acting(person, Purpose.DIRECTORY),
                                Draft.named(Text.of("en", "Night kitchen")).build())
                        .id()
                        .toString();
        amal = Browser.signedIn(shelter, "amal@shelter.example", "en");
        amal.get("/admin/review");
        amal.post("/admin/review/" + listing, "decision", "hold");
    }

    @AfterAll
    static void stop() {
        shelter.close();
    }

    @Test
    void aHeldListingIsFoundAgainAndPublished() {
        var list = amal.get("/admin/listings").body();
        assertThat(list).contains("Kept unpublished").contains("/admin/review/" + listing);
        assertThat(amal.get("/admin/review").body()).contains("Nothing waits for review");
        assertThat(publicly().statusCode()).isEqualTo(404);

        var again = amal.get("/admin/review/" + listing);
        assertThat(again.body()).contains("Night kitchen").contains("Publish like this");
        amal.post(
                "/admin/review/" + listing,
                "decision",
                "publish",
                "kind",
                "help",
                "reach",
                "public",
                "place",
                "exact");

        assertThat(amal.get("/admin/listings").body()).contains("Published");
        assertThat(publicly().statusCode()).isEqualTo(200);
    }

    @Test
    void whoMayNotReviewIsNotAsked() {
        shelter.person("volunteer@shelter.example", Role.VOLUNTEER);
        var volunteer = Browser.signedIn(shelter, "volunteer@shelter.example", "en");

        assertThat(volunteer.get("/admin/listings").body())
                .doesNotContain("/admin/review/" + listing);
        assertThat(volunteer.get("/admin/review/" + listing).statusCode()).isEqualTo(403);
    }

    private static java.net.http.HttpResponse<String> publicly() {
        return amal.get("/en/s/" + listing);
    }
}
