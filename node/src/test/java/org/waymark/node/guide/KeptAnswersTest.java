// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Secret;
import org.waymark.node.http.BaseUrl;

/// What somebody typed comes back under an address, and to their browser only.
class KeptAnswersTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final TestClock CLOCK = new TestClock();
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.still(CLOCK, "shelter", "The Shelter", "country=XL");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/en/search, q=zquietword, 200",
        "/en/map, q=zquietword, 200",
        "/en/code, code=zquietword, 422",
        "/en/wrong, code=zquietword, 404",
        "/en/complaint/answer, code=zquietword, 404",
        "/en/complaint/tell, about=zquietword, 409",
        "/en/hand-out, q=zquietword, 422",
        "/en/nowhere, q=zquietword, 404",
    })
    void everyFormIsAnsweredByAnAddressThatSaysNothing(String path, String form, int status) {
        var answer = post(path, form, "");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().toString()).doesNotContain("zquietword");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(location(answer)).matches("/en/answer/[A-Za-z0-9_-]{43}");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContainIgnoringCase("max-age", "expires");

        var shown = get(location(answer), cookie(answer));
        assertThat(shown.statusCode()).isEqualTo(status);
        assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(shown.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(shown.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(shown.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(shown.body()).contains("<title>The Shelter</title>");
    }

    @Test
    void theAddressAloneOpensNothing() {
        var mine = post("/en/search", "q=zquietword", "");
        var other = post("/en/search", "q=other", "");

        assertThat(get(location(mine), cookie(mine)).body()).contains("zquietword");
        for (var cookie : new String[] {"", cookie(other), cookie(mine) + "x"}) {
            var shown = get(location(mine), cookie);
            assertThat(shown.statusCode()).isEqualTo(410);
            assertThat(shown.body()).contains("This page is closed").doesNotContain("zquietword");
            assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void oneBrowserGoesBackToWhatItSawBefore() {
        var first = post("/en/search", "q=firstword", "");
        var second = post("/en/search", "q=secondword", cookie(first));

        assertThat(cookie(second)).isEqualTo(cookie(first));
        assertThat(get(location(first), cookie(first)).body()).contains("firstword");
        assertThat(get(location(second), cookie(first)).body()).contains("secondword");
        // Who comes to the form finds it empty.
        assertThat(get("/en/search", cookie(first)).body()).doesNotContain("firstword");
    }

    @Test
    void nothingIsThereAfterQuickExitNorAfterMinutes() {
        var left = post("/en/search", "q=zquietword", "");
        get("/leave", cookie(left));
        assertThat(get(location(left), cookie(left)).statusCode()).isEqualTo(410);

        var old = post("/en/search", "q=zquietword", "");
        CLOCK.advance(KeptAnswers.LONGEST.minusSeconds(1));
        assertThat(get(location(old), cookie(old)).statusCode()).isEqualTo(200);
        CLOCK.advance(Duration.ofSeconds(1));
        assertThat(get(location(old), cookie(old)).statusCode()).isEqualTo(410);
        // The next search does not go on under a secret that had its time.
        assertThat(cookie(post("/en/search", "q=x", cookie(old)))).isNotEqualTo(cookie(old));
    }

    @ParameterizedTest
    @CsvSource({"/en/code", "/en/complaint/answer", "/en/wrong"})
    void aWrongCodeComesBackAsAnEmptyField(String path) {
        var answer = post(path, "code=ACDE-FGHJ-KMNP-QRTU", "");
        var shown = get(location(answer), cookie(answer)).body();

        assertThat(shown).doesNotContain("ACDE", "ACDEFGHJ");
        assertThat(shown).containsPattern("<input id=\"code\" name=\"code\"[^>]* value[ =>\"]");
        assertThat(shown).contains("autocomplete=\"off\"");
    }

    @Test
    void onlyAPageOfResultsMayRunItsScript() {
        var results = post("/en/search", "q=", "");
        var code = post("/en/code", "code=x", "");

        assertThat(policy(get(location(results), cookie(results)))).contains("script-src 'self'");
        assertThat(policy(get(location(code), cookie(code)))).doesNotContain("script-src");
    }

    @Test
    void whoSendsTooMuchIsToldSoAndNothingIsKept() {
        // Each link has a limit of its own, whoever posts to it.
        var last = post("/en/check/unknown", "what=x", "");
        for (int i = 0; i < 30; i++) {
            last = post("/en/check/unknown", "what=x", "");
        }

        assertThat(location(last)).isEqualTo("/en/answer/later");
        assertThat(last.headers().firstValue("Set-Cookie")).isEmpty();
        var shown = get("/en/answer/later", "");
        assertThat(shown.statusCode()).isEqualTo(429);
        assertThat(shown.body()).contains("Please wait a minute");
    }

    @Test
    void moreThanItMayHoldPushesOutTheEldest() {
        var random = new SecureRandom();
        var answers = new KeptAnswers(BaseUrl.parse("http://localhost"), CLOCK, random);
        var browser = Secret.random(random);
        var page = new byte[KeptAnswers.MOST_BYTES / 4];
        random.nextBytes(page);
        var answer = new KeptAnswers.Answer(200, Map.of(), page);

        var first = answers.keep(browser, answer);
        var second = answers.keep(browser, answer);
        assertThat(answers.find(browser, first)).isPresent();
        answers.keep(browser, answer);
        answers.keep(browser, answer);

        assertThat(answers.find(browser, first)).isEmpty();
        assertThat(answers.find(browser, second).orElseThrow().body()).isEqualTo(page);
    }

    private static String policy(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow()
                .replace(node.url().toString(), "");
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private static HttpResponse<String> get(String path, String cookie) {
        return send(HttpRequest.newBuilder(node.url().resolve(path)), cookie);
    }

    private static HttpResponse<String> post(String path, String form, String cookie) {
        return send(
                HttpRequest.newBuilder(node.url().resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)),
                cookie);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String cookie) {
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try {
            return CLIENT.send(
                    request.header("Accept", "text/html,*/*;q=0.8").build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
