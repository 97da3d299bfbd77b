// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.waymark.federation.Keys;
import org.waymark.federation.vocabulary.Draft;
import org.waymark.federation.vocabulary.Multibase;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.StrictJson;

class ObjectProofsTest {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final Instant THEN = Instant.parse("2023-02-24T23:36:38Z");
    private static final Keys SHELTER = Keys.of("https://a.example/o/1");
    private static final Keys NEIGHBOUR = Keys.of("https://a.example/o/2");

    // The key of the examples in the suite's specification and in FEP-8b32.
    private static final String PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
    private static final String PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq";

    private final ObjectProofs proofs = at(NOW);

    @Test
    void theVectorOfFep8b32IsMadeAndVerified() {
        var alice = URI.create("https://server.example/users/alice");
        var keyId = URI.create("https://server.example/users/alice#ed25519-key");
        String activity =
                """
                {"@context": ["https://www.w3.org/ns/activitystreams",
                              "https://w3id.org/security/data-integrity/v1"],
                 "id": "https://server.example/activities/1",
                 "type": "Create", "actor": "https://server.example/users/alice",
                 "object": {"id": "https://server.example/objects/1", "type": "Note",
                            "attributedTo": "https://server.example/users/alice",
                            "content": "Hello world",
                            "location": {"type": "Place", "longitude": -71.184902,
                                         "latitude": 25.273962}}%s}""";
        String proof =
                """
                , "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022",
                  "verificationMethod": "https://server.example/users/alice#ed25519-key",
                  "proofPurpose": "assertionMethod",
                  "proofValue": "zLaewdp4H9kqtwyrLatK4cjY5oRHwVcw4gibPSUDYDMhi4M49v8pcYk3ZB6D69dNpAPbUmY8ocuJ3m9KhKJEEg7z",
                  "created": "2023-02-24T23:36:38Z"}""";
        var signed = json(activity.formatted(proof));

        assertThat(at(THEN).sign(new SigningKey(keyId, privateKey()), json(activity.formatted(""))))
                .isEqualTo(signed);
        assertThat(proofs.verify(signed, id -> key(id, alice))).isInstanceOf(Reading.Read.class);
        assertThat(
                        proofs.verify(
                                json(activity.formatted(proof).replace("Hello", "Hallo")),
                                id -> key(id, alice)))
                .isEqualTo(new Reading.Refused<VerificationKey>("proof-wrong"));
    }

    /// Data Integrity EdDSA Cryptosuites 1.0, appendix B.2. Its object has an issuer instead of an
    /// author, so we compare what is signed and the signature.
    @Test
    void theVectorOfTheSuiteIsMadeAndVerified() throws GeneralSecurityException {
        var bare =
                json(
                        """
                        {"@context": ["https://www.w3.org/ns/credentials/v2",
                                      "https://www.w3.org/ns/credentials/examples/v2"],
                         "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
                         "type": ["VerifiableCredential", "AlumniCredential"],
                         "name": "Alumni Credential",
                         "description": "A minimum viable example of an Alumni Credential.",
                         "issuer": "https://vc.example/issuers/5678",
                         "validFrom": "2023-01-01T00:00:00Z",
                         "credentialSubject": {"id": "did:example:abcdefgh",
                                               "alumniOf": "The School of Examples"}}""");
        String did = "did:key:" + PUBLIC + "#" + PUBLIC;
        var options =
                json(
                        """
                        {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022",
                         "created": "2023-02-24T23:36:38Z", "verificationMethod": "%s",
                         "proofPurpose": "assertionMethod"}"""
                                .formatted(did));

        byte[] hashes = ObjectProofs.hashes(bare, options);
        byte[] signature = Algorithm.ED25519.sign(privateKey(), hashes);

        assertThat(HexFormat.of().formatHex(hashes))
                .isEqualTo(
                        "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
                                + "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19");
        assertThat(HexFormat.of().formatHex(signature))
                .isEqualTo(
                        "407cd12654b33d718ecbb99179a1506daaa849450bf3fc523cce3e1c96f8b803"
                                + "51da3f253d725c6f00b07c9e5448d50b3ef78012b9ab54255116d069c6dd2808");
        assertThat(Multibase.base58(signature))
                .isEqualTo(
                        "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFu"
                                + "UfjoJdcnTMuVor51aX");
        assertThat(
                        Algorithm.ED25519.verify(
                                key(URI.create(did), URI.create(did)).orElseThrow().key(),
                                hashes,
                                signature))
                .isTrue();
    }

    @Test
    void whatItSignsItVerifiesAndTheObjectItselfStaysAsItWas() {
        var note = note();

        var signed = proofs.sign(SHELTER.ed25519Key(), note);

        assertThat(ObjectProofs.isSigned(note)).isFalse();
        assertThat(code(signed)).isEmpty();
        assertThat(code(StrictJson.read(StrictJson.write(signed)).orElseThrow())).isEmpty();
    }

    @Test
    void signingAgainReplacesTheProof() {
        var signed = proofs.sign(NEIGHBOUR.ed25519Key(), note());

        assertThat(proofs.sign(SHELTER.ed25519Key(), signed))
                .isEqualTo(proofs.sign(SHELTER.ed25519Key(), note()));
    }

    @Tag("attack:proof-options-added")
    @Tag("attack:proof-expired")
    @Tag("attack:proof-wrong-purpose")
    @Tag("attack:context-renames-terms")
    @Tag("attack:signer-not-author-of-proof")
    @TestFactory
    Stream<DynamicTest> refusesEveryAttackAndAcceptsItsNeighbour() {
        return Stream.of(
                row("no proof", "proof-missing", it -> it.remove("proof")),
                row("an empty proof", "proof-missing", it -> it.putNull("proof")),
                row("no proofs", "proof-missing", it -> it.putArray("proof")),
                row("a proof elsewhere", "proof-malformed", it -> it.put("proof", "https://a/p")),
                row(
                        "another type of proof",
                        "proof-malformed",
                        it -> proof(it).put("type", "Ed25519Signature2020")),
                row(
                        "an unknown suite",
                        "proof-suite-unknown",
                        it -> proof(it).put("cryptosuite", "eddsa-rdfc-2022")),
                row("no value", "proof-malformed", it -> proof(it).remove("proofValue")),
                row(
                        "a value of another base",
                        "proof-malformed",
                        it ->
                                proof(it)
                                        .put(
                                                "proofValue",
                                                Multibase.base64(
                                                        Multibase.read(
                                                                        proof(it)
                                                                                .path("proofValue")
                                                                                .asText())
                                                                .orElseThrow()))),
                row(
                        "a value of another length",
                        "proof-malformed",
                        it -> proof(it).put("proofValue", Multibase.base58(new byte[63]))),
                row("no key", "proof-malformed", it -> proof(it).remove("verificationMethod")),
                row(
                        "content changed after signing",
                        "proof-wrong",
                        it -> it.put("content", "Closed")),
                row("a member added after signing", "proof-wrong", it -> it.put("summary", "x")),
                row("a member removed after signing", "proof-wrong", it -> it.remove("name")),
                row(
                        "an option added after signing",
                        "proof-wrong",
                        it -> proof(it).put("nonce", "1")),
                row(
                        "an expiry added after signing",
                        "proof-wrong",
                        it -> proof(it).put("expires", "2026-03-01T00:00:00Z")),
                row(
                        "an expiry removed after signing",
                        "proof-wrong",
                        it -> {
                            resign(it, o -> o.put("expires", "2026-03-01T00:00:00Z"));
                            proof(it).remove("expires");
                        }),
                row(
                        "another time than signed",
                        "proof-wrong",
                        it -> proof(it).put("created", "2026-02-03T04:05:05Z")),
                row(
                        "a purpose changed after signing",
                        "proof-purpose-wrong",
                        it -> proof(it).put("proofPurpose", "authentication")),
                row(
                        "signed for another purpose",
                        "proof-purpose-wrong",
                        it -> resign(it, o -> o.put("proofPurpose", "authentication"))),
                row(
                        "signed for somebody else",
                        "proof-option-refused",
                        it -> resign(it, o -> o.put("domain", "c.example"))),
                row(
                        "signed as an answer",
                        "proof-option-refused",
                        it -> resign(it, o -> o.put("challenge", "1"))),
                row(
                        "signed upon another proof",
                        "proof-option-refused",
                        it -> resign(it, o -> o.put("previousProof", "urn:1"))),
                row(
                        "an option we do not know, signed",
                        "",
                        it -> resign(it, o -> o.put("nonce", "1"))),
                row(
                        "expired this second",
                        "proof-expired",
                        it -> resign(it, o -> o.put("expires", NOW.toString()))),
                row(
                        "expires in a second",
                        "",
                        it -> resign(it, o -> o.put("expires", NOW.plusSeconds(1).toString()))),
                row(
                        "an expiry that is no time",
                        "proof-malformed",
                        it -> resign(it, o -> o.put("expires", "never"))),
                row(
                        "made in two hours",
                        "proof-not-yet-valid",
                        it -> resign(it, o -> o.put("created", NOW.plusSeconds(7_200).toString()))),
                row(
                        "made in half an hour",
                        "",
                        it -> resign(it, o -> o.put("created", NOW.plusSeconds(1_800).toString()))),
                row("made years ago", "", it -> resign(it, o -> o.put("created", THEN.toString()))),
                row("without a time", "", it -> resign(it, o -> o.without("created"))),
                row(
                        "the key of a neighbour",
                        "proof-by-another-actor",
                        it -> it.setAll(at(NOW).sign(NEIGHBOUR.ed25519Key(), note()))),
                row(
                        "the key of a neighbour under our name",
                        "proof-wrong",
                        it ->
                                it.setAll(
                                        at(NOW).sign(
                                                        new SigningKey(
                                                                SHELTER.ed25519Id(),
                                                                NEIGHBOUR.ed25519().getPrivate()),
                                                        note()))),
                row(
                        "a key of another kind",
                        "proof-suite-differs",
                        it -> resign(it, o -> o.put("verificationMethod", SHELTER.rsaId() + ""))),
                row(
                        "a key nobody has",
                        "proof-key-unknown",
                        it -> resign(it, o -> o.put("verificationMethod", "https://a.example/x"))),
                row(
                        "an author added",
                        "proof-author-unclear",
                        it -> it.put("actor", NEIGHBOUR.actor().toString())),
                row(
                        "two authors",
                        "proof-author-unclear",
                        it ->
                                it.putArray("attributedTo")
                                        .add(SHELTER.actor().toString())
                                        .add(NEIGHBOUR.actor().toString())),
                row("no author", "proof-author-unclear", it -> it.remove("attributedTo")),
                row(
                        "terms renamed by a context added after signing",
                        "proof-wrong",
                        it ->
                                it.withArray("@context")
                                        .addObject()
                                        .put("content", "https://c.example/ns#hidden")
                                        .put("hidden", "as:content")),
                row(
                        "terms renamed by a context added after a proof that names its own",
                        "proof-context-differs",
                        it -> {
                            resign(it, o -> o.set("@context", it.get("@context").deepCopy()));
                            it.withArray("@context")
                                    .addObject()
                                    .put("content", "https://c.example/ns#hidden");
                        }),
                row(
                        "a proof that names the object's context",
                        "",
                        it -> resign(it, o -> o.set("@context", it.get("@context").deepCopy()))),
                row(
                        "a context of its own in the proof",
                        "proof-context-differs",
                        it -> proof(it).put("@context", "https://c.example/ns")),
                row("without its context", "proof-wrong", it -> it.remove("@context")),
                row(
                        "a number exchanged for its neighbour",
                        "proof-number-inexact",
                        it ->
                                resign(
                                        it.put("waymark:version", 9_007_199_254_740_993L),
                                        UnaryOperator.identity())),
                row(
                        "a number that a double holds",
                        "",
                        it ->
                                resign(
                                        it.put("waymark:version", 9_007_199_254_740_991L),
                                        UnaryOperator.identity())),
                row(
                        "four proofs",
                        "proof-too-many",
                        it -> {
                            var proof = proof(it);
                            it.putArray("proof").add(proof).add(proof).add(proof).add(proof);
                        }),
                row(
                        "a wrong proof beside a good one",
                        "proof-wrong",
                        it -> {
                            var proof = proof(it);
                            it.putArray("proof")
                                    .add(proof)
                                    .add(proof.deepCopy().put("created", "2026-01-01T00:00:00Z"));
                        }),
                row(
                        "a proof of another suite beside a good one",
                        "",
                        it -> {
                            var proof = proof(it);
                            it.putArray("proof")
                                    .add(proof.deepCopy().put("cryptosuite", "other-2030"))
                                    .add(proof);
                        }));
    }

    @Tag("attack:one-byte-flipped")
    @Test
    void everyFlippedByteOfTheDocumentIsRefused() {
        byte[] bytes = StrictJson.write(proofs.sign(SHELTER.ed25519Key(), note()));
        int end = new String(bytes, StandardCharsets.UTF_8).indexOf(",\"proof\":");
        for (int i = 0; i < end; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            var read = StrictJson.read(changed);
            if (read instanceof Reading.Read<ObjectNode>(ObjectNode object)) {
                assertThat(code(object)).as("byte %s", i).isNotEmpty();
            }
        }
    }

    @Test
    void mldsa44IsVerified() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair();
        var id = URI.create(SHELTER.actor() + "#ml-dsa-44-key");
        var options =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "DataIntegrityProof")
                        .put("cryptosuite", "mldsa44-jcs-2024")
                        .put("verificationMethod", id.toString())
                        .put("proofPurpose", "assertionMethod")
                        .put("created", NOW.toString());
        byte[] signature =
                Algorithm.ML_DSA_44.sign(pair.getPrivate(), ObjectProofs.hashes(note(), options));
        var signed = note();
        signed.set("proof", options.put("proofValue", Multibase.base64(signature)));
        // As the actor document has it, so that the way through Multikey is tried too.
        var multikey =
                Multikey.read(PublicKeys.multikey(pair.getPublic()).multibase()).orElseThrow();
        var key = new VerificationKey(id, SHELTER.actor(), PublicKeys.of(multikey));

        assertThat(proofs.verify(signed, _ -> Optional.of(key))).isInstanceOf(Reading.Read.class);
        assertThat(proofs.verify(signed.deepCopy().put("content", "Closed"), _ -> Optional.of(key)))
                .isEqualTo(new Reading.Refused<VerificationKey>("proof-wrong"));
    }

    @Test
    void noRequestIsSignedWithMldsa44() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair();
        var key = new VerificationKey(SHELTER.rsaId(), SHELTER.actor(), pair.getPublic());
        var claim =
                new Claim.OfRfc9421(
                        SHELTER.rsaId(), NOW, Duration.ZERO, Optional.empty(), "x", new byte[1]);

        assertThat(claim.verify(key))
                .isEqualTo(new Reading.Refused<VerificationKey>("signature-algorithm-differs"));
    }

    private DynamicTest row(String name, String code, Consumer<ObjectNode> attack) {
        return DynamicTest.dynamicTest(
                name + (code.isEmpty() ? " is fine" : " -> " + code),
                () -> {
                    var neighbour = proofs.sign(SHELTER.ed25519Key(), note());
                    var object = proofs.sign(SHELTER.ed25519Key(), note());
                    attack.accept(object);

                    assertThat(code(neighbour)).isEmpty();
                    assertThat(code(object)).isEqualTo(code);
                });
    }

    private static ObjectNode proof(ObjectNode object) {
        return (ObjectNode) object.path("proof");
    }

    /// Signs with other options, by the shelter's own key.
    private static void resign(ObjectNode object, UnaryOperator<ObjectNode> change) {
        ObjectNode options = proof(object).deepCopy();
        options.remove("proofValue");
        options = change.apply(options);
        ObjectNode bare = object.deepCopy();
        bare.remove("proof");
        byte[] signature =
                Algorithm.ED25519.sign(
                        SHELTER.ed25519().getPrivate(), ObjectProofs.hashes(bare, options));
        object.set("proof", options.put("proofValue", Multibase.base58(signature)));
    }

    private String code(ObjectNode object) {
        var verified =
                proofs.verify(
                        object,
                        id ->
                                Stream.of(SHELTER, NEIGHBOUR)
                                        .map(it -> VerificationKey.listedBy(it.document(), id))
                                        .flatMap(it -> it.found().stream())
                                        .findFirst());
        return switch (verified) {
            case Reading.Read<VerificationKey> _ -> "";
            case Reading.Refused<VerificationKey>(String code) -> code;
        };
    }

    private static ObjectNode note() {
        return Draft.of("Note", URI.create("https://a.example/s/1"))
                .set("attributedTo", SHELTER.actor())
                .set("name", "Asylum advice")
                .set("content", "<p>Walk in, Mon 9-12.</p>")
                .set("waymark:version", 1_769_936_400_000L)
                .document();
    }

    private static ObjectProofs at(Instant instant) {
        return new ObjectProofs(Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static Optional<VerificationKey> key(URI id, URI owner) {
        return Optional.of(
                new VerificationKey(id, owner, PublicKeys.of(Multikey.read(PUBLIC).orElseThrow())));
    }

    private static PrivateKey privateKey() {
        try {
            // Two bytes of multicodec, then the seed; PKCS#8 as in RFC 8410, section 7.
            byte[] written = Multibase.read(PRIVATE).orElseThrow();
            byte[] head = HexFormat.of().parseHex("302e020100300506032b657004220420");
            byte[] encoded = Arrays.copyOf(head, 48);
            System.arraycopy(written, 2, encoded, 16, 32);
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
