// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.StrictJson;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;

class DiscoveryTest {

    private static final String ACTIVITY = "application/activity+json";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final TestNode SHELTER = TestNode.still(new TestClock(), "shelter", "Shelter");

    @AfterAll
    static void close() {
        SHELTER.close();
    }

    @Test
    void anOrganizationIsAnActorWithThreeKeysAndItsCapabilities() {
        var answer = get(SHELTER.organizationActor(), "Accept", ACTIVITY);
        var actor = new Actor(StrictJson.read(bytes(answer)).orElseThrow());

        assertThat(actor.id()).isEqualTo(SHELTER.organizationActor());
        assertThat(actor.type()).isEqualTo("Organization");
        assertThat(actor.preferredUsername()).contains("shelter");
        assertThat(actor.publicKeys()).hasSize(1);
        assertThat(actor.assertionMethods()).hasSize(1);
        assertThat(actor.keyAgreements()).hasSize(1);
        assertThat(actor.sharedInbox()).contains(SHELTER.url().resolve("/inbox"));
        assertThat(actor.capabilities())
                .contains(URI.create("https://w3id.org/waymark/v1#referral-1"));
    }

    @Test
    void theNodeIsAnApplicationThatNamesItsOrganizations() {
        var node =
                new Actor(
                        StrictJson.read(bytes(get(SHELTER.actor(), "Accept", ACTIVITY)))
                                .orElseThrow());
        var organizations = get(URI.create(node.text("waymark:organizations").orElseThrow()));

        assertThat(node.type()).isEqualTo("Application");
        assertThat(organizations.body()).contains(SHELTER.organizationActor().toString());
    }

    @Test
    void aBrowserIsSentToThePageInItsLanguage() {
        var answer =
                get(SHELTER.organizationActor(), "Accept", "text/html", "Accept-Language", "ar");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .contains(SHELTER.url() + "/ar/o/" + SHELTER.organization().id());
        assertThat(answer.headers().firstValue("Vary").orElse("")).contains("Accept");
    }

    @Test
    void whatTheReaderHasAlreadyIsNotSentAgain() {
        var first = get(SHELTER.actor(), "Accept", ACTIVITY);
        var tag = first.headers().firstValue("ETag").orElseThrow();

        var second = get(SHELTER.actor(), "Accept", ACTIVITY, "If-None-Match", tag);

        assertThat(second.statusCode()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acct:shelter@HOST", "URL/o/ID"})
    void anOrganizationIsFoundByNameAndByAddress(String resource) {
        assertThat(webFinger(resource).body())
                .contains("\"href\":\"" + SHELTER.organizationActor() + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"URL", "URL/", "HOST", "URL/actor"})
    void theNodeIsFoundByItsBaseUrlAndDomain(String resource) {
        assertThat(webFinger(resource).body()).contains("\"href\":\"" + SHELTER.actor() + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acct:nobody@HOST",
                "acct:shelter@elsewhere.example",
                "URL/o/00000000-0000-0000-0000-000000000000",
                "%%%"
            })
    void whoIsNotHereIsNotFound(String resource) {
        assertThat(webFinger(resource).statusCode()).isEqualTo(404);
    }

    @Test
    void nodeInfoIsWhereItsLinkSays() {
        var links = get(SHELTER.url().resolve("/.well-known/nodeinfo"));
        var info = get(SHELTER.url().resolve("/nodeinfo/2.1"));

        assertThat(links.body()).contains(SHELTER.url() + "/nodeinfo/2.1");
        assertThat(info.body()).contains("\"name\":\"waymark\"", "\"openRegistrations\":false");
    }

    private static HttpResponse<String> webFinger(String resource) {
        var named =
                resource.replace("URL", SHELTER.url().toString())
                        .replace("HOST", SHELTER.url().getAuthority())
                        .replace("ID", SHELTER.organization().id().toString());
        return get(
                SHELTER.url()
                        .resolve(
                                "/.well-known/webfinger?resource="
                                        + URLEncoder.encode(named, StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> get(URI address, String... headers) {
        var request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(HttpResponse<String> answer) {
        return answer.body().getBytes(StandardCharsets.UTF_8);
    }
}
