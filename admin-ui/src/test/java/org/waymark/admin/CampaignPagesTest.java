// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.listing.freshness.Care;
import org.waymark.node.mail.ScriptedServer;

/// An editor asks everybody at once, sees who answered, and sees which mail did not arrive.
@SuppressWarnings("NullAway.Init") // set before the first test
class CampaignPagesTest {

    private static final Pattern LINK = Pattern.compile("http\\S+(/en/check/\\S+)");
    private static final TestClock CLOCK = new TestClock();
    private static ScriptedServer server;
    private static TestNode node;
    private static Browser amal;

    @BeforeAll
    static void start() {
        server = ScriptedServer.inClear();
        node =
                TestNode.still(
                        CLOCK,
                        "shelter",
                        "Lindmar Shelter",
                        "mail.host=127.0.0.1",
                        "mail.port=" + server.port(),
                        "mail.tls=off",
                        "mail.from=office@shelter.example");
        node.person("amal@shelter.example", Role.EDITOR);
        amal = Browser.signedIn(node, "amal@shelter.example", "en");
        add("Harbour kitchen", Topic.MONEY, Optional.of("office@kitchen.example"));
        add("Harbour bakery", Topic.MONEY, Optional.of("office@kitchen.example"));
        add("Harbour doctor", Topic.HEALTH, Optional.of("office@doctor.example"));
        add("Harbour choir", Topic.COMMUNITY, Optional.empty());
    }

    @AfterAll
    static void stop() {
        node.close();
        server.close();
    }

    private static void add(String name, Topic topic, Optional<String> mail) {
        var listing =
                node.domains()
                        .listings()
                        .add(
                                node.acting(),
                                Draft.named(new Text("en", Map.of("en", name)))
                                        .topics(Set.of(topic))
                                        .build());
        node.domains()
                .freshness()
                .setCare(node.acting(), listing.id(), new Care(Optional.empty(), mail));
    }

    private static String draft(String occasion, String topic) {
        amal.get("/admin/campaigns");
        var shown =
                amal.post(
                        "/admin/campaigns",
                        "occasion",
                        occasion,
                        "topic",
                        topic,
                        "day",
                        "2026-03-02");
        return shown.uri().getPath();
    }

    @Test
    void everyMailboxGetsOneMailAfterSomebodyLookedAndItIsSeenWhoAnswered() {
        var campaign = draft("summer", "money");
        assertThat(amal.get(campaign).body())
                .contains("1 mailbox is asked")
                .contains("2 listings")
                .contains("Harbour kitchen");
        assertThat(amal.get(campaign + "?in=ar").body())
                .contains("lang=\"ar\" dir=\"rtl\"")
                .contains("الصيف قادم");
        node.runDue();
        assertThat(server.letters()).as("nothing goes by itself").isEmpty();

        amal.get(campaign);
        amal.post(campaign, "what", "send");
        node.runDue();

        assertThat(server.texts())
                .singleElement()
                .satisfies(it -> assertThat(it).contains("Summer comes"));
        assertThat(amal.get(campaign).body()).contains("0 of 1 answered");

        var links = LINK.matcher(server.texts().getFirst()).results().toList();
        CLOCK.advance(Duration.ofMinutes(1));
        amal.postBare(links.getFirst().group(1), "what", "right");
        assertThat(amal.get(campaign).body())
                .contains("1 of 1 answered")
                .contains("1 of 2 listings answered");
        checkThatVeryManyAreCutIntoLettersThatOneCanRead();
    }

    // After the one mail: all tests share the server.
    private static void checkThatVeryManyAreCutIntoLettersThatOneCanRead() {
        for (int i = 0; i < 17; i++) {
            add("School " + i, Topic.EDUCATION, Optional.of("office@city.example"));
        }
        var before = server.texts().size();
        var campaign = draft("summer", "education");
        assertThat(amal.get(campaign).body())
                .contains("1 mailbox is asked")
                .contains("17 listings");
        amal.post(campaign, "what", "send");
        node.runDue();

        var letters = server.texts().stream().skip(before).toList();
        assertThat(letters)
                .extracting(it -> (int) LINK.matcher(it).results().count())
                .containsExactlyInAnyOrder(15, 2);
        assertThat(letters.stream().flatMap(it -> LINK.matcher(it).results()).map(it -> it.group()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsStoppedDoesNotGoAndWhatIsRefusedIsShown() {
        var stopped = draft("winter", "health");
        amal.post(stopped, "what", "send");
        amal.get(stopped);
        amal.post(stopped, "what", "stop");
        node.runDue();
        assertThat(server.texts()).noneMatch(it -> it.contains("Winter comes"));

        server.answers("RCPT", "550 no such mailbox");
        var refused = draft("ramadan", "health");
        amal.post(refused, "what", "send");
        node.runDue();
        server.answersAsUsual("RCPT");

        assertThat(amal.get(refused).body()).contains("There is no such mailbox");
        assertThat(amal.get("/admin/").body()).contains("1 mail was given up");
        assertThat(amal.get("/admin/mail").body())
                .contains("office@doctor.example")
                .contains("There is no such mailbox");

        amal.post("/admin/mail");
        node.runDue();

        assertThat(server.texts()).anyMatch(it -> it.contains("Ramadan comes"));
        assertThat(amal.get("/admin/mail").body()).contains("Nothing was given up");
    }
}
