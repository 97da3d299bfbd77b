// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.privacy.Acting;

/// What an editor sees of a listing's way to the partners, on the page and in the API.
class DeliveriesPageTest {

    private static TwoNodes nodes;
    private static Browser editor;
    private static String token;

    @BeforeAll
    static void start() {
        nodes = TwoNodes.peered();
        var person = nodes.shelter.person("amal@shelter.example", Role.EDITOR, Role.MANAGER);
        editor = Browser.signedIn(nodes.shelter, "amal@shelter.example", "en");
        token =
                nodes.shelter
                        .domains()
                        .tokens()
                        .create(Acting.node(), person, "test")
                        .orElseThrow()
                        .secret()
                        .value();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void whoChangedAListingSeesThatAPartnerIsDownAndSendsAgainWhenItIsBack()
            throws IOException, InterruptedException {
        nodes.clinic.stop();
        var listing = add("Warm beds");
        nodes.shelter.runDue();

        var page = "/admin/listings/" + listing.id();
        assertThat(editor.get(page).body())
                .contains("Sent to other sites")
                .contains("Cannot be delivered since")
                .contains("No connection to their site");
        assertThat(api("GET", "?about=" + encode(listing.uri())))
                .contains("\"state\":\"queued\"", "\"code\":\"connection-failed\"");
        var host = nodes.clinic.url().getRawAuthority();
        assertThat(api("GET", "?host=" + host)).contains("\"queued\":1", "\"failures\":1");
        var peer = "/admin/partners/" + TwoNodes.peerOf(nodes.shelter, nodes.clinic).id().value();
        assertThat(editor.get(peer).body()).contains("No connection to their site");

        nodes.clinic.startAgain();
        editor.get(page);
        var sent =
                editor.post(
                        "/admin/deliveries/again", "about", listing.uri().toString(), "back", page);
        assertThat(sent.body()).contains("We try again now.");
        nodes.settle();

        assertThat(editor.get(page).body())
                .contains("Delivered")
                .doesNotContain("Cannot be delivered since");
        assertThat(nodes.clinic.domains().listings().find(nodes.clinic.acting(), listing.uri()))
                .isPresent();
    }

    @Test
    void theApiSendsAgainToo() throws IOException, InterruptedException {
        nodes.clinic.stop();
        var listing = add("Warm soup");
        nodes.shelter.runDue();
        nodes.clinic.startAgain();
        nodes.shelter.runDue();
        assertThat(api("GET", "?about=" + encode(listing.uri()))).contains("\"queued\"");

        api("POST", "/send-again?about=" + encode(listing.uri()));
        nodes.settle();

        assertThat(api("GET", "?about=" + encode(listing.uri()))).contains("\"delivered\"");
    }

    @Test
    void sendingAgainLeadsToNoOtherSite() {
        editor.get("/admin/partners");

        var answer =
                editor.post(
                        "/admin/deliveries/again",
                        "about",
                        "http://x.example/",
                        "back",
                        "//evil.example/");

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    private static Listing add(String name) {
        nodes.clock.advance(Duration.ofMinutes(1));
        return nodes.shelter
                .domains()
                .listings()
                .add(
                        nodes.shelter.acting(),
                        Draft.named(Text.of("en", name)).topics(Set.of(Topic.HOUSING)).build());
    }

    private static String api(String method, String rest) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(nodes.shelter.url().resolve("/api/v1/deliveries" + rest))
                            .header("Authorization", "Bearer " + token)
                            .method(method, BodyPublishers.noBody())
                            .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static String encode(URI uri) {
        return URLEncoder.encode(uri.toString(), StandardCharsets.UTF_8);
    }
}
