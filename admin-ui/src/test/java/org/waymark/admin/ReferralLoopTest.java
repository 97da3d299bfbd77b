// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.ListingQuery;
import org.waymark.node.listing.Phone;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.privacy.Purpose;

/// A shelter asks a clinic for help for a person, both on their staff pages.
class ReferralLoopTest {

    private static TwoNodes nodes;
    private static ListingId surgery;
    private static Browser shelter;
    private static Browser clinic;

    @BeforeAll
    static void start() {
        nodes = TwoNodes.partnered();
        nodes.shelter.person("amal@shelter.example", Role.CASEWORKER);
        var bo = nodes.clinic.person("bo@clinic.example", Role.CASEWORKER, Role.EDITOR);
        nodes.clinic
                .domains()
                .listings()
                .add(
                        TestNode.acting(bo, Purpose.DIRECTORY),
                        Draft.named(Text.of("en", "Open surgery"))
                                .description(Text.of("en", "A doctor without an appointment."))
                                .phones(List.of(Phone.of("+49 30 23125 010")))
                                .referralPolicy(ReferralPolicy.TAKEN)
                                .build());
        nodes.settle();
        var index = nodes.shelter.domains().listingIndex();
        index.catchUp();
        surgery =
                index.search(new ListingQuery("surgery", Optional.empty(), Optional.empty(), 0))
                        .listings()
                        .getFirst()
                        .id();
        shelter = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
        clinic = Browser.signedIn(nodes.clinic, "bo@clinic.example", "ar");
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void aRequestGoesOutComesBackWithAYesAndIsClosed() {
        var sender = write();

        var asked = shelter.get(sender);
        assertThat(asked.body()).contains("Shall I?").doesNotContain(">Send<");
        var checked = shelter.post(sender + "/consent", "language", "en", "outcome-back", "yes");
        assertThat(checked.body()).contains("Check and send");
        assertThat(shelter.post(sender + "/call", "result", "reached").body())
                .contains("Called and reached");
        assertThat(shelter.post(sender + "/send").body()).contains("Waiting for answer");
        nodes.settle();

        var today = clinic.get("/admin/");
        assertThat(today.body()).contains("lang=\"ar\"").contains("The Shelter");
        var receiver = incoming(clinic);
        var shown = clinic.get(receiver);
        assertThat(shown.body()).contains("Needs a doctor soon").doesNotContain("Rana");
        clinic.post(receiver + "/accept", "next-step", "Come on Tuesday at 10");
        nodes.settle();

        assertThat(shelter.get(sender).body()).contains("Come on Tuesday at 10");
        assertThat(clinic.get(receiver).body()).contains("Rana").contains("+49 170 5550123");
        clinic.post(receiver + "/hold");
        nodes.settle();
        assertThat(shelter.get(sender).body()).contains("Waiting for now");
        assertThat(clinic.get(receiver).body())
                .contains(receiver + "/start")
                .doesNotContain(receiver + "/hold");
        clinic.post(receiver + "/start");
        nodes.settle();
        assertThat(shelter.get(sender).body()).contains("Begun");
        clinic.post(receiver + "/close", "outcome", "helped");
        nodes.settle();

        assertThat(shelter.get(sender).body()).contains("Finished").contains("Helped");
    }

    @Test
    void aCallBeforeTheRequestIsOneTapAndBecomesPartOfIt() {
        var writing = "/admin/referrals/new?listing=" + surgery;
        var page = shelter.get(writing).body();
        assertThat(page.indexOf("Yes, on the phone")).isBetween(0, page.indexOf("name=\"reason\""));

        var called = shelter.post("/admin/referrals/call?listing=" + surgery, "result", "said-yes");

        assertThat(called.body())
                .contains("The call is noted")
                .contains("We called, they said yes");
        assertThat(shelter.get("/admin/listings/" + surgery).body())
                .contains("We called, they said yes");
        var sender = write(called.uri().getRawPath() + "?" + called.uri().getRawQuery());
        var draft = shelter.get(sender);
        assertThat(draft.body()).contains("Called, they said yes");
        assertThat(shelter.get(writing).body()).doesNotContain("We called");
        shelter.post(sender + "/consent", "language", "en");
        assertThat(shelter.post(sender + "/send").body()).contains("<details class=\"more\" open");
        shelter.post(sender + "/stop", "reason", "no-longer-needed");
        nodes.settle();
    }

    @Test
    void aCallCanBeNotedWhereNoRequestFollows() {
        var noted =
                shelter.post(
                        "/admin/referrals/call?listing=" + surgery,
                        "result",
                        "no-answer",
                        "stay",
                        "yes");

        assertThat(noted.uri().getPath()).isEqualTo("/admin/listings/" + surgery);
        assertThat(noted.body()).contains("We called, no answer");
    }

    @Test
    void aQuestionIsAnsweredAndThenTheAnswerIsNo() {
        var sender = written();
        var receiver = incoming(clinic);

        clinic.post(receiver + "/ask", "question", "By when?");
        nodes.settle();
        assertThat(shelter.get(sender).body())
                .contains("By when?")
                .contains("They have a question");
        shelter.post(sender + "/answer", "answer", "This week");
        nodes.settle();
        clinic.post(receiver + "/decline", "reason", "no-place");
        nodes.settle();

        assertThat(shelter.get(sender).body()).contains("No place");
    }

    @Test
    void whatWasToldByPhoneCountsAtOnceAndSendsNoContactData() {
        var sender = written();

        var told = shelter.post(sender + "/told", "told", "yes", "role", "Front desk");

        assertThat(told.body()).contains("Front desk").contains("Told by phone");
        nodes.settle();
        assertThat(clinic.get(incoming(clinic)).body()).doesNotContain("Rana");
        shelter.post(sender + "/stop", "reason", "no-longer-needed");
        nodes.settle();
    }

    @Test
    void protectionAndMinorsAloneAreForThePhone() {
        for (var field : List.of("minor-alone", "protection")) {
            shelter.get("/admin/referrals/new?listing=" + surgery);
            var value = field.equals("protection") ? "violence" : "yes";
            var refused = shelter.post("/admin/referrals/new?listing=" + surgery, field, value);

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body())
                    .contains("This is for the phone")
                    .contains("Are you safe now?")
                    .contains("tel:+49305550100");
        }
    }

    @Test
    void theFormBeginsWithACallAndAsksForAtMostTwelveThings() {
        var form = shelter.get("/admin/referrals/new?listing=" + surgery).body();

        assertThat(form.indexOf("tel:")).isLessThan(form.indexOf("<textarea"));
        var asked =
                Pattern.compile("<(?:input|select|textarea)[^>]* name=\"([a-z-]+)\"")
                        .matcher(form.substring(form.indexOf("/admin/referrals/new?")))
                        .results()
                        .map(found -> found.group(1))
                        .filter(name -> !name.equals("token"))
                        // Of the sender's own file, never needed.
                        .filter(name -> !name.equals("case-number"))
                        .distinct();
        assertThat(asked).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void anEmptyFormComesBackWithWhatIsMissing() {
        shelter.get("/admin/referrals/new?listing=" + surgery);
        var again = shelter.post("/admin/referrals/new?listing=" + surgery, "reason", "");

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("role=\"alert\"").contains("href=\"#reason\"");
    }

    @Test
    void someoneWithoutTheRightSeesNoReferral() {
        var sender = write();
        nodes.shelter.person("volunteer@shelter.example", Role.VOLUNTEER);
        var volunteer = Browser.signedIn(nodes.shelter, "volunteer@shelter.example", "en");

        assertThat(volunteer.get("/admin/").body()).doesNotContain("/admin/referrals");
        assertThat(volunteer.get(sender).statusCode()).isEqualTo(403);
        assertThat(volunteer.get("/admin/referrals").statusCode()).isEqualTo(403);
    }

    /// A draft; where its page is.
    private static String write() {
        return write("/admin/referrals/new?listing=" + surgery);
    }

    private static String write(String address) {
        shelter.get(address);
        var written =
                shelter.post(
                        address,
                        "reason",
                        "Needs a doctor soon",
                        "urgency",
                        "three-days",
                        "adults",
                        "1",
                        "children",
                        "2",
                        "preferred-name",
                        "Rana",
                        "channel",
                        "call",
                        "address",
                        "+49 170 5550123",
                        // Each test asks for the same person.
                        "really",
                        "yes");
        assertThat(written.statusCode()).isEqualTo(200);
        return written.uri().getPath();
    }

    /// One that was sent and arrived.
    private static String written() {
        var sender = write();
        shelter.post(sender + "/consent", "language", "en", "outcome-back", "yes");
        shelter.post(sender + "/send");
        nodes.settle();
        return sender;
    }

    /// The newest that waits for an answer.
    private static String incoming(Browser browser) {
        return links(browser.get("/admin/referrals"))
                .filter(link -> link.contains("?answer=yes"))
                .map(link -> link.substring(0, link.indexOf('?')))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> links(HttpResponse<String> page) {
        return Pattern.compile("href=\"(/admin/referrals/[^\"#]+)")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1));
    }
}
