// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.HostedOrganizations;
import org.waymark.node.account.Role;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.OrganizationId;

/// Two managers make their nodes partners and sign an agreement, on their staff pages.
class PartnersTest {

    private static TwoNodes nodes;
    private static Browser shelter;
    private static Browser clinic;

    @BeforeAll
    static void start() {
        nodes = new TwoNodes();
        nodes.shelter.person("amal@shelter.example", Role.MANAGER);
        nodes.clinic.person("bo@clinic.example", Role.MANAGER);
        shelter = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
        clinic = Browser.signedIn(nodes.clinic, "bo@clinic.example", "en");
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void twoNodesBecomePartnersAndSign() {
        shelter.get("/admin/partners");
        var asked =
                shelter.post(
                        "/admin/partners/request",
                        "address",
                        nodes.clinic.url().toString(),
                        "copies",
                        "yes");
        assertThat(asked.body()).contains("We asked; they decide");
        nodes.settle();

        assertThat(clinic.get("/admin/").body()).contains("asks to be a partner");
        var peer = link(clinic, "/admin/partners", "/admin/partners/[0-9a-f-]{36}");
        var asking = clinic.get(peer).body();
        assertThat(asking)
                .contains("Who works together?")
                .contains("The Clinic</bdi> with")
                .contains("None of your partners vouches for them.");
        assertThat(clinic.post(peer + "/accept", "copies", "yes").body())
                .contains("Choose at least one pair");
        assertThat(clinic.post(peer + "/accept", "copies", "yes", "pair", pair(asking)).body())
                .contains("Accepted.");
        nodes.settle();

        // Nobody is named yet, so nobody signs.
        var ours = link(shelter, "/admin/partners", "/admin/agreements/[0-9a-f-]{36}");
        assertThat(shelter.post(ours + "/offer").body())
                .contains("name somebody for each duty")
                .contains("child-protection-phone");
        nameFocalPoints(shelter);
        nameFocalPoints(clinic);
        shelter.get(ours);
        assertThat(shelter.post(ours + "/offer").body()).contains("We signed; they decide");
        nodes.settle();

        assertThat(clinic.get("/admin/").body()).contains("They signed; you decide");
        var theirs = link(clinic, "/admin/partners", "/admin/agreements/[0-9a-f-]{36}");
        assertThat(clinic.get(theirs).body()).contains("To help the person referred");
        assertThat(clinic.post(theirs + "/sign").body()).contains("In force");
        nodes.settle();

        assertThat(shelter.get(ours).body())
                .contains("In force")
                .contains("tel:+49305550100")
                .containsPattern("([0-9a-f]{4} ){7}[0-9a-f]{4}");

        assertThat(shelter.post(ours + "/vouch").body())
                .contains("You vouch for them since")
                .contains("Take it back");
        nodes.settle();
        // The clinic may name the shelter where it asks others; it is told what that means, and
        // nothing is ticked for it.
        assertThat(clinic.get("/admin/partners").body())
                .contains("that the partners you tick know you")
                .contains("name=\"voucher\" value=\"" + nodes.shelter.organizationActor() + "\">");
        assertThat(shelter.post(ours + "/unvouch").body()).contains("Vouch for them");
    }

    @Test
    void twoOrganizationsOfOneNodeSign() {
        try (var node = TestNode.start("house", "The House")) {
            var kitchen = kitchen(node);
            node.person("amal@house.example", Role.MANAGER);
            node.person("bo@kitchen.example", kitchen, Role.MANAGER);
            var house = Browser.signedIn(node, "amal@house.example", "en");
            var cook = Browser.signedIn(node, "bo@kitchen.example", "en");
            nameFocalPoints(house);
            nameFocalPoints(cook);

            house.get("/admin/partners");
            var opened =
                    house.post(
                            "/admin/partners/neighbour",
                            "organization",
                            kitchen.value().toString());
            var ours = opened.uri().getPath();
            assertThat(house.post(ours + "/offer").body()).contains("We signed; they decide");
            assertThat(cook.get("/admin/").body()).contains("They signed; you decide");
            var theirs = link(cook, "/admin/partners", "/admin/agreements/[0-9a-f-]{36}");
            assertThat(cook.post(theirs + "/sign").body()).contains("In force");

            assertThat(house.get(ours).body()).contains("In force").contains("tel:+49305550100");
            assertThat(house.get("/admin/partners").body())
                    .doesNotContain("Organisations on this site");
        }
    }

    private static String pair(String page) {
        var found = Pattern.compile("name=\"pair\" value=\"([^\"]+)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static OrganizationId kitchen(TestNode node) {
        var added =
                node.domains()
                        .organizations()
                        .add(Acting.node(), "The Kitchen", "kitchen", Optional.empty(), List.of());
        return ((HostedOrganizations.Outcome.Done) added).organization().id();
    }

    @Test
    void endingAndBlockingAskFirst() {
        try (var pair = TwoNodes.peered()) {
            pair.shelter.person("amal@shelter.example", Role.MANAGER);
            var amal = Browser.signedIn(pair.shelter, "amal@shelter.example", "en");
            var peer = link(amal, "/admin/partners", "/admin/partners/[0-9a-f-]{36}");

            for (var move : List.of("end", "block")) {
                assertThat(amal.get(peer + "/" + move).body())
                        .contains("action=\"" + peer + "/" + move + "\"")
                        .contains("button danger");
            }
            assertThat(amal.get(peer + "/pause").statusCode()).isEqualTo(404);
            amal.get(peer);
            assertThat(amal.post(peer + "/pause").body()).contains("Paused by us");
            assertThat(amal.post(peer + "/accept").body()).contains("Partner");
            assertThat(amal.post(peer + "/block").body()).contains("Blocked");
        }
    }

    @Test
    void anAddressWhereNobodyIsComesBackAsAnError() {
        shelter.get("/admin/partners");

        var wrong = shelter.post("/admin/partners/request", "address", "shelter");

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("role=\"alert\"").contains("value=\"shelter\"");
    }

    private static void nameFocalPoints(Browser browser) {
        browser.get("/admin/focal-points");
        var fields = new ArrayList<String>();
        for (var duty :
                List.of("referral", "deputy", "child-protection", "psea", "data-protection")) {
            fields.addAll(List.of(duty + "-role", "Shift lead"));
            fields.addAll(List.of(duty + "-phone", "+49 30 5550100"));
            fields.addAll(List.of(duty + "-hours", "Mon-Fri 9-17"));
            fields.addAll(List.of(duty + "-languages", "en, ar"));
        }
        var saved = browser.post("/admin/focal-points", fields.toArray(String[]::new));
        assertThat(saved.uri().getPath()).isEqualTo("/admin/partners");
    }

    private static String link(Browser browser, String page, String pattern) {
        var found = Pattern.compile("href=\"(" + pattern + ")\"").matcher(browser.get(page).body());
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }
}
