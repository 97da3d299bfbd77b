// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.Text;

/// What an activity's own address tells, and whom.
class ActivityObjectTest {

    private static TwoNodes nodes;
    private static Listing listing;

    @BeforeAll
    static void share() {
        nodes = TwoNodes.peered();
        var draft = Draft.named(Text.of("en", "Legal advice")).build();
        listing = nodes.shelter.domains().listings().add(nodes.shelter.acting(), draft);
        nodes.settle();
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    @Test
    void whatWasForEveryoneIsShownToEveryoneByTheAddressOfItsObject() {
        var answer = get(sent("Create"));

        assertThat(answer.statusCode()).isEqualTo(200);
        var json = json(answer);
        assertThat(json.path("type").asText()).isEqualTo("Create");
        assertThat(json.path("id").asText()).isEqualTo(sent("Create").toString());
        assertThat(json.path("actor").asText())
                .isEqualTo(nodes.shelter.organizationActor().toString());
        assertThat(json.path("object").asText()).isEqualTo(listing.uri().toString());
        assertThat(Instant.parse(json.path("published").asText()))
                .isBefore(nodes.clock.instant().plusSeconds(1));
    }

    @Test
    @Tag("attack:signer-not-actor-signed-get")
    void whatWasForOneIsThereForThatOneOnly() {
        var follow = sent("Follow");

        assertThat(get(follow).statusCode()).isEqualTo(404);
        assertThat(status(nodes.shelter, follow)).isEqualTo("document-not-shown");
        assertThat(status(nodes.clinic, follow)).isEqualTo("found");
    }

    @Test
    void absentAndForbiddenLookTheSame() {
        var absent = get(nodes.shelter.url().resolve("/a/00000000-0000-4000-8000-000000000000"));
        var forbidden = get(sent("Follow"));

        assertThat(forbidden.statusCode()).isEqualTo(absent.statusCode());
        assertThat(forbidden.body()).isEqualTo(absent.body());
        assertThat(get(nodes.shelter.url().resolve("/a/nothing")).statusCode()).isEqualTo(404);
    }

    /// The newest activity of a type that the shelter sent.
    private static URI sent(String type) {
        return nodes.shelter
                .database()
                .read(
                        tx ->
                                tx.list(
                                        "SELECT activity FROM outbox_activity WHERE type = ?"
                                                + " AND sender = ? ORDER BY created_at DESC",
                                        row -> row.uri("activity"),
                                        type,
                                        nodes.shelter.organizationActor()))
                .getFirst();
    }

    /// What an organisation that signs is told.
    private static String status(TestNode reader, URI address) {
        return switch (SignedGet.fetch(reader, nodes.clock, address)) {
            case Fetched.Found _ -> "found";
            case Fetched.Gone _ -> "gone";
            case Fetched.Refused(var code) -> code;
            case Fetched.Failed(var code) -> code;
        };
    }

    private static ObjectNode json(HttpResponse<String> answer) {
        return StrictJson.read(answer.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private static HttpResponse<String> get(URI address) {
        try {
            var request =
                    HttpRequest.newBuilder(address)
                            .header("Accept", "application/activity+json")
                            .build();
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
