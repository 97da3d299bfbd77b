// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.Knocker;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.transport.SchemeMemory;
import org.waymark.node.TestNode;
import org.waymark.node.exchange.ActorKeys;
import org.waymark.node.exchange.Fetcher;
import org.waymark.node.exchange.LocalActor;
import org.waymark.node.exchange.LocalActors;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.KeyFolder;
import org.waymark.node.privacy.MasterKey;

/// What programs of staff and the other party get by HTTP.
class ReferralHttpTest {

    private static Partnered two;
    private static String token;
    private static HttpClient client;

    @BeforeAll
    static void partner() {
        two = new Partnered();
        client = HttpClient.newHttpClient();
        token =
                two.nodes
                        .shelter
                        .domains()
                        .tokens()
                        .create(Acting.node(), two.saraAccount, "test")
                        .orElseThrow()
                        .secret()
                        .value();
    }

    @AfterAll
    static void close() {
        client.close();
        two.close();
    }

    @Test
    void aProgramWritesSendsAndReadsAReferral() throws Exception {
        var drafted = post("", draft(two.beds, false));
        assertThat(drafted.statusCode()).isEqualTo(201);
        var line = json(drafted).path("referral");
        assertThat(json(drafted).path("warnings").toString()).contains("phone_number");
        assertThat(line.path("state").asText()).isEqualTo("draft");
        var id = "/" + line.path("id").asText();

        assertThat(post(id + "/send", "").statusCode()).isEqualTo(409);
        assertThat(post(id + "/consent", consent()).statusCode()).isEqualTo(204);
        assertThat(post(id + "/send", "").statusCode()).isEqualTo(204);
        assertThat(post(id + "/send", "").statusCode()).isEqualTo(204);
        two.settle();

        var whole = json(get(id));
        assertThat(whole.path("referral").path("state").asText()).isEqualTo("sent");
        assertThat(whole.path("firstStep").path("need").path("reason").asText()).contains("a bed");
        assertThat(json(get("")).path("referrals").toString())
                .contains(line.path("id").asText())
                .doesNotContain("Amina");
    }

    @Test
    void refusalsHaveStableCodes() throws Exception {
        checkProblem(post("", draft(two.beds, true)), 409, "protection-by-phone");
        checkProblem(post("", draft(two.house(), false)), 409, "protection-by-phone");
        checkProblem(
                post("", draft(new ListingId(UUID.randomUUID()), false)), 404, "listing-not-found");
        checkProblem(post("", "{\"reason\":7}"), 400, "body-not-understood");
        checkProblem(get("/" + UUID.randomUUID()), 404, "referral-not-found");
        checkProblem(post("/" + two.sent() + "/accept", next()), 409, "referral-move-not-allowed");
        checkProblem(post("/" + two.sent() + "/dance", ""), 404, "referral-move-unknown");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsForThePhoneHasNoDoorForPrograms(NewReferral.Protection trouble) throws Exception {
        var word = trouble.name().toLowerCase(java.util.Locale.ROOT);
        var said = draft(two.beds, false).replace("\"protection\": []", "\"protection\": [\"%s\"]");

        checkProblem(post("", said.formatted(word)), 409, "protection-by-phone");
    }

    @Test
    void withoutATokenThereIsNothing() throws Exception {
        var request = HttpRequest.newBuilder(api("")).build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Tag("attack:signer-not-actor-signed-get")
    @Test
    void onlyTheOtherPartySeesThatAReferralOrACaseExists() throws Exception {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        var ours = two.atShelter(referral).referral();
        var caseUri = ours.caseUri().orElseThrow();

        assertThat(unsigned(ours.uri())).isEqualTo(404);
        assertThat(unsigned(caseUri)).isEqualTo(404);
        assertThat(signed(two.nodes.shelter, ours.uri(), Party.NODE)).isEmpty();
        assertThat(signed(two.nodes.clinic, ours.uri(), Party.NODE)).isEmpty();

        var shown = signed(two.nodes.clinic, ours.uri(), Party.ORGANIZATION);
        assertThat(shown).contains("waymark:Referral").contains("waymark:version");
        assertThat(shown).doesNotContain("sealed\":").doesNotContain("state");
        assertThat(signed(two.nodes.shelter, caseUri, Party.ORGANIZATION)).contains("waymark:Case");
        var draft = two.draft(Samples.wanted(two.beds));
        var draftUri = two.atShelter(draft).referral().uri();
        assertThat(signed(two.nodes.clinic, draftUri, Party.ORGANIZATION)).isEmpty();
    }

    private enum Party {
        NODE,
        ORGANIZATION
    }

    /// What an actor of a node reads at an address; empty when it is refused.
    private static String signed(TestNode reader, URI address, Party party) {
        var settings = reader.settings();
        var master = MasterKey.open(KeyFolder.open(settings.keysDirectory(), settings.data()));
        var domains = reader.domains();
        var actors = new LocalActors(domains.baseUrl(), domains.organizations());
        var keys = new ActorKeys(reader.database(), master, two.nodes.clock);
        var guarded =
                GuardedClient.of(
                        ClientSettings.of(NetworkRules.allowing(settings.allowNetworks()), "test"),
                        two.nodes.clock);
        LocalActor actor =
                switch (party) {
                    case NODE -> actors.node();
                    case ORGANIZATION -> actors.of(reader.organization().id());
                };
        var knocker = new Knocker(guarded, SchemeMemory.none());
        return new Fetcher(knocker, keys, actors).fetch(address, actor)
                        instanceof Fetched.Found(var thing)
                ? thing.json().toString()
                : "";
    }

    private static int unsigned(URI address) throws Exception {
        var request =
                HttpRequest.newBuilder(address)
                        .header("Accept", "application/activity+json")
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static URI api(String path) {
        return two.nodes.shelter.url().resolve("/api/v1/referrals" + path);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        var request =
                HttpRequest.newBuilder(api(path))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(api(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static void checkProblem(HttpResponse<String> response, int status, String code)
            throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).path("code").asText()).isEqualTo(code);
    }

    private static String draft(ListingId listing, boolean minorAlone) {
        return """
        {"listing": "%s", "reason": "a bed, call +49 30 5550100", "urgency": "three_days",
         "fit": {"wishes": ["woman"], "adults": 1, "children": 0, "accessNeeds": [], "area": ""},
         "protection": [], "minorAlone": %s,
         "contact": {"preferredName": "Amina", "channel": "through_us", "address": "",
           "phoneOwner": "none", "language": "ar", "ifAnotherAnswers": "", "safeTimes": ""}}
        """
                .formatted(listing, minorAlone);
    }

    private static String consent() {
        return ReferralJson.write(Samples.spoken(two.nodes.clock));
    }

    private static String next() {
        return "{\"text\": \"Come\"}";
    }
}
