// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The product as a whole, without JavaScript: people search, staff of two organisations close a
/// loop between two nodes.
@Tag("packaged")
final class LindmarTest {

    private static final String SHELTER = "Harbour House";
    private static final String LEGAL_AID = "Lindmar Legal Aid";

    // 10 s: what one side did must be seen on the other; 1 s is usual.
    private static final Duration ARRIVAL = Duration.ofSeconds(10);

    private static Lindmar lindmar;
    private static Chromium chromium;

    @BeforeAll
    static void start(@TempDir Path scratch) {
        lindmar = Lindmar.build(scratch);
        chromium = Chromium.open();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        lindmar.close();
    }

    @Test
    void aPersonFindsWhatAPartnerOffers() {
        try (var person = visitor(Visitor.reading("en"))) {
            person.open("/en/");
            person.page().getByLabel("What do you need?").fill("dets and bils");
            button(person, "Search").click();
            person.page().getByText("Debts and bills").first().click();

            assertThat(person.page().locator("h1").innerText()).isEqualTo("Debts and bills");
            assertThat(person.text()).contains("Lindmar Legal Aid");
            assertThat(person.foreignRequests()).isEmpty();
            assertThat(person.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("visitors")
    void everyKindOfDirectoryPageShowsItselfWhole(Visitor visitor) {
        try (var person = visitor(visitor)) {
            var home = "/" + visitor.language() + "/";
            for (var path : new String[] {"t/papers", "t/housing", "search?q=zzzz"}) {
                person.open(home + path);
                person.photograph(path.replaceAll("[/?=]", "-"));
                assertThat(person.scrollsSideways()).as(path).isFalse();
            }
            person.open(home + "t/papers");
            person.page().locator(".card.listing h2 a").first().click();
            person.photograph("listing");
            assertThat(person.scrollsSideways()).as("listing").isFalse();
            person.page().locator("main a[href*='/o/']").first().click();
            person.photograph("organisation");

            assertThat(person.scrollsSideways()).as("organisation").isFalse();
            assertThat(person.foreignRequests()).isEmpty();
            assertThat(person.complaints()).isEmpty();
        }
    }

    @Test
    void aReferralGoesToThePartnerAndComesBack() {
        try (var shelter = signedIn(SHELTER);
                var legalAid = signedIn(LEGAL_AID)) {
            shelter.open("/admin/find");
            shelter.page().locator("#q").fill("Debts and bills");
            button(shelter, "Search").click();
            shelter.photograph("staff-find");
            var listing = shelter.page().locator("article");
            var words = new Locator.FilterOptions().setHasText("Debts and bills");
            var begin = shelter.inputs();
            shelter.press(
                    listing.filter(words)
                            .getByRole(AriaRole.LINK, named("Write a request"))
                            .first());
            shelter.write("#reason", "Three letters of an electricity company");
            shelter.write("#preferred-name", "Samira with the blue bag");
            shelter.write("#address", "+49 30 23125 999");
            shelter.photograph("staff-write");
            shelter.press(button(shelter, "Continue"));
            shelter.photograph("staff-consent");
            shelter.press(button(shelter, "They said yes"));
            shelter.photograph("staff-check");
            shelter.press(button(shelter, "Send"));
            assertThat(shelter.text()).contains("Waiting for answer");
            assertThat(shelter.inputs() - begin).as("from listing to sent").isLessThanOrEqualTo(12);
            var asked = shelter.page().url();

            openAsked(legalAid, "Three letters of an electricity company");
            legalAid.photograph("staff-asked");
            assertThat(legalAid.text()).doesNotContain("Samira with the blue bag");
            var received = legalAid.page().url();
            var before = legalAid.posts();
            legalAid.write("#next-step", "Tuesday at 10, front desk");
            legalAid.press(button(legalAid, "Yes, we take it"));

            arrives(legalAid, received, "Samira with the blue bag");
            legalAid.photograph("staff-taken");
            arrives(shelter, asked, "Tuesday at 10, front desk");
            shelter.photograph("staff-answered");

            legalAid.select("#outcome", "helped");
            legalAid.press(button(legalAid, "Close with this outcome"));
            arrives(shelter, asked, "Finished");
            assertThat(legalAid.posts() - before).as("from asked to closed").isEqualTo(2);
            shelter.photograph("staff-finished");

            assertThat(shelter.complaints()).isEmpty();
            assertThat(legalAid.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"en, ltr", "ar, rtl"})
    void aPersonAsksFollowsItByTheCodeAndStopsAnother(String language, String direction) {
        try (var passer = visitor(Visitor.reading(language));
                var person = chromium.visit(lindmar.node(LEGAL_AID), Visitor.reading(language));
                var legalAid = signedIn(LEGAL_AID)) {
            finds(passer, language);
            // No third node sees what is asked: the shelter's page leads to whoever runs it.
            var there = "main a.button[href^='" + lindmar.node(LEGAL_AID) + "']";
            assertThat(passer.page().locator(there).isVisible()).isTrue();
            var need = "MARKER two letters I cannot read, " + language;
            var code = asks(person, language, need, "Abendstern");
            openAsked(legalAid, need);
            assertThat(legalAid.text()).doesNotContain("MARKER Samira");
            var received = legalAid.page().url();
            legalAid.page().locator("#next-step").fill("MARKER Tuesday at 10");
            button(legalAid, "Yes, we take it").click();
            arrives(legalAid, received, "MARKER Samira");
            legalAid.page().locator("#outcome").selectOption("helped");
            button(legalAid, "Close with this outcome").click();

            reads(person, language, code);
            assertThat(person.text()).doesNotContain("MARKER");
            person.photograph("person-code");
            person.page().locator("#word").fill("abendstern");
            press(person, "/mine/word");
            arrives(person, person.page().url(), "MARKER Tuesday at 10");
            assertThat(person.attribute("html", "dir")).isEqualTo(direction);
            assertThat(person.page().title()).isEqualTo(LEGAL_AID);
            person.photograph("person-mine");
            person.page().locator("a.leave").first().click();

            reads(person, language, asks(person, language, "MARKER another", "Abendstern"));
            person.page().locator("a[href$='/mine/stop']").click();
            person.photograph("person-stop");
            press(person, "/mine/stop");
            assertThat(person.page().locator(".confirmation").isVisible()).isTrue();
            assertThat(person.foreignRequests()).isEmpty();
            assertThat(person.complaints()).isEmpty();
        }
    }

    /// The whole way of a person on a shared computer: the request, the second word, messages and
    /// a complaint. Whoever opens the browser afterwards finds nothing of it.
    @Test
    void leavesNothingThatAPersonTypedOrReadInTheBrowsersProfile(@TempDir Path profile) {
        var need = "zquietneed رسالتان لا أفهمهما";
        var word = "zquietword";
        var message = "zquietmessage متى أستطيع المجيء";
        var complaint = "zquietcomplaint طلب مني مالا";
        var reach = "zquietreach@example.org";
        var code = new AtomicReference<>("");
        Chromium.visitKeeping(
                profile,
                page -> {
                    var person = new Visit(lindmar.node(LEGAL_AID), Visitor.reading("ar"), page);
                    code.set(asks(person, "ar", need, word));
                    person.page().goBack();
                    reads(person, "ar", code.get());
                    person.page().locator("#word").fill("zquietwrong");
                    press(person, "/mine/word");
                    assertThat(person.page().locator("#word").inputValue()).isEmpty();
                    person.page().locator("#word").fill(word);
                    press(person, "/mine/word");
                    writes(person, message);
                    person.open("/ar/mine");
                    assertThat(person.text()).contains(message);
                    person.page().goBack();
                    person.page().locator("a.leave").first().click();

                    complains(person, complaint, reach);
                    person.page().goBack();
                    person.open("/ar/now");
                });

        new Profile(profile)
                .checkHoldsNothingOf(
                        List.of(
                                "zquiet",
                                "رسالتان",
                                "أستطيع المجيء",
                                "طلب مني",
                                "MARKER Samira",
                                code.get(),
                                code.get().replace("-", "")),
                        "/ar/now",
                        "prefers-color-scheme");
    }

    private static void writes(Visit person, String words) {
        person.open("/ar/mine/write");
        person.page().locator("#text").fill(words);
        press(person, "/mine/message");
    }

    private static void complains(Visit person, String words, String reach) {
        person.open("/ar/complaint/tell");
        person.page().locator("input[name=about]:not([value=abuse])").first().check();
        next(person);
        person.page().locator("[name=words]").fill(words);
        person.page().locator("[name=reach]").fill(reach);
        press(person, "/complaint/send");
        assertThat(person.page().locator(".code").isVisible()).isTrue();
    }

    /// From the listing to the code, one question a page.
    private static String asks(Visit person, String language, String need, String word) {
        finds(person, language);
        press(person, "/" + language + "/ask");
        person.photograph("person-ask-who");
        choose(person, "self");
        choose(person, "none");
        person.page().locator("#need").fill(need);
        person.photograph("person-ask-need");
        next(person);
        choose(person, "three-days");
        next(person);
        next(person);
        next(person);
        choose(person, "through-us");
        person.page().locator("#name").fill("MARKER Samira");
        next(person);
        person.page().locator("#word").fill(word);
        next(person);
        person.page().locator("input[name=agree]").check();
        person.photograph("person-check");
        press(person, "/ask/send");
        person.photograph("person-code-given");
        return person.page().locator(".code").innerText();
    }

    private static void finds(Visit person, String language) {
        person.open("/" + language + "/");
        person.page().locator("main input[name=q]").first().fill("Debts and bills");
        person.page().locator("main form[action$='/search'] button").first().click();
        person.page().locator(".card.listing a").first().click();
    }

    private static void reads(Visit person, String language, String code) {
        person.open("/" + language + "/code");
        person.page().locator("#code").fill(code);
        press(person, "/" + language + "/code");
    }

    private static void choose(Visit person, String value) {
        person.page().locator("input[value='" + value + "']").check();
        next(person);
    }

    private static void next(Visit person) {
        person.page().locator("main form button.button").first().click();
    }

    private static void press(Visit person, String action) {
        person.page().locator("form[action$='" + action + "'] button").first().click();
    }

    @ParameterizedTest
    @MethodSource("visitors")
    void everyStaffPageShowsItselfWhole(Visitor visitor) {
        var names = List.of("", "referrals", "listings", "review", "partners", "find");
        checkStaffPages(lindmar.caseworker(LEGAL_AID), visitor, names);
    }

    @ParameterizedTest
    @MethodSource("visitorsByDay")
    void everyPageThatKeepsListingsRightShowsItselfWhole(Visitor visitor) {
        var names =
                List.of(
                        "to-check",
                        "quality",
                        "drafts",
                        "bulk",
                        "shared",
                        "translations",
                        "import",
                        "twins",
                        "search");
        checkStaffPages(lindmar.manager(LEGAL_AID), visitor, names);
    }

    @ParameterizedTest
    @MethodSource("visitorsByDay")
    void everyPageAroundTheRequestsShowsItselfWhole(Visitor visitor) {
        checkStaffPages(
                lindmar.caseworker(LEGAL_AID),
                visitor,
                List.of("suggest", "writing", "team", "place-checks"));
        checkStaffPages(
                lindmar.manager(LEGAL_AID),
                visitor,
                List.of("evidence", "oversight", "campaigns", "mail-receivers"));
    }

    private static void checkStaffPages(Lindmar.Login login, Visitor visitor, List<String> names) {
        try (var staff = signedIn(login, visitor)) {
            for (var name : names) {
                var response = staff.open("/admin/" + name);
                staff.photograph(
                        "staff-" + (name.isEmpty() ? "today" : name.replace('/', '-')));

                assertThat(response.status()).as(name).isEqualTo(200);
                assertThat(staff.attribute("html", "lang")).isEqualTo(visitor.language());
                assertThat(staff.scrollsSideways()).as(name).isFalse();
            }
            assertThat(staff.foreignRequests()).isEmpty();
            assertThat(staff.complaints()).isEmpty();
        }
    }

    static Stream<Visitor> visitors() {
        return readers()
                .flatMap(visitor -> Stream.of(visitor, visitor.wide(), visitor.inTheDark()));
    }

    static Stream<Visitor> visitorsByDay() {
        return readers().flatMap(visitor -> Stream.of(visitor, visitor.wide()));
    }

    private static Stream<Visitor> readers() {
        return Stream.of("en", "ar").map(Visitor::reading).map(Visitor::withScripts);
    }

    private static Visit visitor(Visitor visitor) {
        return chromium.visit(lindmar.node(SHELTER), visitor);
    }

    private static Visit signedIn(String organization) {
        return signedIn(lindmar.caseworker(organization), Visitor.reading("en").wide());
    }

    private static Visit signedIn(Lindmar.Login login, Visitor visitor) {
        var visit = chromium.visit(login.node(), visitor);
        visit.open("/admin/");
        visit.page().locator("#email").fill(login.email());
        visit.page().locator("#password").fill(login.password());
        visit.page().locator("form[action='/admin/sign-in'] button.button").click();
        return visit;
    }

    /// Looks through the requests that wait, again and again, for the one with these words.
    private static void openAsked(Visit visit, String words) {
        var end = Instant.now().plus(ARRIVAL);
        do {
            visit.open("/admin/referrals");
            for (var address : addresses(visit.page().locator("article h3 a"))) {
                visit.open(address);
                if (visit.text().contains(words)) {
                    return;
                }
            }
        } while (Instant.now().isBefore(end));
        throw new AssertionError("No request says: " + words);
    }

    private static List<String> addresses(Locator links) {
        return links.all().stream().map(link -> link.getAttribute("href")).toList();
    }

    /// Loads a page again until it says the words, as somebody would who waits.
    private static void arrives(Visit visit, String address, String words) {
        var end = Instant.now().plus(ARRIVAL);
        do {
            visit.open(address);
        } while (!visit.text().contains(words) && Instant.now().isBefore(end));
        assertThat(visit.text()).contains(words);
    }

    private static Locator button(Visit visit, String name) {
        return visit.page()
                .getByRole(
                        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }
}
