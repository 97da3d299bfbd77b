// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.privacy.Acting;

/// What an organisation answers for: breaches with their clocks, what people ask of their data, and
/// the check of who did what.
class OversightPagesTest {

    private static final TestClock CLOCK = new TestClock();

    private static TestNode node;
    private static Browser amal;

    @BeforeAll
    static void start() {
        node = TestNode.still(CLOCK, "shelter", "Lindmar Shelter");
        node.person("amal@shelter.example", Role.ADMINISTRATOR, Role.MANAGER);
        node.person("carlo@shelter.example", Role.CASEWORKER);
        node.person("vera@shelter.example", Role.VOLUNTEER);
        amal = Browser.signedIn(node, "amal@shelter.example", "en");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aBreachHasItsClocksUntilEverybodyKnows() {
        amal.get("/admin/breaches/new");
        var added =
                amal.post(
                        "/admin/breaches/new",
                        "what",
                        "A laptop with the list of Monday was stolen.",
                        "known",
                        "2026-03-01T10:00",
                        "risk",
                        "high",
                        "people",
                        "12");
        assertThat(added.body()).contains("The clocks run.").contains("A laptop with the list");
        var page = added.uri().getPath();

        var today = amal.get("/admin/").body();
        assertThat(today)
                .contains("Tell the partners")
                .contains("Tell the data protection authority")
                .contains("Tell the people concerned");
        var breach =
                node.domains().breaches().list(Acting.node(node.organization().id())).getFirst();
        assertThat(
                        Duration.between(
                                breach.knownAt(),
                                breach.due(org.waymark.node.oversight.Breach.Whom.AUTHORITY)))
                .isEqualTo(Duration.ofHours(72));

        for (var whom : List.of("partners", "authority", "people")) {
            amal.get(page);
            if (whom.equals("people")) {
                assertThat(amal.post(page + "/told", "whom", whom).body()).contains("Say why");
            }
            assertThat(amal.post(page + "/told", "whom", whom, "why", "By letter").body())
                    .contains("Saved.");
        }
        assertThat(amal.post(page + "/told", "whom", "people").body()).contains("did this already");
        assertThat(amal.get("/admin/").body()).doesNotContain("Tell the partners");
        assertThat(amal.get("/admin/oversight").body()).contains("All were told");
    }

    @Test
    void theWordsOfABreachLieEncrypted() {
        var acting = Acting.node(node.organization().id());
        node.domains()
                .breaches()
                .add(
                        acting,
                        "MARKER nobody may read this",
                        org.waymark.node.oversight.Breach.Risk.NONE,
                        0,
                        CLOCK.instant());

        var stored =
                node.database()
                        .read(
                                tx ->
                                        tx.list(
                                                "SELECT content FROM breach",
                                                row -> row.bytes("content")));
        assertThat(stored)
                .isNotEmpty()
                .allSatisfy(
                        it ->
                                assertThat(
                                                new String(
                                                        it,
                                                        java.nio.charset.StandardCharsets
                                                                .ISO_8859_1))
                                        .doesNotContain("MARKER"));
        assertThat(node.domains().breaches().list(acting))
                .anySatisfy(it -> assertThat(it.what()).startsWith("MARKER"));
    }

    @Test
    void aTimeThatCannotBeReadIsAskedForAndBeginsNoClockAnew() {
        amal.get("/admin/breaches/new");
        var refused =
                amal.post("/admin/breaches/new", "what", "Kept words.", "known", "last Monday");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Kept words.").contains("last Monday");
    }

    @Test
    void lettersAreInTheLanguageOfTheirReader() {
        amal.get("/admin/breaches/new");
        var page =
                amal.post(
                                "/admin/breaches/new",
                                "what",
                                "Lost mail.",
                                "known",
                                "2026-03-01T10:00",
                                "risk",
                                "some")
                        .uri()
                        .getPath();

        assertThat(amal.get(page + "/letter/person?language=ar").body())
                .contains("lang=\"ar\" dir=\"rtl\"")
                .contains("نحن آسفون");
        assertThat(amal.get(page + "/letter/partner?language=uk").body()).contains("Lost mail.");
    }

    @Test
    void whatSomebodyAsksOfTheirDataHasAMonthAndOnceTwoMore() {
        var carlo = Browser.signedIn(node, "carlo@shelter.example", "en");
        carlo.get("/admin/data-requests/new");
        var opened = carlo.post("/admin/data-requests/new", "kind", "erasure", "referral", "");
        assertThat(opened.body()).contains("The month runs.").contains("To erase it");
        var page = opened.uri().getPath();
        var request = node.domains().dataRequests().list(acting()).getFirst();
        assertThat(request.dueAt())
                .isEqualTo(
                        CLOCK.instant()
                                .atZone(java.time.ZoneId.systemDefault())
                                .plusMonths(1)
                                .toInstant());
        assertThat(carlo.get("/admin/").body()).contains("To erase it");

        carlo.get(page);
        assertThat(carlo.post(page + "/change/extend").body()).contains("Saved.");
        assertThat(carlo.post(page + "/change/extend").body()).contains("this goes once");
        assertThat(carlo.post(page + "/change/done").body()).contains("Done");
        assertThat(carlo.get("/admin/").body()).doesNotContain("To erase it");
        assertThat(actions())
                .contains("data-erasure-asked", "data-request-extended", "data-request-done");
    }

    @Test
    void aReferralThatIsNotTheirsOpensNothing() {
        var carlo = Browser.signedIn(node, "carlo@shelter.example", "en");
        carlo.get("/admin/data-requests/new");

        assertThat(
                        carlo.post(
                                        "/admin/data-requests/new",
                                        "kind",
                                        "access",
                                        "referral",
                                        UUID.randomUUID().toString())
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theAuditIsCheckedAndATouchedEntryIsNamed() {
        var page = "/admin/oversight/audit";
        assertThat(amal.get(page).body()).contains("breach").contains("amal@shelter.example");
        assertThat(amal.post(page + "/check").body()).contains("Nothing was touched");

        node.database()
                .run(
                        tx ->
                                tx.update(
                                        "UPDATE audit_entry SET action = 'x' WHERE chain_number ="
                                                + " 2"));
        var found = amal.post(page + "/check").body();
        assertThat(found).contains("Number 2 was changed or moved.");
        assertThat(amal.get("/admin/").body()).doesNotContain("may have touched the record");
        node.node().work().runDue();
        CLOCK.advance(Duration.ofDays(1));
        node.runDue();
        amal = Browser.signedIn(node, "amal@shelter.example", "en");
        assertThat(amal.get("/admin/").body()).contains("may have touched the record");

        amal.get(page);
        amal.post(page + "/check");
        var finding =
                java.util.regex.Pattern.compile("name=\"finding\" value=\"([^\"]+)\"")
                        .matcher(found);
        assertThat(finding.find()).isTrue();
        assertThat(
                        amal.post(
                                        page + "/accept",
                                        "finding",
                                        finding.group(1),
                                        "reason",
                                        "tampered")
                                .body())
                .contains("Saved.");
        assertThat(amal.post(page + "/check").body())
                .contains("but for what somebody here has accepted")
                .contains("we deal with it as a breach");
        assertThat(amal.get("/admin/").body()).doesNotContain("may have touched the record");
        var carlo = Browser.signedIn(node, "carlo@shelter.example", "en");
        carlo.get("/admin/data-requests/new");
        assertThat(
                        carlo.post(
                                        page + "/accept",
                                        "finding",
                                        finding.group(1),
                                        "reason",
                                        "tampered")
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoAnswersForNothingSeesNothing() {
        var vera = Browser.signedIn(node, "vera@shelter.example", "en");

        assertThat(vera.get("/admin/").body()).doesNotContain("/admin/oversight");
        assertThat(vera.get("/admin/oversight/audit").statusCode()).isEqualTo(403);
        assertThat(vera.get("/admin/breaches/new").statusCode()).isEqualTo(403);
        assertThat(vera.get("/admin/data-requests/new").statusCode()).isEqualTo(403);
    }

    private static Acting acting() {
        return Acting.node(node.organization().id());
    }

    private static List<String> actions() {
        return node.database()
                .read(tx -> tx.list("SELECT action FROM audit_entry", row -> row.text("action")));
    }
}
