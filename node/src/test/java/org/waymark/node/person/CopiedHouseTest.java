// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.privacy.Purpose;

/// A partner's house for people in danger, on the pages of another site.
class CopiedHouseTest {

    @Test
    void hasNoFormHereEither() {
        try (var nodes = new TwoNodes("complaint.outside-phone=+49 30 5550999")) {
            nodes.peer();
            nodes.partner();
            nodes.clinic.person("olga@clinic.example", Role.OMBUDSPERSON);
            var listings = nodes.shelter.domains().listings();
            var house =
                    listings.add(
                            nodes.shelter.acting(),
                            Draft.named(Text.of("en", "House for women who fled violence"))
                                    .referralPolicy(ReferralPolicy.TAKEN)
                                    .build());
            var second =
                    TestNode.acting(
                            nodes.shelter.person("mona@shelter.example", Role.MANAGER),
                            Purpose.HELP);
            listings.publish(
                    nodes.shelter.acting(), house.id(), Kind.HELP, Reach.PUBLIC, Place.PHONE_ONLY);
            listings.publish(second, house.id(), Kind.HELP, Reach.PUBLIC, Place.PHONE_ONLY);
            nodes.settle();
            var copy =
                    nodes.clinic
                            .domains()
                            .listings()
                            .find(nodes.clinic.acting(), house.uri())
                            .orElseThrow();
            assertThat(copy.reach()).isEqualTo(Reach.PUBLIC);

            try (var phone = new Visitor(nodes.clinic.url())) {
                var asked = phone.postBare("/en/ask", "listing", copy.id().toString());
                assertThat(asked.statusCode()).isEqualTo(409);
                assertThat(asked.body()).contains("Are you safe now?");
            }

            // What is not protected is asked there, so that no third node sees what is written.
            var beds =
                    listings.add(
                            nodes.shelter.acting(),
                            Draft.named(Text.of("en", "Beds for families"))
                                    .reach(Reach.PUBLIC)
                                    .referralPolicy(ReferralPolicy.TAKEN)
                                    .build());
            nodes.settle();
            var theirs =
                    nodes.clinic
                            .domains()
                            .listings()
                            .find(nodes.clinic.acting(), beds.uri())
                            .orElseThrow();
            try (var phone = new Visitor(nodes.clinic.url())) {
                assertThat(phone.get("/en/s/" + theirs.id()).body())
                        .contains("href=\"" + beds.uri() + "\"")
                        .doesNotContain("action=\"/en/ask\"");
                var asked = phone.postBare("/en/ask", "listing", theirs.id().toString());
                assertThat(asked.body()).doesNotContain("<textarea", "/en/ask/1");
            }
        }
    }
}
