// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.Keys;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.MemoryReplayGuard;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.Request;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.StrictJson;

/// One actor brings what another said. Only the other's own proof over all of it makes it count.
class ForwardingTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
    private static final URI SELF = URI.create("https://b.example");
    private static final URI INBOX = URI.create("https://b.example/inbox");
    private static final Keys AUTHOR = Keys.of("https://a.example/o/1");
    private static final Keys NEIGHBOUR = Keys.of("https://a.example/o/9");
    private static final Keys BEARER = Keys.of("https://c.example/o/3");
    private static final Keys STRANGER = Keys.of("https://d.example/o/4");

    private final Directory keys = new Directory();
    private final MemoryReplayGuard replays = new MemoryReplayGuard(CLOCK, 100);
    private final Gate gate = new Gate(SELF, keys, CLOCK);
    private final Inbox inbox =
            new Inbox(
                    gate,
                    replays,
                    new ProofGate(keys, CLOCK),
                    (bearer, _) -> bearer.id().equals(BEARER.actor()));

    @Test
    void whatItsActorProvesIsTakenFromWhoMayBringIt() {
        assertThat(brings(BEARER, proven(AUTHOR)))
                .isInstanceOfSatisfying(
                        Received.Forwarded.class,
                        it -> {
                            assertThat(it.actor().id()).isEqualTo(AUTHOR.actor());
                            assertThat(it.key().id()).isEqualTo(AUTHOR.ed25519Id());
                            assertThat(it.bearer().id()).isEqualTo(BEARER.actor());
                        });
    }

    @Test
    void whatAnActorSaysItselfNeedsNoProof() {
        assertThat(brings(AUTHOR, create())).isInstanceOf(Received.Accepted.class);
        // And one that it has is nobody's business then: the signature says more.
        assertThat(brings(AUTHOR, proven(AUTHOR).put("summary", "changed")))
                .isInstanceOf(Received.Accepted.class);
    }

    @Tag("attack:forwarded-without-proof")
    @Test
    void withoutProofItIsRefusedAndNothingIsFetched() {
        assertThat(brings(BEARER, create()))
                .isEqualTo(new Received.Refused(403, "signer-not-actor"));
        assertThat(brings(BEARER, (ObjectNode) create().putNull("proof")))
                .isEqualTo(new Received.Refused(403, "signer-not-actor"));
        assertThat(keys.asked).isEmpty();
    }

    @Tag("attack:forwarded-without-proof")
    @Test
    void aProofOfTheObjectAloneIsNoProofOfTheActivity() {
        var object = new ObjectProofs(CLOCK).sign(AUTHOR.ed25519Key(), note());
        var activity = create();
        activity.set("object", object);

        assertThat(brings(BEARER, activity))
                .isEqualTo(new Received.Refused(403, "signer-not-actor"));
        activity.set("proof", object.get("proof"));
        assertThat(brings(BEARER, activity)).isEqualTo(new Received.Refused(403, "proof-wrong"));
    }

    @Tag("attack:forwarded-and-changed")
    @Test
    void anyMemberThatChangedUnderwayEndsIt() {
        assertThat(brings(BEARER, proven(AUTHOR))).isInstanceOf(Received.Forwarded.class);

        assertThat(brings(BEARER, proven(AUTHOR).put("type", "Update")))
                .isEqualTo(new Received.Refused(403, "proof-wrong"));
        assertThat(brings(BEARER, proven(AUTHOR).put("id", "https://a.example/a/2")))
                .isEqualTo(new Received.Refused(403, "proof-wrong"));
        assertThat(brings(BEARER, proven(AUTHOR).put("to", "https://b.example/o/2")))
                .isEqualTo(new Received.Refused(403, "proof-wrong"));
        assertThat(brings(BEARER, proven(AUTHOR).put("added", "by the bearer")))
                .isEqualTo(new Received.Refused(403, "proof-wrong"));
        var words = proven(AUTHOR);
        ((ObjectNode) words.get("object")).put("content", "Closed");
        assertThat(brings(BEARER, words)).isEqualTo(new Received.Refused(403, "proof-wrong"));
    }

    @Tag("attack:forwarded-with-foreign-proof")
    @Test
    void onlyTheActorsOwnProofCounts() {
        assertThat(brings(BEARER, proven(create(), BEARER.ed25519Key())))
                .isEqualTo(new Received.Refused(403, "proof-by-another-actor"));
        assertThat(brings(BEARER, proven(create(), NEIGHBOUR.ed25519Key())))
                .isEqualTo(new Received.Refused(403, "proof-by-another-actor"));
        // A key that the actor does not list, under a name that it lists.
        var forged = new SigningKey(AUTHOR.ed25519Id(), BEARER.ed25519().getPrivate());
        assertThat(brings(BEARER, proven(create(), forged)))
                .isEqualTo(new Received.Refused(403, "proof-wrong"));
    }

    @Tag("attack:forwarded-by-anyone")
    @Test
    void whoMayNotBringItIsRefusedBeforeAnybodyIsAsked() {
        assertThat(brings(STRANGER, proven(AUTHOR)))
                .isEqualTo(new Received.Refused(403, "forwarding-refused"));
        assertThat(brings(NEIGHBOUR, proven(AUTHOR)))
                .isEqualTo(new Received.Refused(403, "forwarding-refused"));
        assertThat(keys.asked).doesNotContain(AUTHOR.ed25519Id());

        var strict = new Inbox(gate, replays);
        assertThat(strict.receive(request(BEARER.rsaKey(), bytes(proven(AUTHOR)))))
                .isEqualTo(new Received.Refused(403, "signer-not-actor"));
    }

    @Test
    void theLastWordOfAnActorIsNeverForwarded() {
        var farewell =
                Draft.activity("Delete", URI.create("https://a.example/a/1"), AUTHOR.actor())
                        .set("object", AUTHOR.actor())
                        .document();

        assertThat(brings(BEARER, proven(farewell, AUTHOR.ed25519Key())))
                .isEqualTo(new Received.Refused(403, "signer-not-actor"));
    }

    @Test
    void whatIsBroughtStaysWithinWhatItsActorMaySay() {
        var foreign = create();
        foreign.set("object", Draft.of("Note", URI.create("https://d.example/s/1")).document());

        assertThat(brings(BEARER, proven(foreign, AUTHOR.ed25519Key())))
                .isEqualTo(new Received.Refused(403, "object-of-other-origin"));
    }

    @Test
    void aRequestThatWasBroughtIsTakenOnce() {
        var request = request(BEARER.rsaKey(), bytes(proven(AUTHOR)));

        assertThat(inbox.receive(request)).isInstanceOf(Received.Forwarded.class);
        assertThat(inbox.receive(request))
                .isEqualTo(new Received.Refused(401, "signature-replayed"));
    }

    @Test
    void anHonestBearerKeepsNothingElseBackWhenTheActorsServerIsSilent() {
        keys.silent.add(AUTHOR.ed25519Id());

        assertThat(brings(BEARER, proven(AUTHOR)))
                .isEqualTo(new Received.Refused(403, "author-unavailable"));
    }

    private Received brings(Keys bearer, ObjectNode activity) {
        return inbox.receive(request(bearer.rsaKey(), bytes(activity)));
    }

    private static byte[] bytes(ObjectNode activity) {
        return StrictJson.write(activity);
    }

    private static Request request(SigningKey key, byte[] body) {
        Map<String, String> headers = new Cavage(CLOCK).sign(key, "POST", INBOX, body);
        return new Request("POST", "/inbox", Headers.single(headers), body);
    }

    private static ObjectNode note() {
        return Draft.of("Note", URI.create("https://a.example/s/1"))
                .set("attributedTo", AUTHOR.actor())
                .set("content", "Open")
                .document();
    }

    private static ObjectNode create() {
        var activity =
                Draft.activity("Create", URI.create("https://a.example/a/1"), AUTHOR.actor())
                        .document();
        activity.set("object", note());
        return activity;
    }

    private static ObjectNode proven(Keys by) {
        return proven(create(), by.ed25519Key());
    }

    private static ObjectNode proven(ObjectNode activity, SigningKey key) {
        return new ObjectProofs(CLOCK).sign(key, activity);
    }

    private static final class Directory implements KeyDirectory {
        private final Map<URI, Lookup> known = new HashMap<>();
        private final Set<URI> asked = new HashSet<>();
        private final Set<URI> silent = new HashSet<>();

        Directory() {
            for (Keys keys : new Keys[] {AUTHOR, NEIGHBOUR, BEARER, STRANGER}) {
                Actor actor = keys.document();
                for (URI id : new URI[] {keys.rsaId(), keys.ed25519Id()}) {
                    var key = VerificationKey.listedBy(actor, id).orElseThrow();
                    known.put(id, new Lookup.Found(key, actor));
                }
            }
        }

        @Override
        public Lookup find(URI keyId) {
            asked.add(keyId);
            return silent.contains(keyId)
                    ? new Lookup.Unavailable("deadline-passed")
                    : known.getOrDefault(keyId, new Lookup.Missing("key-not-listed"));
        }

        @Override
        public Lookup refetch(URI keyId) {
            return find(keyId);
        }

        @Override
        public boolean remembers(URI keyId) {
            return known.containsKey(keyId);
        }

        @Override
        public void verified(URI keyId, Actor owner) {}
    }
}
