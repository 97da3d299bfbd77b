// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waymark.federation.signature.Knocks;
import org.waymark.federation.signature.Scheme;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.node.TestClock;
import org.waymark.node.database.Database;
import org.waymark.node.database.Databases;

/// What is remembered of how a host reads signatures, and for how long.
class KnockingTest {
    private static final URI PARTNER = URI.create("https://partner.example:8443/o/1");
    private static final String HOST = "partner.example:8443";

    private final TestClock clock = new TestClock();
    private final Database database = Databases.inMemory();
    private HostSchemes schemes = new HostSchemes(database, clock);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nothingIsKnownOfAStranger() {
        assertThat(schemes.find(HOST)).isEmpty();
    }

    @Test
    void whatAHostTookIsRememberedAcrossARestartAndForAMonth() {
        schemes.remember(HOST, Scheme.RFC9421_RSA);
        schemes = new HostSchemes(database, clock);

        assertThat(schemes.find(HOST)).contains(Scheme.RFC9421_RSA);
        clock.advance(Duration.ofDays(30));
        assertThat(schemes.find(HOST)).isEmpty();
    }

    @Test
    void aHostThatSignedAfterRfc9421ReadsItToo() {
        schemes.signedRfc9421(PARTNER);

        assertThat(schemes.find(HOST)).contains(Scheme.RFC9421_RSA);
    }

    @Test
    void aHostWhoseActorsSaySoReadsEd25519() {
        schemes.described(actor("#somethingElse"));
        assertThat(schemes.find(HOST)).isEmpty();

        schemes.described(actor(Knocks.READS_ED25519));
        assertThat(schemes.find(HOST)).contains(Scheme.RFC9421_ED25519);
        // Its own RFC 9421 signatures are no reason to fall back.
        clock.advance(Duration.ofDays(2));
        schemes.signedRfc9421(PARTNER);
        assertThat(schemes.find(HOST)).contains(Scheme.RFC9421_ED25519);
    }

    @Test
    void whatWasTriedCountsMoreThanWhatIsSaidForADay() {
        schemes.remember(HOST, Scheme.CAVAGE);

        schemes.signedRfc9421(PARTNER);
        schemes.described(actor(Knocks.READS_ED25519));
        assertThat(schemes.find(HOST)).contains(Scheme.CAVAGE);

        clock.advance(Duration.ofDays(1));
        schemes.described(actor(Knocks.READS_ED25519));
        assertThat(schemes.find(HOST)).contains(Scheme.RFC9421_ED25519);
    }

    private static Actor actor(String capability) {
        var draft = Draft.of("Organization", PARTNER).set("inbox", URI.create(PARTNER + "/inbox"));
        var json = draft.document();
        json.putObject("generator")
                .put("type", "Application")
                .putArray("implements")
                .addObject()
                .put("href", "https://datatracker.ietf.org/" + capability)
                .put("name", "it");
        json.withObject("generator")
                .withArray("implements")
                .addObject()
                .put("href", capability)
                .put("name", "it");
        return new Actor(json);
    }
}
