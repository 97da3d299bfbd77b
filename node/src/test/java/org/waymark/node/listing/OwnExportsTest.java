// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.transport.ClientSettings;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.Expected;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.NetworkRules;
import org.waymark.node.TestNode;

/// What a listing says comes from many hands, and goes out in many forms. None of them can be taken
/// for an activity or an actor of this node, whoever asks for one.
class OwnExportsTest {

    private static final TestNode NODE =
            TestNode.still(Clock.systemUTC(), "shelter", "The Shelter");
    private static final Listing LISTING =
            NODE.domains()
                    .listings()
                    .add(
                            NODE.acting(),
                            Draft.named(Text.of("en", "Free soup"))
                                    .topics(Set.of(Topic.HEALTH))
                                    .phones(List.of(Phone.of("+49 30 5550101")))
                                    .build());
    private static final GuardedClient CLIENT =
            GuardedClient.of(
                    ClientSettings.of(NetworkRules.allowing(List.of("127.0.0.0/8")), "reader"),
                    Clock.systemUTC());

    @BeforeAll
    static void publish() {
        NODE.runDue();
    }

    @AfterAll
    static void close() {
        NODE.close();
    }

    @Tag("attack:own-exports-as-activities")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hsds",
                "/hsds/services",
                "/hsds/services/ID",
                "/hsds/organizations",
                "/hsds/service_at_locations",
                "/hsds/taxonomies",
                "/hsds/taxonomy_terms",
                "/nodeinfo/2.1",
                "/.well-known/nodeinfo",
                "/.well-known/webfinger?resource=acct:shelter@HOST",
                "/.well-known/host-meta",
                "/en/s/ID",
                "/en/search?q=soup",
                "/en",
            })
    void nothingButObjectsOfTheProtocolIsReadAsOne(String path) {
        var exchange = get(path);

        assertThat(exchange)
                .satisfiesAnyOf(
                        it -> assertThat(it).isEqualTo(new Exchange.Refused("media-type-wrong")),
                        // Something that is not there at all is fine, too.
                        it ->
                                assertThat(((Exchange.Answer) it).status())
                                        .isGreaterThanOrEqualTo(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVICE", "/actor", "/o/ORGANIZATION", "/o/ORGANIZATION/listings"})
    void objectsOfTheProtocolAre(String path) {
        assertThat(get(path))
                .isInstanceOfSatisfying(
                        Exchange.Answer.class, it -> assertThat(it.status()).isEqualTo(200));
    }

    private static Exchange get(String path) {
        if (path.equals("SERVICE")) {
            return CLIENT.get(LISTING.uri(), Expected.ACTIVITY);
        }
        var address =
                path.replace("ORGANIZATION", NODE.organization().id().value().toString())
                        .replace("ID", LISTING.id().value().toString())
                        .replace("HOST", NODE.url().getAuthority());
        return CLIENT.get(URI.create(NODE.url() + address), Expected.ACTIVITY);
    }
}
