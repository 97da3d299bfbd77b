// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.admin.evidence.BarChart;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;

/// What the work came to: exactly on the screen, in a picture and in words, and as files.
class EvidencePagesTest {

    private static final String PAGE = "/admin/evidence";
    private static final Pattern FIRST_BAR =
            Pattern.compile("<rect class=\"bar\" x=\"(\\d+)\" y=\"\\d+\" width=\"(\\d+)\"");

    private static final TestClock CLOCK = new TestClock();

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.still(CLOCK, "shelter", "Lindmar Shelter");
        node.person("amal@shelter.example", Role.MANAGER);
        node.person("carlo@shelter.example", Role.CASEWORKER);
        node.person("vera@shelter.example", Role.VOLUNTEER);
        count("ASKED", "=cmd()", "", "", 1_234);
        count("ASKED", "Harbour Clinic", "", "", 3);
        count("HELPED", "Harbour Clinic", "", "", 2);
        count("REFUSED", "", "cannot-interpret", "ti", 7);
        count("REFUSED", "", "no-place", "", 8);
        // As an older version left it; the night seals it.
        node.runDue();
        node.database()
                .run(
                        tx ->
                                node.node()
                                        .work()
                                        .schedule(tx, "evidence-sum", "", CLOCK.instant(), ""));
        node.runDue();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void count(
            String measure, String partner, String detail, String language, long times) {
        node.database()
                .run(
                        tx ->
                                tx.update(
                                        "INSERT INTO evidence_count (id, organization,"
                                                + " counted_month, side, measure, listing, partner,"
                                                + " topic, detail, language, hours, in_time,"
                                                + " is_protected, times) VALUES (?, ?, ?, ?, ?, ?,"
                                                + " ?, ?, ?, ?, ?, ?, ?, ?)",
                                        UUID.randomUUID(),
                                        node.organization().id().value(),
                                        "2025-11",
                                        "SENDER",
                                        measure,
                                        "",
                                        partner,
                                        "health",
                                        detail,
                                        language,
                                        0,
                                        false,
                                        false,
                                        times));
    }

    @Test
    void thePictureHasATitleADescriptionAndTheNumbersOfTheTableBesideIt() {
        var page = Browser.signedIn(node, "amal@shelter.example", "en").get(PAGE).body();

        assertThat(page)
                .contains("role=\"img\"")
                .contains("aria-labelledby=\"chart-sender-title chart-sender-told\"")
                .contains("Asked 1,237 times in all, helped 2 times.")
                .contains("fill=\"url(#chart-sender-lines)\"");
        var figures = between(page, "<text class=\"figure\"", "</text>");
        assertThat(figures).contains("1,237", "2");
        assertThat(between(page, "<td data-label=\"Asked\"", "</td>")).contains("1,237");
        assertThat(page).contains("Tigrinya").contains("We have no interpreter");
    }

    @Test
    void readersFromRightToLeftSeeItMirroredAndInTheirNumbers() {
        var english = Browser.signedIn(node, "amal@shelter.example", "en").get(PAGE).body();
        var arabic = Browser.signedIn(node, "amal@shelter.example", "ar").get(PAGE).body();

        assertThat(arabic)
                .contains("dir=\"rtl\"")
                .contains("أُجيب")
                .doesNotContain("staff.evidence");
        var ltr = longest(english);
        var rtl = longest(arabic);
        assertThat(ltr[1]).isEqualTo(rtl[1]);
        assertThat(rtl[0]).isEqualTo(BarChart.WIDTH - ltr[0] - ltr[1]);
    }

    @Test
    void theFileForTheHouseIsExactAndHoldsNoFormula() {
        var amal = Browser.signedIn(node, "amal@shelter.example", "en");
        var file = amal.get(PAGE + "/inside.csv");

        assertThat(file.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(file.body())
                .startsWith("\uFEFFNot for publication,month")
                .contains("\"'=cmd()\"")
                .contains(",1234")
                .contains("cannot-interpret,ti");
    }

    @Test
    void theFilesForOthersHoldNoSmallNumber() {
        var amal = Browser.signedIn(node, "amal@shelter.example", "en");

        var published = amal.get(PAGE + "/published.csv").body();
        assertThat(published)
                .contains("sender,asked,health,total,1237")
                .contains("sender,endings,health,helped,\r\n")
                .contains("sender,refusals,no-place,number,8")
                .contains("sender,languages,ti,number,7");
        assertThat(amal.get(PAGE + "/activities.csv").body())
                .contains(
                        "#org+name,#activity+name,#sector+name,#country+code,#adm1+name,#adm1+code")
                .contains("Lindmar Shelter,Referrals made,Health")
                .contains("1237,0,0,,");
        // Two of other spans would together tell of single people.
        for (var span :
                new String[] {"2025-07&to=2026-01", "2025-07&to=2025-11", "2026-01&to=2026-06"}) {
            for (var kind : new String[] {"/published.csv", "/activities.csv"}) {
                assertThat(amal.get(PAGE + kind + "?from=" + span).statusCode())
                        .as(span)
                        .isEqualTo(404);
            }
            assertThat(amal.get(PAGE + "/inside.csv?from=" + span).statusCode()).isEqualTo(200);
        }
        assertThat(amal.get(PAGE + "/published.csv?from=2025-07&to=2025-12").body())
                .isEqualTo(published);
        assertThat(amal.get(PAGE).body()).contains("/published.csv?from=2025-07&amp;to=2025-12");
    }

    @Test
    void whoSeesNoRequestsSeesNoNumbersOfThem() {
        var vera = Browser.signedIn(node, "vera@shelter.example", "en");
        var carlo = Browser.signedIn(node, "carlo@shelter.example", "en");

        assertThat(carlo.get(PAGE).body()).contains("1,237").doesNotContain("inside.csv");
        assertThat(carlo.get(PAGE + "/inside.csv").statusCode()).isEqualTo(403);

        assertThat(vera.get(PAGE).statusCode()).isEqualTo(403);
        assertThat(vera.get(PAGE + "/inside.csv").statusCode()).isEqualTo(403);
    }

    private static java.util.List<String> between(String page, String begin, String end) {
        return Pattern.compile(Pattern.quote(begin) + "[^>]*>(?:<bdi[^>]*>)?([^<]*)")
                .matcher(page)
                .results()
                .map(it -> it.group(1))
                .toList();
    }

    private static int[] longest(String page) {
        return FIRST_BAR
                .matcher(page)
                .results()
                .map(it -> new int[] {Integer.parseInt(it.group(1)), Integer.parseInt(it.group(2))})
                .max(java.util.Comparator.comparingInt(it -> it[1]))
                .orElseThrow();
    }
}
