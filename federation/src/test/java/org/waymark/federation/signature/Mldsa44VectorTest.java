// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.waymark.federation.vocabulary.Multibase;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.StrictJson;

/// The test vector of `mldsa44-jcs-2024` in the draft "Quantum-Safe Cryptosuites" of the W3C
/// Credentials Community Group. This repository keeps no copies of others' files;
/// `-Dwaymark.vectors=FOLDER` names a checkout of theirs. [ObjectProofsTest] tries the suite with
/// keys of its own.
@EnabledIfSystemProperty(
        named = "waymark.vectors",
        matches = ".+",
        disabledReason = "needs a checkout of github.com/w3c-ccg/di-quantum-safe")
class Mldsa44VectorTest {
    private final Path vectors =
            Path.of(System.getProperty("waymark.vectors", "")).resolve("testVectors");

    @Test
    void theSignedCredentialIsVerifiedAndAChangedOneIsNot() throws IOException {
        ObjectNode signed = read("mldsa44-jcs-2024/signed-mldsa44-jcs-2024.json");
        ObjectNode proof = (ObjectNode) signed.remove("proof");
        String value = proof.remove("proofValue").textValue();
        byte[] signature = Multibase.read(value).orElseThrow();
        assertThat(Suite.of(proof.path("cryptosuite").textValue())).contains(Suite.MLDSA44);
        assertThat(Suite.MLDSA44.isWhole(value, signature)).isTrue();
        String id = proof.path("verificationMethod").textValue();
        PublicKey key =
                PublicKeys.of(Multikey.read(id.substring("did:key:".length())).orElseThrow());

        assertThat(verifies(key, signed, proof, signature)).isTrue();
        signature[7] ^= 1;
        assertThat(verifies(key, signed, proof, signature)).isFalse();
        signature[7] ^= 1;
        signed.put("name", "Another document");
        assertThat(verifies(key, signed, proof, signature)).isFalse();
    }

    @Test
    void theOptionsAreCanonicalAsThere() throws IOException {
        ObjectNode signed = read("mldsa44-jcs-2024/signed-mldsa44-jcs-2024.json");
        ObjectNode options = (ObjectNode) signed.remove("proof");
        options.remove("proofValue");
        options.set("@context", signed.get("@context"));

        assertThat(new String(Canonical.bytes(options)))
                .isEqualTo(
                        Files.readString(
                                        vectors.resolve(
                                                "commonAlgs/proofConfig-mldsa44-jcs-2024.txt"))
                                .strip());
    }

    private static boolean verifies(
            PublicKey key, ObjectNode object, ObjectNode options, byte[] signature) {
        return Algorithm.ML_DSA_44.verify(
                key, ObjectProofs.hashes(object.deepCopy(), options.deepCopy()), signature);
    }

    private ObjectNode read(String name) throws IOException {
        return StrictJson.read(Files.readAllBytes(vectors.resolve(name))).orElseThrow();
    }
}
