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

/// A manager hands a listing to a partner; the partner's manager takes it.
class HandOverPagesTest {

    @Test
    void aListingIsOfferedTakenOverAndStaffSeeIt() {
        try (var nodes = TwoNodes.peered()) {
            nodes.shelter.person("amal@shelter.example", Role.MANAGER);
            nodes.clinic.person("bo@clinic.example", Role.MANAGER);
            nodes.clinic.person("eva@clinic.example", Role.EDITOR);
            var amal = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
            var bo = Browser.signedIn(nodes.clinic, "bo@clinic.example", "ar");
            var eva = Browser.signedIn(nodes.clinic, "eva@clinic.example", "en");
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

            assertThat(amal.get("/admin/listings").body()).contains("/admin/hand-overs");
            assertThat(amal.get("/admin/hand-overs/new").body())
                    .contains("The Clinic")
                    .contains("Open kitchen");
            assertThat(amal.post("/admin/hand-overs/new", "to", "nobody").body())
                    .contains("Choose at least one listing");
            assertThat(
                            amal.post(
                                            "/admin/hand-overs/new",
                                            "to",
                                            nodes.clinic.organizationActor().toString(),
                                            "listing",
                                            kitchen.id().toString())
                                    .body())
                    .contains("Offered. They decide.")
                    .contains("Take back");
            nodes.settle();

            var today = bo.get("/admin/").body();
            assertThat(today).contains("معروضة علينا").contains("dir=\"rtl\"");
            var link =
                    Pattern.compile("href=\"(/admin/hand-overs/[0-9a-f-]{36}/accept)\"")
                            .matcher(today);
            assertThat(link.find()).isTrue();
            var id = link.group(1).split("/")[3];
            assertThat(eva.get("/admin/hand-overs").body()).doesNotContain(link.group(1));
            eva.get("/admin/hand-overs");
            assertThat(eva.post("/admin/hand-overs/" + id + "/decline").statusCode())
                    .isEqualTo(403);
            assertThat(bo.get(link.group(1)).body()).contains("Open kitchen");
            assertThat(bo.post(link.group(1), "listing", id).statusCode()).isEqualTo(422);
            assertThat(bo.post(link.group(1), "listing", id, "sure", "yes").body())
                    .contains("تم الاستلام");
            nodes.settle();

            assertThat(amal.get("/admin/hand-overs").body()).contains("They have it now");
            assertThat(bo.get("/admin/listings").body()).contains("Open kitchen");
        }
    }
}
