// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Purpose;

/// Staff and the person who follows their request; and complaints, which are no staff's business.
class PersonPagesTest {

    private static final Pattern CODE = Pattern.compile("class=\"code\"><bdi dir=\"ltr\">([^<]+)<");

    private static TwoNodes nodes;
    private static Browser amal;

    @BeforeAll
    static void start() {
        nodes = TwoNodes.partnered();
        nodes.shelter.person("amal@shelter.example", Role.CASEWORKER);
        amal = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static ListingId offered(String name) {
        var bo = nodes.clinic.acting();
        var listing =
                nodes.clinic
                        .domains()
                        .listings()
                        .add(
                                bo,
                                Draft.named(Text.of("en", name))
                                        .topics(Set.of(Topic.HEALTH))
                                        .referralPolicy(ReferralPolicy.TAKEN)
                                        .build());
        nodes.settle();
        var acting =
                TestNode.acting(
                        nodes.shelter
                                .domains()
                                .accounts()
                                .find(
                                        org.waymark.node.privacy.Acting.node(),
                                        "amal@shelter.example")
                                .orElseThrow(),
                        Purpose.HELP);
        return nodes.shelter
                .domains()
                .listings()
                .find(acting, listing.uri())
                .map(Listing::id)
                .orElseThrow();
    }

    @Test
    void staffGiveACodeFaceToFaceAndAnswerThere() {
        var surgery = offered("Open surgery");
        amal.get("/admin/referrals/new?listing=" + surgery);
        var written =
                amal.post(
                        "/admin/referrals/new?listing=" + surgery,
                        "reason",
                        "A doctor",
                        "urgency",
                        "three-days",
                        "adults",
                        "1",
                        "preferred-name",
                        "Rana",
                        "address",
                        "+49 170 5550123");
        var here = written.uri().getPath();
        assertThat(written.body()).contains("Give a help code");

        var given = amal.post(here + "/person/code", "word", "Abendstern", "before", "none");
        assertThat(amal.post(here + "/person/code", "word", "Abendstern", "before", "none").body())
                .as("the page of the code, loaded again")
                .contains("There is a code from before already")
                .doesNotContain("class=\"code\"");
        assertThat(given.headers().firstValue("cache-control")).contains("no-store");
        var code = CODE.matcher(given.body());
        assertThat(code.find()).isTrue();
        assertThat(amal.get(here).body())
                .contains("They have a second word")
                .doesNotContain(code.group(1));
        amal.post(here + "/person/message", "text", "Come on Monday");

        var phone = new Browser(nodes.shelter, "en");
        phone.postBare("/en/code", "code", code.group(1));
        phone.get("/en/mine");
        assertThat(phone.post("/en/mine/word", "word", "abendstern").body())
                .contains("Come on Monday");
        phone.get("/en/mine/write?what=contact");
        phone.post("/en/mine/message", "kind", "contact", "text", "Not this number");

        assertThat(amal.get("/admin/").body()).contains("They want to be reached in another way");
        assertThat(amal.get(here).body()).contains("Call the old contact first", "Not this number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "House for women who fled violence",
                "Help for victims of human trafficking",
                "Child protection emergency service"
            })
    void staffHaveNoFormForWhatIsForThePhone(String name) {
        var listings = nodes.shelter.domains().listings();
        var draft = Draft.named(Text.of("en", name)).referralPolicy(ReferralPolicy.TAKEN).build();
        var listing = listings.add(nodes.shelter.acting(), draft).id();
        listings.publish(nodes.shelter.acting(), listing, Kind.HELP, Reach.SITE, Place.PHONE_ONLY);
        amal.get("/admin/referrals/new?listing=" + listing);

        var refused =
                amal.post(
                        "/admin/referrals/new?listing=" + listing,
                        "reason",
                        "Help",
                        "urgency",
                        "three-days",
                        "adults",
                        "1",
                        "preferred-name",
                        "Rana",
                        "address",
                        "+49 170 5550123");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Are you safe now?");
    }

    @Test
    void nobodyWhoHandlesRequestsSeesAComplaint() {
        nodes.shelter.person("olga@shelter.example", Role.OMBUDSPERSON);
        nodes.shelter.person("both@shelter.example", Role.OMBUDSPERSON, Role.CASEWORKER);
        var visitor = new Browser(nodes.shelter, "en");
        assertThat(visitor.get("/en/complaint").body()).contains("/en/complaint/tell");
        visitor.get("/en/complaint/tell");
        assertThat(visitor.post("/en/complaint/tell", "about", "abuse").body())
                .contains("do not have to tell what happened")
                .doesNotContain("<textarea");
        visitor.post("/en/complaint/tell", "about", "treatment");
        var taken =
                visitor.post(
                        "/en/complaint/send", "about", "treatment", "words", "They shouted at me");
        var code = CODE.matcher(taken.body());
        assertThat(code.find()).isTrue();

        for (var handler : new String[] {"amal", "both", "admin"}) {
            var browser = Browser.signedIn(nodes.shelter, handler + "@shelter.example", "en");
            assertThat(browser.get("/admin/complaints").statusCode()).as(handler).isEqualTo(403);
            assertThat(browser.get("/admin/").body()).as(handler).doesNotContain("A complaint");
        }
        var olga = Browser.signedIn(nodes.shelter, "olga@shelter.example", "en");
        var today = olga.get("/admin/").body();
        assertThat(today).contains("A complaint", "Someone treated me badly");
        var found = Pattern.compile("/admin/complaints/[0-9a-f-]{36}").matcher(today);
        assertThat(found.find()).isTrue();
        assertThat(olga.get(found.group()).body()).contains("They shouted at me");
        olga.post(found.group() + "/answer", "answer", "We spoke with them");
        assertThat(visitor.postBare("/en/complaint/answer", "code", code.group(1)).body())
                .contains("We spoke with them");
    }
}
