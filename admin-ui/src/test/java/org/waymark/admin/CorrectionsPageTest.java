// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;

/// An editor says what is wrong with a partner's listing; the partner's editor answers.
class CorrectionsPageTest {

    @Test
    void whatIsWrongIsWrittenReadAndAnsweredOnTheStaffPages() {
        try (var nodes = TwoNodes.peered()) {
            nodes.shelter.person("amal@shelter.example", Role.EDITOR);
            nodes.clinic.person("bo@clinic.example", Role.EDITOR);
            var amal = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
            var bo = Browser.signedIn(nodes.clinic, "bo@clinic.example", "en");
            var kitchen =
                    nodes.shelter
                            .domains()
                            .listings()
                            .add(
                                    nodes.shelter.acting(),
                                    Draft.named(Text.of("en", "Open kitchen"))
                                            .topics(Set.of(Topic.COMMUNITY))
                                            .build());
            nodes.settle();
            var copy =
                    nodes.clinic
                            .domains()
                            .listings()
                            .find(nodes.clinic.acting(), kitchen.uri())
                            .orElseThrow();

            assertThat(bo.get("/admin/listings/" + copy.id()).body()).contains("This is wrong");
            bo.get("/admin/corrections/new?listing=" + copy.id());
            assertThat(bo.post("/admin/corrections/new", "listing", copy.id().toString()).body())
                    .contains("Write what is wrong");
            var told =
                    bo.post(
                            "/admin/corrections/new",
                            "listing",
                            copy.id().toString(),
                            "words",
                            "They moved to Mill Lane.");
            assertThat(told.body())
                    .contains("They were told.")
                    .contains("Waiting for their answer");
            nodes.settle();

            assertThat(amal.get("/admin/").body()).contains("Said to be wrong");
            var link =
                    Pattern.compile("href=\"(/admin/corrections/[0-9a-f-]{36})\"")
                            .matcher(amal.get("/admin/corrections").body());
            assertThat(link.find()).isTrue();
            assertThat(amal.get(link.group(1)).body())
                    .contains("They moved to Mill Lane.")
                    .doesNotContain("bo@clinic.example");
            assertThat(
                            amal.post(
                                            link.group(1) + "/answer",
                                            "state",
                                            "resolved",
                                            "words",
                                            "Thank you.")
                                    .body())
                    .contains("Answered.");
            nodes.settle();

            assertThat(bo.get("/admin/corrections").body()).contains("They put it right");
        }
    }
}
