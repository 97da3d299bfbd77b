// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.listing.Checked;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.freshness.Care;
import org.waymark.node.mail.ScriptedServer;

/// Those who run a service are asked by mail, not too often, and their answer needs a button.
@SuppressWarnings("NullAway.Init") // set before the first test
class RemindersTest {

    private static final Pattern CHECK = Pattern.compile("http\\S+/check/\\S+");
    private static final Pattern STOP = Pattern.compile("http\\S+/mails/\\S+");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final TestClock CLOCK = new TestClock();

    private static ScriptedServer server;
    private static TestNode node;

    @BeforeAll
    static void start() {
        server = ScriptedServer.inClear();
        node =
                TestNode.still(
                        CLOCK,
                        "shelter",
                        "Lindmar Shelter",
                        "zone=UTC",
                        "mail.host=127.0.0.1",
                        "mail.port=" + server.port(),
                        "mail.tls=off",
                        "mail.from=office@shelter.example");
    }

    @AfterAll
    static void stop() {
        node.close();
        server.close();
    }

    private static Listing add(String name, String language, String mail) {
        var listing =
                node.domains()
                        .listings()
                        .add(
                                node.acting(),
                                Draft.named(new Text(language, Map.of(language, name)))
                                        .topics(Set.of(Topic.COMMUNITY))
                                        .build());
        node.domains()
                .freshness()
                .setCare(node.acting(), listing.id(), new Care(Optional.of(1), Optional.of(mail)));
        return listing;
    }

    private static List<String> to(String mailbox) {
        return server.texts().stream()
                .filter(
                        text ->
                                server.letters()
                                        .get(server.texts().indexOf(text))
                                        .contains("To: " + mailbox))
                .toList();
    }

    private static void live(int days) {
        for (int day = 0; day < days; day++) {
            CLOCK.advance(Duration.ofDays(1));
            node.runDue();
        }
    }

    @Test
    void oneMailAboutAllThatIsDueWithALinkForEachAndAButtonBehindIt() throws Exception {
        var kitchen = add("Harbour kitchen", "en", "office@kitchen.example");
        var clinic = add("Harbour clinic", "en", "office@kitchen.example");
        live(2);

        assertThat(to("office@kitchen.example"))
                .singleElement()
                .satisfies(
                        text ->
                                assertThat(text)
                                        .contains("Harbour kitchen")
                                        .contains("Harbour clinic")
                                        .contains("Lindmar Shelter"));
        var links = CHECK.matcher(to("office@kitchen.example").getFirst()).results().toList();
        assertThat(links).hasSize(2);
        for (int i = 0; i < 20; i++) {
            assertThat(get(links.getFirst().group()).statusCode()).isEqualTo(200);
        }
        assertThat(checked(kitchen)).isEqualTo(Checked.How.NOT_CHECKED);

        for (var link : links) {
            post(link.group(), "what=right");
        }

        assertThat(checked(kitchen)).isEqualTo(Checked.How.PROVIDER);
        assertThat(checked(clinic)).isEqualTo(Checked.How.PROVIDER);
        live(7);
        assertThat(to("office@kitchen.example")).as("nothing more is due").hasSize(1);
    }

    @Test
    void whoDoesNotAnswerIsAskedThreeTimesInHalfAYear() {
        add("Silent", "en", "office@silent.example");

        live(120);

        assertThat(to("office@silent.example")).hasSize(3);
    }

    @Test
    void theMailIsInTheLanguageOfTheListingWithRightMarks() {
        add("مطبخ", "ar", "office@arabic.example");

        live(2);

        assertThat(to("office@arabic.example").getFirst())
                .contains("افتحوا الرابط")
                .contains("/ar/check/");
        assertThat(to("office@arabic.example").getFirst().lines())
                .allMatch(
                        line ->
                                line.isEmpty()
                                        || line.startsWith("\u200f")
                                        || line.startsWith("http"));
    }

    @Test
    void nobodyIsWrittenToWhoSaidStopUntilTheySayAgain() throws Exception {
        add("Tired", "en", "office@tired.example");
        live(2);
        var stop = STOP.matcher(to("office@tired.example").getFirst()).results().toList();
        var page = stop.getFirst().group();
        for (int i = 0; i < 20; i++) {
            assertThat(get(page).body()).contains("No more mails");
        }
        assertThat(get(page).headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get(page).body()).doesNotContain("tired.example");

        for (var type : List.of("multipart/form-data; boundary=x", FORM)) {
            var stopped =
                    post(
                            page,
                            type,
                            type.equals(FORM)
                                    ? "List-Unsubscribe=One-Click"
                                    : "--x\r\nContent-Disposition: form-data;"
                                            + " name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n"
                                            + "--x--\r\n");
            assertThat(stopped.statusCode()).as(type).isEqualTo(200);
            assertThat(get(page).body()).as(type).contains("Send them again");
            if (!type.equals(FORM)) {
                post(page, "what=again");
            }
        }
        live(40);
        assertThat(to("office@tired.example")).hasSize(1);

        post(page, "what=again");
        live(2);
        assertThat(to("office@tired.example")).hasSize(2);
        assertThat(get(page.replaceAll("[^/]+$", "x")).statusCode()).isEqualTo(404);
    }

    private static Checked.How checked(Listing listing) {
        return node.domains()
                .listings()
                .find(node.acting(), listing.id())
                .orElseThrow()
                .checked()
                .how();
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    private static void post(String address, String body) throws IOException, InterruptedException {
        post(address, FORM, body);
    }

    private static HttpResponse<Void> post(String address, String type, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.discarding());
    }
}
