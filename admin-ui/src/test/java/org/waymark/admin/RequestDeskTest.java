// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
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
import org.waymark.node.listing.SpokenLanguage;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.LifeCycle.State;

/// What makes work on requests short: who is suggested and why, duplicates, pasted rows, forms,
/// notes, deputies.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RequestDeskTest {

    private static final Pattern DRAFT = Pattern.compile("/admin/referrals/([0-9a-f-]{36})");

    private static TwoNodes nodes;
    private static ListingId surgery;
    private static ListingId school;
    private static Browser amal;
    private static Browser bo;

    @BeforeAll
    static void start() {
        nodes = TwoNodes.partnered();
        nodes.shelter.person("amal@shelter.example", Role.CASEWORKER);
        nodes.shelter.person("kim@shelter.example", Role.CASEWORKER);
        nodes.clinic.person("bo@clinic.example", Role.CASEWORKER, Role.EDITOR);
        surgery = offered("Open surgery", Topic.HEALTH, ReferralPolicy.TAKEN, "fa");
        offered("Night surgery", Topic.HEALTH, ReferralPolicy.TAKEN, "en");
        offered("Surgery without requests", Topic.HEALTH, ReferralPolicy.NOT_TAKEN, "fa");
        school = offered("Language school", Topic.EDUCATION, ReferralPolicy.TAKEN, "en");
        // Their own: colleagues need no request among themselves.
        var lonely = nodes.shelter.domains().listings();
        var own =
                lonely.add(
                                nodes.shelter.acting(),
                                draft("Own surgery", Topic.HEALTH, ReferralPolicy.TAKEN, "fa"))
                        .id();
        lonely.publish(nodes.shelter.acting(), own, Kind.HELP, Reach.PUBLIC, Place.EXACT);
        nodes.shelter.domains().listingIndex().catchUp();
        amal = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
        bo = Browser.signedIn(nodes.clinic, "bo@clinic.example", "ar");
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Draft draft(String name, Topic topic, ReferralPolicy policy, String language) {
        return Draft.named(Text.of("en", name))
                .topics(Set.of(topic))
                .referralPolicy(policy)
                .languages(List.of(new SpokenLanguage(Optional.of(language), language)))
                .build();
    }

    private static ListingId offered(
            String name, Topic topic, ReferralPolicy policy, String language) {
        var listing =
                nodes.clinic
                        .domains()
                        .listings()
                        .add(nodes.clinic.acting(), draft(name, topic, policy, language));
        nodes.settle();
        return nodes.shelter
                .domains()
                .listings()
                .find(nodes.shelter.acting(), listing.uri())
                .map(Listing::id)
                .orElseThrow();
    }

    private static String write(Browser browser, ListingId listing, String... more) {
        var address = "/admin/referrals/new?listing=" + listing;
        browser.get(address);
        var fields =
                new java.util.ArrayList<>(
                        List.of(
                                "reason",
                                "Needs a doctor",
                                "urgency",
                                "three-days",
                                "adults",
                                "1"));
        fields.addAll(List.of(more));
        var written = browser.post(address, fields.toArray(String[]::new));
        assertThat(written.statusCode()).isEqualTo(200);
        return written.uri().getPath();
    }

    private static String sent(String name) {
        var here =
                write(
                        amal,
                        surgery,
                        "preferred-name",
                        name,
                        "address",
                        "+49 170 555 " + name.hashCode());
        amal.post(here + "/consent", "language", "en", "outcome-back", "yes");
        assertThat(amal.post(here + "/send").body()).contains("Waiting for answer");
        nodes.settle();
        return here;
    }

    private static State stateOf(String here) {
        var id = here.substring(here.lastIndexOf('/') + 1);
        return nodes.shelter.domains().referrals().list(acting("amal@shelter.example")).stream()
                .filter(it -> it.id().toString().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static String atClinic(String here) {
        var id = here.substring(here.lastIndexOf('/') + 1);
        var acting = acting("amal@shelter.example");
        var uri =
                nodes.shelter.domains().referrals().list(acting).stream()
                        .filter(it -> it.id().toString().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .uri();
        var theirs =
                nodes
                        .clinic
                        .domains()
                        .referrals()
                        .list(actingAt(nodes.clinic, "bo@clinic.example"))
                        .stream()
                        .filter(it -> it.uri().equals(uri))
                        .findFirst()
                        .orElseThrow();
        return "/admin/referrals/" + theirs.id();
    }

    private static Acting acting(String email) {
        return actingAt(nodes.shelter, email);
    }

    private static Acting actingAt(TestNode node, String email) {
        return TestNode.acting(
                node.domains().accounts().find(Acting.node(), email).orElseThrow(), Purpose.HELP);
    }

    @Test
    @Order(1)
    void whoCouldHelpIsSuggestedWithWhy() {
        var here = sent("Rana");
        nodes.clock.advance(Duration.ofHours(20));
        bo = Browser.signedIn(nodes.clinic, "bo@clinic.example", "ar");
        amal = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
        bo.get(atClinic(here));
        bo.post(atClinic(here) + "/accept", "next-step", "Come on Tuesday");
        nodes.settle();

        amal.get("/admin/suggest");
        var found = amal.post("/admin/suggest", "topic", "health", "spoken", "fa").body();

        assertThat(found)
                .contains(
                        "Open surgery", "Night surgery", "answers in 1 day", "speaks <bdi>Persian")
                .doesNotContain("Surgery without requests", "Own surgery", "Language school");
        assertThat(found.indexOf("Open surgery")).isLessThan(found.indexOf("Night surgery"));
        assertThat(amal.get("/admin/referrals/new?listing=" + surgery).body())
                .contains("Others who could help", "Night surgery");
        var arabic = Browser.signedIn(nodes.shelter, "kim@shelter.example", "ar");
        arabic.get("/admin/suggest");
        assertThat(arabic.post("/admin/suggest", "topic", "health", "spoken", "fa").body())
                .contains("dir=\"rtl\"", "يجيبون في يوم واحد");
    }

    @Test
    @Order(2)
    void whoIsFullIsNotSuggested() {
        var clinic = nodes.clinic.domains();
        var theirs =
                clinic.listings()
                        .find(
                                nodes.clinic.acting(),
                                nodes.shelter
                                        .domains()
                                        .listings()
                                        .find(nodes.shelter.acting(), surgery)
                                        .orElseThrow()
                                        .uri())
                        .orElseThrow();
        clinic.standings()
                .places(nodes.clinic.acting(), theirs.id(), OptionalInt.of(0), OptionalInt.of(4));
        nodes.settle();

        amal.get("/admin/suggest");
        assertThat(amal.post("/admin/suggest", "topic", "health").body())
                .contains("Night surgery")
                .doesNotContain("Open surgery");
        clinic.standings()
                .places(nodes.clinic.acting(), theirs.id(), OptionalInt.of(3), OptionalInt.of(4));
        nodes.settle();
        assertThat(amal.post("/admin/suggest", "topic", "health").body())
                .contains("Open surgery", "3 free places");
    }

    @Test
    @Order(3)
    void theSamePersonForTheSameServiceIsAskedAbout() {
        write(amal, surgery, "preferred-name", "Zahra", "address", "1", "case-number", "L-77");
        var address = "/admin/referrals/new?listing=" + surgery;
        amal.get(address);
        String[] again = {
            "reason", "A doctor", "adults", "1", "preferred-name", "ZÁHRA", "address", "2"
        };

        var really = amal.post(address, again);

        assertThat(really.statusCode()).isEqualTo(409);
        assertThat(really.body()).contains("Really?").contains("name=\"really\"");
        assertThat(amal.post(address, with(again, "case-number", "l 77")).statusCode())
                .isEqualTo(409);
        // Two numbers of ours tell two people with one name apart.
        assertThat(amal.post(address, with(again, "case-number", "L-78")).statusCode())
                .isEqualTo(200);
        amal.get(address);
        assertThat(amal.post(address, with(again, "really", "yes")).uri().getPath())
                .matches("/admin/referrals/[0-9a-f-]{36}");
        // Another service is another matter.
        assertThat(write(amal, school, "preferred-name", "Zahra", "address", "1")).isNotEmpty();
    }

    @Test
    @Order(4)
    void theReceiverSeesPossibleDuplicatesOnlyAfterStepTwo() {
        var one = sent("Mina");
        var address = "/admin/referrals/new?listing=" + surgery;
        amal.get(address);
        var second =
                amal.post(
                                address,
                                "reason",
                                "B",
                                "adults",
                                "1",
                                "preferred-name",
                                "Mina",
                                "address",
                                "+49 30 999",
                                "really",
                                "yes")
                        .uri()
                        .getPath();
        amal.post(second + "/consent", "language", "en");
        amal.post(second + "/send");
        nodes.settle();
        bo.get(atClinic(one));
        bo.post(atClinic(one) + "/accept", "next-step", "Come");
        nodes.settle();
        assertThat(bo.get(atClinic(one)).body()).doesNotContain("قد يكون الشخص نفسه");

        bo.post(atClinic(second) + "/accept", "next-step", "Come");
        nodes.settle();

        assertThat(bo.get(atClinic(second)).body())
                .contains("قد يكون الشخص نفسه")
                .contains(atClinic(one));
    }

    @Test
    @Order(5)
    void aPastedRowFillsInTheFormAndIsKeptNowhere() {
        var paste = "/admin/paste?listing=" + surgery;
        amal.get(paste);
        var rowOnly = "Needs insulin advice\tSoraya\t+49 170 1\t2\tC-5";

        var asked = amal.post(paste, "row", rowOnly);
        assertThat(asked.body()).contains("What is in each cell?").contains("column-4");

        var header = "Reason\tName\tPhone\tChildren\tCase no.\tLanguage\n";
        var filled = amal.post(paste, "row", header + rowOnly + "\tArabic");
        assertThat(filled.body())
                .contains("Needs insulin advice", "value=\"Soraya\"", "value=\"C-5\"")
                .contains("<option value=\"ar\" selected");
        assertThat(filled.headers().firstValue("cache-control").orElse("")).contains("no-store");
        // The order is remembered, without the line of names.
        assertThat(amal.post(paste, "row", "Other words\tNadia\t1\t0\tC-6\tfa").body())
                .contains("Other words", "value=\"Nadia\"");
        assertThat(amal.get("/admin/referrals").body()).doesNotContain("Soraya");
        assertThat(everyText()).doesNotContain("Soraya", "insulin");
    }

    @Test
    @Order(6)
    void setsAndWordsAreKeptAndTellingWordsAreNot() {
        amal.get("/admin/writing");
        assertThat(amal.post("/admin/writing/reasons", "words", "Call +49 170 5550123").body())
                .contains("Not kept", ">Call +49 170 5550123</textarea>");
        assertThat(amal.post("/admin/writing/reasons", "words", "Looks for a first talk.").body())
                .contains("Looks for a first talk.");
        assertThat(
                        amal.post(
                                        "/admin/writing/sets",
                                        "set-name",
                                        "Newly arrived",
                                        "listing",
                                        surgery.toString(),
                                        "listing",
                                        school.toString())
                                .body())
                .contains("Newly arrived", "Language school");
        var form = amal.get("/admin/referrals/new?listing=" + surgery).body();
        var link = Pattern.compile("template=([0-9a-f-]{36})").matcher(form);
        assertThat(link.find()).isTrue();
        var withWords = "/admin/referrals/new?listing=" + surgery + "&template=" + link.group(1);
        assertThat(Html.of(amal.get(withWords).body()).get("reason").value())
                .isEqualTo("Looks for a first talk.");
        var set = Pattern.compile("name=\"set\" value=\"([0-9a-f-]{36})\"");
        var here = write(amal, surgery, "preferred-name", "Set", "address", "1");
        var saved = set.matcher(amal.get(here).body());
        assertThat(saved.find()).isTrue();
        assertThat(amal.post(here + "/others", "set", saved.group(1)).body())
                .contains("Language school");
        assertThat(
                        Browser.signedIn(nodes.clinic, "bo@clinic.example", "en")
                                .get("/admin/writing")
                                .body())
                .doesNotContain("Newly arrived");
    }

    @Test
    @Order(7)
    void theFormAndTheRowHoldWhatTheyMay() {
        var here =
                write(
                        amal,
                        surgery,
                        "preferred-name",
                        "Leila",
                        "address",
                        "+49 170 42",
                        "case-number",
                        "=1+1");
        var id = here.substring(here.lastIndexOf('/') + 1);
        var unasked = amal.get("/admin/referral-form/" + id).body();
        assertThat(unasked).contains("do not hand this over").doesNotContain("+49 170 42", "Leila");
        amal.post(here + "/consent", "language", "en");

        assertThat(amal.get("/admin/referral-form/" + id).body())
                .contains("Inter-agency referral form", "Leila", "+49 170 42", "The Clinic")
                .doesNotContain("=1+1");
        var page = Html.of(amal.get(here).body());
        assertThat(page.get("tracking").value())
                .contains("\t")
                .contains("The Clinic")
                // No formula in somebody's spreadsheet.
                .contains("'=1+1")
                .doesNotContain("Leila", "+49 170 42");
        assertThat(
                        Browser.signedIn(nodes.clinic, "bo@clinic.example", "en")
                                .get("/admin/referral-form/" + id)
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(8)
    void aNoteStaysUnderTheKeyOfItsCase() {
        var here = sent("Noor");
        var id = here.substring(here.lastIndexOf('/') + 1);
        amal.get(here);

        assertThat(amal.post("/admin/team/" + id + "/note", "note", "Brother waits at four").body())
                .contains("Brother waits at four", "The note is kept");

        nodes.settle();
        assertThat(bo.get(atClinic(here)).body()).doesNotContain("Brother");
        assertThat(everyText()).doesNotContain("Brother waits");
        assertThat(bo.post("/admin/team/" + id + "/note", "note", "x").statusCode()).isEqualTo(404);
        var theirs = atClinic(here).substring(17);
        bo.get(atClinic(here));
        bo.post("/admin/team/" + theirs + "/note", "note", "Ask for the aunt");
        assertThat(notes(nodes.clinic)).isEqualTo(1);
        amal.get(here);
        amal.post(here + "/stop", "reason", "consent-withdrawn", "erase-now", "yes");
        nodes.settle();
        assertThat(notes(nodes.clinic)).isZero();
    }

    @Test
    @Order(9)
    void whatAnAbsentColleagueTakesCareOfStandsWithTheDeputy() {
        var kim = Browser.signedIn(nodes.shelter, "kim@shelter.example", "en");
        var here = write(amal, surgery, "preferred-name", "Deputy", "address", "9");
        var id = here.substring(here.lastIndexOf('/') + 1);
        amal.get(here);
        var me = acting("amal@shelter.example").account().toString();
        var other = acting("kim@shelter.example").account().toString();
        assertThat(kim.get("/admin/").body()).contains(here);

        assertThat(amal.post("/admin/team/" + id + "/handler", "handler", me).body())
                .contains("Handed over", "Handed to a colleague");
        assertThat(kim.get("/admin/").body()).doesNotContain(here);
        assertThat(amal.get("/admin/").body()).contains(here);
        assertThat(amal.get("/admin/referrals?handler=mine").body()).contains(here);
        assertThat(amal.get("/admin/referrals?handler=nobody").body()).doesNotContain(here);
        assertThat(amal.get("/admin/referrals?handler=mine&word=yes").body()).doesNotContain(here);

        var today = LocalDate.ofInstant(nodes.clock.instant(), ZoneId.systemDefault());
        amal.get("/admin/team");
        assertThat(
                        amal.post(
                                        "/admin/team/absences",
                                        "first",
                                        today.toString(),
                                        "last",
                                        today.plusDays(2).toString(),
                                        "deputy",
                                        other)
                                .body())
                .contains("kim@shelter.example");
        assertThat(kim.get("/admin/").body()).contains(here, "You stand in.");
        assertThat(kim.get("/admin/referrals?handler=mine").body()).contains(here);
        assertThat(amal.get("/admin/").body()).doesNotContain(here);

        // Someone may say it of themselves, and of nobody else.
        kim.get("/admin/team");
        assertThat(
                        kim.post(
                                        "/admin/team/absences/end",
                                        "account",
                                        me,
                                        "first",
                                        today.toString())
                                .statusCode())
                .isEqualTo(403);
        amal.get("/admin/team");
        amal.post("/admin/team/absences/end", "account", me, "first", today.toString());
        assertThat(amal.get("/admin/").body()).contains(here);
        // Nobody who may not work on requests gets one.
        nodes.shelter.person("vera@shelter.example", Role.VOLUNTEER);
        amal.get(here);
        assertThat(
                        amal.post(
                                        "/admin/team/" + id + "/handler",
                                        "handler",
                                        acting("vera@shelter.example").account().toString())
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(10)
    void severalAreSeenOrHandedOverAtOnce() {
        var one = sent("Bulk one");
        var two = sent("Bulk two");
        var first = atClinic(one);
        var second = atClinic(two);
        bo.get("/admin/referrals");
        bo.post(
                "/admin/team/triage",
                "do",
                "seen",
                "referral",
                first.substring(17),
                "referral",
                second.substring(17));
        nodes.settle();
        assertThat(List.of(stateOf(one), stateOf(two))).containsOnly(State.RECEIVED);

        var me = actingAt(nodes.clinic, "bo@clinic.example").account().toString();
        bo.get("/admin/referrals");
        bo.post(
                "/admin/team/triage",
                "do",
                "assign",
                "handler",
                me,
                "referral",
                first.substring(17),
                "referral",
                second.substring(17));
        assertThat(bo.get("/admin/referrals?handler=mine").body()).contains(first, second);
    }

    @Test
    @Order(11)
    void anAppointmentGoesWithTheYes() {
        var here = sent("Appointed");
        var theirs = atClinic(here);
        var day = LocalDate.ofInstant(nodes.clock.instant(), ZoneId.systemDefault()).plusDays(3);
        bo.get(theirs);
        var refused =
                bo.post(
                        theirs + "/accept",
                        "next-step",
                        "Come to the blue door",
                        "appointment-day",
                        day.toString());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("role=\"alert\"", ">Come to the blue door</textarea>")
                .contains("value=\"" + day + "\"");
        bo.post(
                theirs + "/accept",
                "next-step",
                "Come",
                "appointment-day",
                day.toString(),
                "appointment-time",
                "10:30");
        nodes.settle();

        assertThat(amal.get(here).body()).contains("10:30");
    }

    @Test
    @Order(12)
    void fromListingToSentAreAtMostTwelveInputs() {
        var inputs = 0;
        var address = "/admin/referrals/new?listing=" + surgery;
        amal.get(address);
        inputs++; // "Write a request"
        var written =
                amal.post(
                        address,
                        "reason",
                        "A doctor",
                        "urgency",
                        "three-days",
                        "adults",
                        "1",
                        "children",
                        "0",
                        "preferred-name",
                        "Twelve",
                        "channel",
                        "call",
                        "address",
                        "+49 170 12");
        inputs += 3 + 1; // reason, name, number, "Continue"; the rest is as it came
        var here = written.uri().getPath();
        amal.post(here + "/consent", "language", "en", "outcome-back", "yes");
        inputs++;
        assertThat(amal.post(here + "/send").body()).contains("Waiting for answer");
        inputs++;

        assertThat(inputs).isLessThanOrEqualTo(12);
    }

    @Test
    @Order(20)
    void whomNobodyLooksAfterIsNotSuggested() {
        sent("Silence");
        amal.get("/admin/suggest");
        assertThat(amal.post("/admin/suggest", "topic", "health").body()).contains("Open surgery");

        nodes.clock.advance(Duration.ofDays(12));
        amal = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");

        amal.get("/admin/suggest");
        assertThat(amal.post("/admin/suggest", "topic", "health").body())
                .doesNotContain("Open surgery", "Night surgery")
                .contains("Nobody to suggest");
        assertThat(amal.get("/admin/referrals/new?listing=" + surgery).body())
                .contains("Nobody seems to look after their requests");
    }

    @Test
    @Order(21)
    void withoutAnAgreementInForceNobodyIsSuggested() {
        bo = Browser.signedIn(nodes.clinic, "bo@clinic.example", "ar");
        var waiting =
                nodes.clinic
                        .domains()
                        .referrals()
                        .list(actingAt(nodes.clinic, "bo@clinic.example"));
        waiting.stream()
                .filter(it -> it.state() == State.SENT)
                .forEach(
                        it -> {
                            bo.get("/admin/referrals/" + it.id());
                            bo.post("/admin/referrals/" + it.id() + "/ask", "question", "When?");
                        });
        nodes.settle();
        amal.get("/admin/suggest");
        assertThat(amal.post("/admin/suggest", "topic", "health").body()).contains("Open surgery");

        var agreements = nodes.shelter.domains().agreements();
        var partner = nodes.clinic.organizationActor();
        var agreed =
                agreements
                        .find(nodes.shelter.acting(), nodes.shelter.organization().id(), partner)
                        .orElseThrow();
        agreements.end(nodes.shelter.acting(), agreed.id(), Copied.KEEP);

        assertThat(amal.post("/admin/suggest", "topic", "health").body())
                .doesNotContain("Open surgery", "Night surgery");
    }

    private static long notes(TestNode node) {
        return node.database()
                .read(tx -> tx.list("SELECT id FROM referral_note", row -> row.uuid("id")).size());
    }

    private static String[] with(String[] fields, String name, String value) {
        var all = new java.util.ArrayList<>(List.of(fields));
        all.addAll(List.of(name, value));
        return all.toArray(String[]::new);
    }

    /// All that is readable in the rows where it could stand.
    private static String everyText() {
        return nodes.shelter
                .database()
                .read(
                        tx ->
                                String.join(
                                                "\n",
                                                tx.list(
                                                        "SELECT content AS words FROM referral_note",
                                                        row ->
                                                                new String(
                                                                        row.bytes("words"),
                                                                        java.nio.charset
                                                                                .StandardCharsets
                                                                                .UTF_8)))
                                        + String.join(
                                                "\n",
                                                tx.list(
                                                        "SELECT names AS words FROM column_order",
                                                        row -> row.text("words"))));
    }
}
