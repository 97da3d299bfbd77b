// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.Site;
import org.waymark.federation.discovery.WebFingerLookup.Outcome;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.StrictJson;

class DiscoveryTest {
    private static final String PATH = "/.well-known/webfinger";
    private static final WebFinger SHELTER =
            new WebFinger(
                    "acct:shelter@a.example",
                    URI.create("https://a.example/o/1"),
                    URI.create("https://a.example/en/o/1"));

    private final WebFingerLookup lookup =
            new WebFingerLookup(
                    GuardedClient.of(
                            ClientSettings.of(
                                    NetworkRules.allowing(List.of("127.0.0.0/8")), "test"),
                            Clock.systemUTC()));

    @ParameterizedTest
    @CsvSource({
        "acct:shelter@a.example,      acct:shelter@a.example",
        "shelter@A.Example,           acct:shelter@a.example",
        "@shelter@a.example:8443,     acct:shelter@a.example:8443",
        "ACCT:a-b_c.d@xn--bcher-kva.example, acct:a-b_c.d@xn--bcher-kva.example",
    })
    void readsAnAccountHoweverItIsWritten(String text, String uri) {
        assertThat(Account.parse(text).map(Account::uri)).contains(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shelter",
                "@a.example",
                "a@",
                "a@b@c",
                "a b@c",
                "a@b/c",
                "a@b?c",
                "a@b#c"
            })
    void refusesWhatIsNoAccount(String text) {
        assertThat(Account.parse(text)).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(WebFinger.read(StrictJson.write(SHELTER.json())))
                .isEqualTo(new Reading.Read<>(SHELTER));
    }

    @Test
    void findsAnActorByAccountAndByServer() {
        try (var site = new Site(it -> it.get(PATH, answer()))) {
            var account = new Account("shelter", site.at("").getRawAuthority());

            assertThat(lookup.find(account)).isEqualTo(new Outcome.Found(SHELTER));
            assertThat(lookup.findServer(site.at("/"))).isEqualTo(new Outcome.Found(SHELTER));
        }
    }

    @Tag("attack:endless-redirect")
    @Test
    void followsOneRedirectAndNoSecond() {
        try (var site = new Site(it -> it.get(PATH, redirect("/once")).get("/once", answer()))) {
            assertThat(lookup.findServer(site.at("/"))).isEqualTo(new Outcome.Found(SHELTER));
        }
        try (var site =
                new Site(
                        it ->
                                it.get(PATH, redirect("/once"))
                                        .get("/once", redirect("/twice"))
                                        .get("/twice", answer()))) {
            assertThat(lookup.findServer(site.at("/")))
                    .isEqualTo(new Outcome.Refused("redirected-twice"));
        }
    }

    @Tag("attack:ssrf-by-redirect")
    @Test
    void checksARedirectLikeAFirstRequest() {
        try (var site = new Site(it -> it.get(PATH, redirect("https://10.0.0.1/")))) {
            assertThat(lookup.findServer(site.at("/")))
                    .isEqualTo(new Outcome.Refused("address-not-allowed"));
        }
    }

    @Test
    void tellsAbsentFromBroken() {
        try (var site = new Site(it -> it.get(PATH, Site.text(404, "text/plain", "no")))) {
            assertThat(lookup.findServer(site.at("/"))).isEqualTo(new Outcome.NotFound());
        }
        try (var site = new Site(it -> it.get(PATH, Site.text(503, "text/plain", "no")))) {
            assertThat(lookup.findServer(site.at("/"))).isEqualTo(new Outcome.Failed("status-503"));
        }
        try (var site =
                new Site(
                        it ->
                                it.get(
                                        PATH,
                                        Site.text(
                                                200,
                                                "application/jrd+json",
                                                "{\"subject\":\"acct:a@b\",\"links\":[]}")))) {
            assertThat(lookup.findServer(site.at("/")))
                    .isEqualTo(new Outcome.Refused("webfinger-actor-missing"));
        }
    }

    @Test
    void nodeInfoAndHostMetaNameWhereToGo() {
        var json = NodeInfo.wellKnown(URI.create("https://a.example/nodeinfo/2.1"));

        assertThat(json.at("/links/0/href").asText()).isEqualTo("https://a.example/nodeinfo/2.1");
        assertThat(json.at("/links/0/rel").asText()).isEqualTo(NodeInfo.SCHEMA);
        assertThat(HostMeta.xml(URI.create("https://a.example/x")))
                .contains("template=\"https://a.example/.well-known/webfinger?resource={uri}\"");
    }

    @Test
    void nodeInfoHasEveryMemberItsSchemaRequires() {
        var info =
                new NodeInfo(
                        "waymark",
                        "0.1.0",
                        URI.create("https://a.example/source"),
                        URI.create("https://a.example/"),
                        false,
                        3,
                        40,
                        "Shelter");

        assertThat(info.json().fieldNames())
                .toIterable()
                .contains(
                        "version",
                        "software",
                        "protocols",
                        "services",
                        "openRegistrations",
                        "usage",
                        "metadata");
        assertThat(info.json().at("/software/name").asText()).matches("[a-z0-9-]+");
    }

    private static Handler answer() {
        return Site.text(
                200,
                "application/jrd+json",
                new String(StrictJson.write(SHELTER.json()), StandardCharsets.UTF_8));
    }

    private static Handler redirect(String location) {
        return (_, response) -> {
            response.status(Status.FOUND_302);
            response.header(HeaderNames.LOCATION, location);
            response.send();
        };
    }
}
