// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;

class StaffSignInTest {

    private static TestNode shelter;

    @BeforeAll
    static void start() {
        shelter = TestNode.start("shelter", "Lindmar Shelter");
        shelter.person("amal@shelter.example", Role.CASEWORKER);
    }

    @AfterAll
    static void stop() {
        shelter.close();
    }

    @Test
    void someoneSignsInAndGetsToThePageTheyAskedFor() {
        var browser = new Browser(shelter, "en");
        browser.get("/admin/");

        var start =
                browser.post(
                        "/admin/sign-in",
                        "email",
                        "amal@shelter.example",
                        "password",
                        TestNode.PASSWORD,
                        "then",
                        "/admin/");

        assertThat(start.statusCode()).isEqualTo(200);
        assertThat(start.uri().getPath()).isEqualTo("/admin/");
        assertThat(start.body()).contains("Lindmar Shelter").contains("amal@shelter.example");
    }

    @Test
    void aWrongPasswordSaysSoWithoutSayingWhich() {
        var browser = new Browser(shelter, "en");
        browser.get("/admin/sign-in");

        var wrong =
                browser.post("/admin/sign-in", "email", "amal@shelter.example", "password", "x");

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("role=\"alert\"")
                .contains("The address or the password is not right.")
                .contains("value=\"amal@shelter.example\"")
                .doesNotContain("value=\"x\"");
    }

    @Test
    void signingOutEndsTheSession() {
        var browser = Browser.signedIn(shelter, "amal@shelter.example", "en");
        assertThat(browser.get("/admin/").body()).contains("amal@shelter.example");

        browser.post("/admin/sign-out");

        assertThat(browser.get("/admin/").uri().getPath()).isEqualTo("/admin/sign-in");
    }

    @Test
    void everyoneChangesTheirOwnPasswordAndIsSignedOutEverywhere() {
        shelter.person("lina@shelter.example", Role.EDITOR);
        var lina = Browser.signedIn(shelter, "lina@shelter.example", "en");
        var elsewhere = Browser.signedIn(shelter, "lina@shelter.example", "en");
        lina.get("/admin/password");

        var fresh = "several words are good";
        assertThat(change(lina, "wrong", fresh)).contains("The current password is not right");
        assertThat(change(lina, TestNode.PASSWORD, "short")).contains("Between 12 and 200");
        assertThat(change(lina, TestNode.PASSWORD, fresh)).contains("Your password is changed");

        assertThat(elsewhere.get("/admin/").uri().getPath()).isEqualTo("/admin/sign-in");
        lina.post("/admin/sign-in", "email", "lina@shelter.example", "password", fresh);
        assertThat(lina.get("/admin/").body()).contains("lina@shelter.example");
    }

    private static String change(Browser browser, String current, String fresh) {
        return browser.post("/admin/password", "current", current, "fresh", fresh).body();
    }

    @Test
    void theSignInPageSpeaksTheBrowsersLanguageAndThenTheChosenOne() {
        var browser = new Browser(shelter, "ar-SY");

        assertThat(browser.get("/admin/sign-in").body())
                .contains("<html lang=\"ar\" dir=\"rtl\">")
                .contains("تسجيل الدخول");

        var chosen = browser.post("/admin/language", "language", "fr", "then", "/admin/sign-in");
        assertThat(chosen.body())
                .contains("<html lang=\"fr\" dir=\"ltr\">")
                .contains("Se connecter")
                .contains("Mot de passe oublié");
    }

    @Test
    void nothingThatStaffSeeIsKeptByABrowser() {
        var browser = Browser.signedIn(shelter, "amal@shelter.example", "en");

        assertThat(browser.get("/admin/").headers().firstValue("Cache-Control"))
                .contains("no-store");
    }
}
