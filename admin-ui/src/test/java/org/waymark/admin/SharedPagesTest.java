// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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

/// A place of several listings is changed once.
@SuppressWarnings("NullAway.Init") // set before the first test
class SharedPagesTest {

    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\w+)\"");

    private static TestNode node;
    private static Browser amal;
    private static Listing kitchen;
    private static Listing course;

    @BeforeAll
    static void start() {
        node = TestNode.still(new TestClock(), "shelter", "Lindmar Shelter");
        node.person("amal@shelter.example", Role.EDITOR);
        amal = Browser.signedIn(node, "amal@shelter.example", "ar");
        kitchen = add("Kitchen", Spot.at("1 Quay Street", "12345", "Lindmar", "XX"));
        course = add("Course", kitchen.spots().getFirst());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Listing add(String name, Spot spot) {
        return node.domains()
                .listings()
                .add(
                        node.acting(),
                        Draft.named(Text.of("en", name))
                                .topics(Set.of(Topic.COMMUNITY))
                                .spots(List.of(spot))
                                .build());
    }

    @Test
    void aPlaceIsChangedInAllListingsAtOnce() {
        var page = "/admin/shared/" + kitchen.spots().getFirst().id();
        assertThat(amal.get("/admin/shared").body()).contains(page);
        var form = amal.get(page).body();
        assertThat(form).contains("Kitchen", "Course", "1 Quay Street");
        var version = VERSION.matcher(form).results().map(it -> it.group(1)).findFirst();

        save(page, version, "5 New Road");

        for (var listing : List.of(kitchen, course)) {
            assertThat(amal.get("/en/s/" + listing.id()).body())
                    .contains("5 New Road")
                    .doesNotContain("1 Quay Street");
        }
        assertThat(save(page, version, "6 Late Road")).isEqualTo(409);
        assertThat(amal.get(page).body()).contains("5 New Road");
    }

    private static int save(String page, Optional<String> version, String street) {
        return amal.post(
                        page,
                        "version",
                        version.orElseThrow(),
                        "address_1",
                        street,
                        "city",
                        "Lindmar",
                        "postal_code",
                        "12345",
                        "country",
                        "XX")
                .statusCode();
    }
}
