// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.oversight.DataRequest;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Consent;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.OpenedReferral;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Travelling;

/// People who live together: each service gets its own request, each adult is asked alone, one
/// leaves without a word to anybody.
class HouseholdPagesTest {

    private static TwoNodes nodes;
    private static ListingId surgery;
    private static ListingId school;
    private static Browser amal;

    /// The drafts of the test: of both adults and the child, and of B with the child.
    private String together = "";

    private String other = "";

    @BeforeAll
    static void start() {
        nodes = TwoNodes.partnered();
        nodes.shelter.person("amal@shelter.example", Role.CASEWORKER);
        nodes.shelter.person("kim@shelter.example", Role.CASEWORKER);
        nodes.clinic.person("bo@clinic.example", Role.CASEWORKER, Role.EDITOR);
        surgery = offered("Open surgery");
        school = offered("Parents and children");
        amal = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static ListingId offered(String name) {
        var listing =
                nodes.clinic
                        .domains()
                        .listings()
                        .add(
                                nodes.clinic.acting(),
                                Draft.named(Text.of("en", name))
                                        .topics(Set.of(Topic.HEALTH))
                                        .referralPolicy(ReferralPolicy.TAKEN)
                                        .build());
        nodes.settle();
        return nodes.shelter
                .domains()
                .listings()
                .find(nodes.shelter.acting(), listing.uri())
                .map(Listing::id)
                .orElseThrow();
    }

    @BeforeEach
    void write() {
        amal.get("/admin/suggest");
        var form =
                amal.post(
                        "/admin/household",
                        "listing",
                        surgery.toString(),
                        "listing",
                        school.toString());
        assertThat(form.body()).contains("Open surgery", "Parents and children", "name-C");
        var written = amal.post("/admin/household/write", fields());
        assertThat(written.statusCode()).isEqualTo(200);
        var links = new ArrayList<String>();
        Pattern.compile("href=\"(/admin/referrals/[0-9a-f-]{36})\"")
                .matcher(written.body())
                .results()
                .forEach(it -> links.add(it.group(1)));
        assertThat(links).hasSize(2);
        together = links.getFirst();
        other = links.getLast();
    }

    private static String[] fields(String... more) {
        var all =
                new ArrayList<>(
                        List.of(
                                "listing",
                                surgery.toString(),
                                "listing",
                                school.toString(),
                                "name-A",
                                "Ali",
                                "age-A",
                                "adult",
                                "address-A",
                                "+49 170 1000001",
                                "name-B",
                                "Bita",
                                "age-B",
                                "adult",
                                "address-B",
                                "+49 170 1000002",
                                "name-C",
                                "Cyrus",
                                "age-C",
                                "child",
                                "serves-" + surgery,
                                "A",
                                "serves-" + surgery,
                                "B",
                                "serves-" + surgery,
                                "C",
                                "called-" + surgery,
                                "A",
                                "reason-" + surgery,
                                "A first check",
                                "serves-" + school,
                                "B",
                                "serves-" + school,
                                "C",
                                "reason-" + school,
                                "Learning together",
                                // Every test writes the same family.
                                "really",
                                "yes"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Acting actingAt(TestNode node, String email) {
        return TestNode.acting(
                node.domains().accounts().find(Acting.node(), email).orElseThrow(), Purpose.HELP);
    }

    private static OpenedReferral opened(TestNode node, String email, String here) {
        var acting =
                TestNode.acting(
                        node.domains().accounts().find(Acting.node(), email).orElseThrow(),
                        Purpose.HELP);
        var id = new ReferralId(java.util.UUID.fromString(here.substring(17)));
        return node.domains().referrals().find(acting, id).orElseThrow();
    }

    private static OpenedReferral ours(String here) {
        return opened(nodes.shelter, "amal@shelter.example", here);
    }

    private static OpenedReferral theirs(String here) {
        var acting =
                TestNode.acting(
                        nodes.clinic
                                .domains()
                                .accounts()
                                .find(Acting.node(), "bo@clinic.example")
                                .orElseThrow(),
                        Purpose.HELP);
        var uri = ours(here).referral().uri();
        var found =
                nodes.clinic.domains().referrals().list(acting).stream()
                        .filter(it -> it.uri().equals(uri))
                        .findFirst()
                        .orElseThrow();
        return opened(nodes.clinic, "bo@clinic.example", "/admin/referrals/" + found.id());
    }

    private static void agree(String here, String member) {
        amal.get(here);
        if (member.isEmpty()) {
            amal.post(here + "/consent", "language", "en");
        } else {
            amal.post(here.replace("referrals", "household") + "/agree", "member", member);
        }
    }

    private static HttpResponse<String> leave(String here, String member, String sure) {
        amal.get(here);
        return amal.post(
                here.replace("referrals", "household") + "/leave", "member", member, "sure", sure);
    }

    private static HttpResponse<String> decline(String here, String member) {
        amal.get(here);
        return amal.post(here.replace("referrals", "household") + "/decline", "member", member);
    }

    private static void send(String here) {
        amal.get(here);
        assertThat(amal.post(here + "/send").body()).contains("Waiting for answer");
        nodes.settle();
    }

    private static List<String> letters(String here) {
        return ours(here).notes().get().household().get().members().stream()
                .map(it -> it.letter())
                .toList();
    }

    @Test
    void aNoToOneServiceEndsNoOther() {
        agree(other, "");
        send(other);
        agree(together, "");

        assertThat(decline(together, "B").body()).contains("Nobody was told");
        nodes.settle();

        assertThat(ours(other).referral().state()).isEqualTo(State.SENT);
        assertThat(letters(other)).containsExactly("B", "C");
        assertThat(letters(together)).containsExactly("A", "C");
        assertThat(ours(together).firstStep().get().fit().adults()).isEqualTo(1);
        send(together);
        // It is a no to a draft: what was sent is left by leaving.
        assertThat(decline(other, "B").uri().getQuery()).contains("too-late");
    }

    @Test
    void aYesIsForTheNamesThatWereSaid() {
        agree(together, "B");
        agree(together, "");
        amal.get(together);
        amal.post(together + "/others", "listing", school.toString());

        agree(together, "");
        assertThat(amal.get(together).body())
                .contains("Now ask", "Bita", "Parents and children")
                .doesNotContain(">Send<");
        assertThat(amal.post(together + "/send").statusCode()).isEqualTo(409);
        agree(together, "B");
        send(together);
    }

    @Test
    void whoLeavesIsNotInWhatFollowedEither() {
        amal.get(together);
        amal.post(together + "/others", "listing", school.toString());
        agree(together, "");
        agree(together, "B");
        send(together);
        var bo = Browser.signedIn(nodes.clinic, "bo@clinic.example", "en");
        var asked = "/admin/referrals/" + theirs(together).referral().id();
        bo.get(asked);
        bo.post(asked + "/decline", "reason", "no-place");
        nodes.settle();
        amal.get(together);
        var next = amal.post(together + "/next").uri().getPath();
        assertThat(next).isNotEqualTo(together);
        assertThat(ours(next).referral().state()).isEqualTo(State.SENT);
        assertThat(letters(next)).contains("B");

        leave(other, "B", "yes");

        assertThat(letters(next)).containsExactly("A", "C");
        assertThat(letters(together)).containsExactly("A", "C");
        assertThat(ours(next).referral().state()).isEqualTo(State.SENT);
        assertThat(ours(other).referral().state()).isEqualTo(State.ENTERED_IN_ERROR);
        nodes.settle();
    }

    @Test
    void theYesOfWhoLeftStaysAsProofWithoutTheirName() {
        agree(together, "");
        agree(together, "B");
        send(together);

        leave(together, "B", "yes");

        var left = ours(together).notes().get().household().get().left().orElseThrow();
        assertThat(left).hasSize(1);
        assertThat(left.getFirst().letter()).isEqualTo("B");
        assertThat(left.getFirst().agreed()).isPresent();
        assertThat(amal.get(together).body())
                .contains("stays here as proof")
                .doesNotContain("Bita");
    }

    @Test
    void withoutWhomItWasAboutNothingGoesOn() {
        agree(other, "");
        leave(together, "B", "yes");

        assertThat(ours(other).referral().state()).isEqualTo(State.ENTERED_IN_ERROR);
        amal.get(other);
        amal.post(other + "/send");
        nodes.settle();
        assertThat(ours(other).referral().sentAt()).isEmpty();
        // Once more changes nothing, and tells nobody.
        assertThat(leave(together, "B", "yes").statusCode()).isEqualTo(200);
        assertThat(ours(together).referral().state()).isEqualTo(State.DRAFT);
    }

    @Test
    void thePackageOfOneSaysNothingOfTheOthers() {
        agree(together, "");
        agree(together, "B");
        leave(together, "C", "yes");
        var acting = actingAt(nodes.shelter, "amal@shelter.example");
        var requests = nodes.shelter.domains().dataRequests();
        var id = ours(together).referral().id();
        var request = requests.open(acting, DataRequest.Kind.ACCESS, Optional.of(id)).orElseThrow();

        var taken = requests.take(acting, request.id()).orElseThrow().json();

        assertThat(taken)
                .contains("Ali")
                .doesNotContain("Bita", "Cyrus", "household", "agreed", other.substring(17))
                .doesNotContain("\"what\" : \"CONSENT\"", "referral-consent");
    }

    @Test
    void theSecondLookIsOnTheDayOfThoseWhoMayDoIt() {
        agree(other, "");
        amal.get(other);
        amal.post(other + "/consent", "language", "en", "basis", "vital-interest");
        var me = actingAt(nodes.shelter, "amal@shelter.example").account().toString();
        amal.get(other);
        amal.post("/admin/team/" + other.substring(17) + "/handler", "handler", me);
        send(other);

        var kim = Browser.signedIn(nodes.shelter, "kim@shelter.example", "en");
        assertThat(kim.get("/admin/").body()).contains(other);
        kim.get(other);
        kim.post(other + "/review");
        assertThat(kim.get("/admin/").body()).doesNotContain(other);
    }

    @Test
    void nobodyIsCalledByTheOrderOfTheRows() {
        amal.get("/admin/suggest");
        var unchosen = amal.post("/admin/household/write", without("called-" + surgery));
        assertThat(unchosen.statusCode()).isEqualTo(422);
        assertThat(unchosen.body()).contains("Choose which adult is called");
        var unsaid = amal.post("/admin/household/write", without("age-A"));
        assertThat(unsaid.statusCode()).isEqualTo(422);
        assertThat(unsaid.body()).contains("Choose adult or child");
        var unnamed = amal.post("/admin/household/write", without("name-C"));
        assertThat(unnamed.statusCode()).isEqualTo(422);
        assertThat(unnamed.body()).contains("name-C-error");
        var again = amal.post("/admin/household/write", without("really"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("Really?", "value=\"Bita\"");
    }

    @Test
    void whoSaysYesForAChildIsRecorded() {
        amal.get("/admin/suggest");
        var written =
                amal.post(
                        "/admin/household/write",
                        "listing",
                        school.toString(),
                        "name-A",
                        "Ali",
                        "age-A",
                        "adult",
                        "name-B",
                        "Bita",
                        "age-B",
                        "adult",
                        "name-C",
                        "Cyrus",
                        "age-C",
                        "child",
                        "serves-" + school,
                        "C",
                        "called-" + school,
                        "B",
                        "reason-" + school,
                        "Learning",
                        "really",
                        "yes");
        var link =
                Pattern.compile("href=\"(/admin/referrals/[0-9a-f-]{36})\"")
                        .matcher(written.body());
        assertThat(link.find()).isTrue();
        var here = link.group(1);
        assertThat(ours(here).contact().map(Travelling.Contact::preferredName)).contains("Bita");

        assertThat(amal.get(here).body()).contains("Who says yes for them");
        assertThat(amal.post(here + "/consent", "language", "en").statusCode()).isEqualTo(409);
        var incomplete = amal.post(here + "/consent", "for-others", "yes", "given-by", "parent");
        assertThat(incomplete.uri().getQuery()).contains("given-by-missing");
        assertThat(ours(here).consent()).isEmpty();
        amal.get(here);
        amal.post(here + "/consent", "for-others", "yes", "given-by", "parent", "alone", "yes");

        assertThat(ours(here).consent().get().givenBy()).isEqualTo(Consent.GivenBy.PARENT);
        assertThat(ours(here).consent().get().childAgreed()).contains(true);
    }

    private static String[] without(String name) {
        var all = new ArrayList<String>();
        var fields = fields();
        for (int i = 0; i < fields.length; i += 2) {
            if (!fields[i].equals(name)) {
                all.addAll(List.of(fields[i], fields[i + 1]));
            }
        }
        return all.toArray(String[]::new);
    }

    @Test
    void eachServiceGetsOnlyThoseItIsFor() {
        var all = ours(together);
        var two = ours(other);

        assertThat(all.firstStep().get().fit().adults()).isEqualTo(2);
        assertThat(all.firstStep().get().fit().children()).isEqualTo(1);
        assertThat(two.firstStep().get().fit().adults()).isEqualTo(1);
        assertThat(two.contact().map(Travelling.Contact::preferredName)).contains("Bita");
        assertThat(two.notes().get().household().get().members())
                .extracting(it -> it.name())
                .containsExactly("Bita", "Cyrus");
        assertThat(all.firstStep().get().caseCode()).isNotEqualTo(two.firstStep().get().caseCode());
    }

    @Test
    void eachAdultIsAskedAloneAndNothingGoesBefore() {
        agree(together, "");
        assertThat(amal.get(together).body()).contains("Now ask", "Bita").doesNotContain(">Send<");
        assertThat(amal.post(together + "/send").statusCode()).isEqualTo(409);

        agree(together, "B");
        amal.get(together);
        assertThat(amal.post(together + "/send").body()).contains("Waiting for answer");
        agree(other, "");
        amal.get(other);
        amal.post(other + "/send");
        nodes.settle();

        var theirs = theirs(together);
        assertThat(theirs.firstStep().get().fit().adults()).isEqualTo(2);
        // Nothing of theirs says that the two belong together, or who is in it.
        assertThat(theirs.notes().flatMap(it -> it.household())).isEmpty();
        assertThat(theirs.firstStep().get().toString()).doesNotContain("Ali", "Bita", "Cyrus");
        assertThat(theirs.firstStep().get().need().basedOn()).isEqualTo(Optional.empty());
    }

    @Test
    void whoLeavesIsTakenOutOfAllAndNobodyIsTold() {
        agree(together, "");
        agree(together, "B");
        amal.get(together);
        amal.post(together + "/send");
        nodes.settle();
        var before = theirs(together).timeline().size();
        amal.get(together);

        var would = leave(together, "B", "");
        assertThat(would.body()).contains("These would end", "These go on for the others");
        assertThat(ours(other).referral().state()).isEqualTo(State.DRAFT);

        var left = leave(together, "B", "yes");

        assertThat(left.body()).contains("Nobody was told why");
        nodes.settle();
        // She was the one to be called about the other: it was never sent, and is gone.
        assertThat(ours(other).referral().state()).isEqualTo(State.ENTERED_IN_ERROR);
        var kept = ours(together);
        assertThat(kept.referral().state()).isEqualTo(State.SENT);
        assertThat(kept.notes().get().household().get().members())
                .extracting(it -> it.letter())
                .containsExactly("A", "C");
        assertThat(theirs(together).timeline()).hasSize(before);
        assertThat(amal.get(together).body())
                .contains("It was sent for more people")
                .doesNotContain("Bita");
    }

    @Test
    void whoIsToBeCalledEndsWhatWasSentByLeaving() {
        agree(together, "");
        agree(together, "B");
        amal.get(together);
        amal.post(together + "/send");
        nodes.settle();
        amal.get(together);

        leave(together, "A", "yes");
        nodes.settle();

        assertThat(ours(together).referral().state()).isEqualTo(State.WITHDRAWN);
        assertThat(theirs(together).referral().state()).isEqualTo(State.WITHDRAWN);
        assertThat(ours(other).referral().state()).isEqualTo(State.DRAFT);
        // The stop is A's; whoever asks again would have to ask somebody who is there.
        amal.get(together);
        assertThat(amal.post(together + "/again").statusCode()).isEqualTo(409);
    }

    @Test
    void aDraftIsForThoseWhoAreLeft() {
        amal.get(together);
        leave(together, "C", "yes");

        assertThat(ours(together).firstStep().get().fit().children()).isZero();
        assertThat(ours(together).firstStep().get().fit().adults()).isEqualTo(2);
        assertThat(ours(other).firstStep().get().fit().adults()).isEqualTo(1);
    }

    @Test
    void protectionAndMinorsAloneAreForThePhone() {
        amal.get("/admin/suggest");
        assertThat(amal.post("/admin/household/write", fields("minor-alone", "yes")).statusCode())
                .isEqualTo(409);
        assertThat(
                        amal.post("/admin/household/write", fields("protection", "violence"))
                                .statusCode())
                .isEqualTo(409);
        var children =
                amal.post(
                        "/admin/household/write",
                        "listing",
                        surgery.toString(),
                        "name-C",
                        "Cyrus",
                        "age-C",
                        "child",
                        "serves-" + surgery,
                        "C",
                        "reason-" + surgery,
                        "A check");
        assertThat(children.statusCode()).isEqualTo(409);
    }

    @Test
    void aServiceForNobodyAndAnEmptyReasonComeBack() {
        amal.get("/admin/suggest");
        var again =
                amal.post(
                        "/admin/household/write",
                        "listing",
                        surgery.toString(),
                        "name-A",
                        "Ali",
                        "age-A",
                        "adult",
                        "serves-" + surgery,
                        "A");

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("role=\"alert\"").contains("value=\"Ali\"");
    }
}
