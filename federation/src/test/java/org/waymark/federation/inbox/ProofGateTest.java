// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.Keys;
import org.waymark.federation.inbox.ProofGate.Proven;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Draft;

class ProofGateTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
    private static final Keys SHELTER = Keys.of("https://a.example/o/1");
    private static final Keys CLINIC = Keys.of("https://c.example/o/3");
    private static final Keys ROTATED = Keys.of("https://a.example/o/1");

    private final Directory directory = new Directory();
    private final ProofGate gate = new ProofGate(directory, CLOCK);

    @Test
    void anObjectIsProvenByItsAuthorWhoeverBringsIt() {
        directory.now(SHELTER);

        assertThat(gate.check(note(SHELTER.ed25519Key())))
                .isInstanceOfSatisfying(
                        Proven.By.class,
                        it -> assertThat(it.author().id()).isEqualTo(SHELTER.actor()));
        assertThat(directory.verified).containsExactly(SHELTER.ed25519Id());
    }

    @Test
    void anObjectWithoutProofIsUnsigned() {
        assertThat(gate.check(bare())).isEqualTo(new Proven.Unsigned());
    }

    @Test
    void aChangedObjectIsRefused() {
        directory.now(SHELTER);

        assertThat(gate.check(note(SHELTER.ed25519Key()).put("content", "Closed")))
                .isEqualTo(new Proven.Refused("proof-wrong"));
        assertThat(directory.verified).isEmpty();
    }

    @Tag("attack:signer-not-author-of-proof")
    @Test
    void aKeyOfAnotherServerIsRefusedAndNothingIsFetched() {
        directory.now(CLINIC);

        assertThat(gate.check(note(CLINIC.ed25519Key())))
                .isEqualTo(new Proven.Refused("proof-by-another-actor"));
        assertThat(directory.asked).isEmpty();
    }

    @Test
    void aKeyThatDoesNotVerifyIsAskedForOnceAgain() {
        directory.now(SHELTER);
        directory.later(ROTATED);

        assertThat(gate.check(note(ROTATED.ed25519Key()))).isInstanceOf(Proven.By.class);
        assertThat(directory.asked).hasSize(2);
    }

    @Test
    void whatCannotBeAskedIsNeitherProvenNorRefused() {
        directory.known.put(
                SHELTER.ed25519Id(), new KeyDirectory.Lookup.Unavailable("deadline-passed"));
        assertThat(gate.check(note(SHELTER.ed25519Key())))
                .isEqualTo(new Proven.Unavailable("deadline-passed"));

        directory.known.put(SHELTER.ed25519Id(), new KeyDirectory.Lookup.Gone());
        assertThat(gate.check(note(SHELTER.ed25519Key())))
                .isEqualTo(new Proven.Refused("key-gone"));
    }

    private static ObjectNode bare() {
        return Draft.of("Note", URI.create("https://a.example/s/1"))
                .set("attributedTo", SHELTER.actor())
                .set("content", "Open")
                .document();
    }

    private static ObjectNode note(SigningKey key) {
        return new ObjectProofs(CLOCK).sign(key, bare());
    }

    /// Answers from a table, and from another one when asked again.
    private static final class Directory implements KeyDirectory {
        private final Map<URI, Lookup> known = new HashMap<>();
        private final Map<URI, Lookup> fresh = new HashMap<>();
        private final List<URI> asked = new ArrayList<>();
        private final List<URI> verified = new ArrayList<>();

        void now(Keys keys) {
            known.put(keys.ed25519Id(), found(keys));
            fresh.put(keys.ed25519Id(), found(keys));
        }

        void later(Keys keys) {
            fresh.put(keys.ed25519Id(), found(keys));
        }

        @Override
        public Lookup find(URI keyId) {
            asked.add(keyId);
            return known.getOrDefault(keyId, new Lookup.Missing("key-not-listed"));
        }

        @Override
        public Lookup refetch(URI keyId) {
            asked.add(keyId);
            return fresh.getOrDefault(keyId, new Lookup.Missing("key-not-listed"));
        }

        @Override
        public boolean remembers(URI keyId) {
            return true;
        }

        @Override
        public void verified(URI keyId, Actor owner) {
            verified.add(keyId);
        }

        private static Lookup found(Keys keys) {
            Actor actor = keys.document();
            return new Lookup.Found(
                    VerificationKey.listedBy(actor, keys.ed25519Id()).orElseThrow(), actor);
        }
    }
}
