// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.federation.Keys;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.MemoryReplayGuard;
import org.waymark.federation.signature.Request;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;

class InboxTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
    private static final URI SELF = URI.create("https://b.example");
    private static final URI INBOX = URI.create("https://b.example/o/2/inbox");
    private static final Keys SHELTER = Keys.of("https://a.example/o/1");
    private static final Keys CLINIC = Keys.of("https://c.example/o/3");
    private static final Keys ROTATED = Keys.of("https://a.example/o/1");

    private final KnownKeys keys = new KnownKeys();
    private final Inbox inbox =
            new Inbox(new Gate(SELF, keys, CLOCK), new MemoryReplayGuard(CLOCK, 100));

    InboxTest() {
        keys.now(SHELTER);
        keys.now(CLINIC);
    }

    @Test
    void acceptsWhatItsActorSigned() {
        Received received = receives(SHELTER, follow(SHELTER));

        assertThat(received)
                .isInstanceOfSatisfying(
                        Received.Accepted.class,
                        it -> {
                            assertThat(it.activity()).isInstanceOf(Activity.Follow.class);
                            assertThat(it.actor().id()).isEqualTo(SHELTER.actor());
                            assertThat(it.key().id()).isEqualTo(SHELTER.rsaId());
                        });
    }

    @Tag("attack:delete-storm")
    @Test
    void theEndOfSomebodyNeverMetCostsNoLookup() {
        var strangers = Keys.of("https://gone.example/users/1");

        Received received = receives(strangers, delete(strangers, strangers.actor()));

        assertThat(received).isInstanceOf(Received.Ignored.class);
        assertThat(keys.lookups).isZero();

        // Who is known is heard, and who deletes something else has to sign for it.
        assertThat(receives(SHELTER, delete(SHELTER, SHELTER.actor())))
                .isInstanceOf(Received.Accepted.class);
        assertThat(receives(strangers, delete(strangers, strangers.actor().resolve("/s/1"))))
                .isEqualTo(new Received.Refused(401, "key-not-listed"));
    }

    private static byte[] delete(Keys actor, URI object) {
        return Draft.activity("Delete", actor.actor().resolve("/a/2"), actor.actor())
                .set("object", object)
                .bytes();
    }

    @Test
    void acceptsEd25519AsWell() {
        assertThat(inbox.receive(request(SHELTER.ed25519Key(), follow(SHELTER))))
                .isInstanceOf(Received.Accepted.class);
    }

    @Tag("attack:signer-not-actor-shared-inbox")
    @Test
    void refusesAnActivityWhoseActorIsOfAnotherHostAndFetchesNothing() {
        assertThat(receives(CLINIC, follow(SHELTER)))
                .isEqualTo(new Received.Refused(403, "signer-not-actor"));
        assertThat(keys.lookups).isZero();
    }

    @Test
    void refusesAnActivityWhoseActorIsAnotherOfTheSameHost() {
        var neighbour = Keys.of("https://a.example/o/9");
        keys.now(neighbour);

        assertThat(receives(neighbour, follow(SHELTER)))
                .isEqualTo(new Received.Refused(403, "signer-not-actor"));
        assertThat(receives(neighbour, follow(neighbour))).isInstanceOf(Received.Accepted.class);
    }

    @Test
    void refusesASignatureMadeWithAnotherKeyThanItNames() {
        var forged = new SigningKey(SHELTER.rsaId(), CLINIC.rsa().getPrivate());

        assertThat(inbox.receive(request(forged, follow(SHELTER))))
                .isEqualTo(new Received.Refused(401, "signature-wrong"));
    }

    @Test
    void refusesARequestWithoutSignature() {
        var bare =
                new Request(
                        "POST",
                        "/o/2/inbox",
                        Headers.of(Map.of("Host", List.of("b.example"))),
                        follow(SHELTER));

        assertThat(inbox.receive(bare)).isEqualTo(new Received.Refused(401, "signature-missing"));
    }

    @Tag("attack:digest-stale")
    @Test
    void refusesAStaleDigest() {
        var signed = request(SHELTER.rsaKey(), follow(SHELTER));
        var changed =
                new Request(signed.method(), signed.target(), signed.headers(), follow(CLINIC));

        assertThat(inbox.receive(changed)).isEqualTo(new Received.Refused(401, "digest-wrong"));
    }

    @Tag("attack:signed-for-other-host")
    @Tag("attack:signed-for-other-scheme")
    @ParameterizedTest
    @CsvSource({
        "https://b.example/o/2/inbox,     ''",
        "https://B.EXAMPLE/o/2/inbox,     ''",
        "https://b.example:443/o/2/inbox, ''",
        "https://c.example/o/2/inbox,     host-wrong",
        "https://b.example:8443/o/2/inbox, host-wrong",
        "https://b.example./o/2/inbox,    host-wrong",
    })
    void acceptsOnlyWhatWasSignedForThisHost(URI target, String code) {
        var received = inbox.receive(request(SHELTER.rsaKey(), target, follow(SHELTER)));

        if (code.isEmpty()) {
            assertThat(received).isInstanceOf(Received.Accepted.class);
        } else {
            assertThat(received).isEqualTo(new Received.Refused(401, code));
        }
    }

    @Test
    void refusesTheSameSignatureTwiceAndTheSameActivityNot() {
        var request = request(SHELTER.rsaKey(), follow(SHELTER));
        var again = request(SHELTER.ed25519Key(), follow(SHELTER));

        assertThat(inbox.receive(request)).isInstanceOf(Received.Accepted.class);
        assertThat(inbox.receive(request))
                .isEqualTo(new Received.Refused(401, "signature-replayed"));
        assertThat(inbox.receive(again)).isInstanceOf(Received.Accepted.class);
    }

    @Test
    void asksOnceAgainForAKeyThatDoesNotVerify() {
        keys.later(ROTATED);

        assertThat(receives(ROTATED, follow(ROTATED))).isInstanceOf(Received.Accepted.class);
        assertThat(keys.refetches).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatDoesNotVerifyAfterAskingAgainEither() {
        assertThat(receives(ROTATED, follow(ROTATED)))
                .isEqualTo(new Received.Refused(401, "signature-wrong"));
        assertThat(keys.refetches).isEqualTo(1);
    }

    @Test
    void tellsAnHonestSenderToComeBackWhenItsServerCannotBeAsked() {
        var silent = Keys.of("https://d.example/o/4");
        keys.lookup(silent.rsaId(), new KeyDirectory.Lookup.Unavailable("deadline-passed"));

        assertThat(receives(silent, follow(silent)))
                .isEqualTo(new Received.Refused(503, "key-unavailable"));
    }

    @Test
    void refusesTheKeyOfAnActorThatIsGone() {
        var gone = Keys.of("https://d.example/o/4");
        keys.lookup(gone.rsaId(), new KeyDirectory.Lookup.Gone());

        assertThat(receives(gone, follow(gone))).isEqualTo(new Received.Refused(401, "key-gone"));
    }

    @Test
    void believesTheLastWordOfAnActorThatIsGoneByTheKeyRememberedOfIt() {
        var gone = Keys.of("https://d.example/o/4");
        var other = Keys.of("https://d.example/o/4");
        keys.lookup(gone.rsaId(), new KeyDirectory.Lookup.Gone());
        keys.remembered(gone);

        assertThat(receives(gone, delete(gone, gone.actor())))
                .isInstanceOf(Received.Accepted.class);
        assertThat(receives(other, delete(gone, gone.actor())))
                .isEqualTo(new Received.Refused(401, "signature-wrong"));
        assertThat(receives(gone, delete(gone, gone.actor().resolve("/s/1"))))
                .isEqualTo(new Received.Refused(401, "key-gone"));
        assertThat(receives(gone, follow(gone))).isEqualTo(new Received.Refused(401, "key-gone"));
    }

    @Test
    void refusesWhatCannotBeRead() {
        assertThat(receives(SHELTER, "{\"type\":\"Follow\",\"type\":\"Offer\"}"))
                .isEqualTo(new Received.Refused(400, "json-duplicate-member"));
        assertThat(receives(SHELTER, "{\"type\":\"Follow\"}"))
                .isEqualTo(new Received.Refused(400, "id-missing"));
        assertThat(receives(SHELTER, "x".repeat(1_048_577)))
                .isEqualTo(new Received.Refused(413, "document-too-large"));
    }

    @Tag("attack:take-over-other-host-update")
    @Test
    void refusesATakeOverOfAnotherHostsObject() {
        byte[] update =
                Draft.activity("Update", URI.create("https://a.example/a/1"), SHELTER.actor())
                        .set("object", Draft.of("Note", URI.create("https://c.example/s/1")))
                        .bytes();

        assertThat(receives(SHELTER, update))
                .isEqualTo(new Received.Refused(403, "object-of-other-origin"));
    }

    @Test
    void theGateAloneTellsWhoAsksForADocument() {
        var gate = new Gate(SELF, keys, CLOCK);
        URI target = URI.create("https://b.example/r/1");
        Map<String, String> headers =
                new Cavage(CLOCK).sign(SHELTER.rsaKey(), "GET", target, new byte[0]);

        var signed = gate.check(new Request("GET", "/r/1", Headers.single(headers), new byte[0]));

        assertThat(signed)
                .isInstanceOfSatisfying(
                        Gate.Signed.By.class,
                        it -> assertThat(it.actor().id()).isEqualTo(SHELTER.actor()));
    }

    private Received receives(Keys signer, String body) {
        return receives(signer, body.getBytes(StandardCharsets.UTF_8));
    }

    private Received receives(Keys signer, byte[] body) {
        return inbox.receive(request(signer.rsaKey(), body));
    }

    private static Request request(SigningKey key, byte[] body) {
        return request(key, INBOX, body);
    }

    private static Request request(SigningKey key, URI target, byte[] body) {
        Map<String, String> headers = new Cavage(CLOCK).sign(key, "POST", target, body);
        return new Request("POST", Cavage.requestTarget(target), Headers.single(headers), body);
    }

    private static byte[] follow(Keys actor) {
        return Draft.activity("Follow", actor.actor().resolve("/a/1"), actor.actor())
                .set("object", URI.create("https://b.example/actor"))
                .bytes();
    }

    /// A directory that answers from a table, and from another one when asked again.
    private static final class KnownKeys implements KeyDirectory {
        private final Map<URI, Lookup> known = new HashMap<>();
        private final Map<URI, Lookup> fresh = new HashMap<>();
        private final Map<URI, Lookup> remembered = new HashMap<>();
        private int lookups;
        private int refetches;

        void now(Keys keys) {
            List.of(keys.rsaId(), keys.ed25519Id())
                    .forEach(
                            id -> {
                                known.put(id, found(keys, id));
                                fresh.put(id, found(keys, id));
                            });
        }

        void later(Keys keys) {
            fresh.put(keys.rsaId(), found(keys, keys.rsaId()));
        }

        void remembered(Keys keys) {
            remembered.put(keys.rsaId(), found(keys, keys.rsaId()));
        }

        @Override
        public Lookup findRemembered(URI keyId) {
            return remembered.getOrDefault(keyId, new Lookup.Missing("key-not-listed"));
        }

        void lookup(URI keyId, Lookup lookup) {
            known.put(keyId, lookup);
        }

        @Override
        public Lookup find(URI keyId) {
            lookups++;
            return known.getOrDefault(keyId, new Lookup.Missing("key-not-listed"));
        }

        @Override
        public boolean remembers(URI keyId) {
            return known.containsKey(keyId);
        }

        @Override
        public void verified(URI keyId, Actor owner) {}

        @Override
        public Lookup refetch(URI keyId) {
            refetches++;
            return fresh.getOrDefault(keyId, new Lookup.Missing("key-not-listed"));
        }

        private static Lookup found(Keys keys, URI keyId) {
            Actor actor = keys.document();
            return new Lookup.Found(VerificationKey.listedBy(actor, keyId).orElseThrow(), actor);
        }
    }
}
