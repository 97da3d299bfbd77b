// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;

/// An actor of the other server with its keys, and what it signs with them.
record Identity(URI id, KeyPair rsa, KeyPair ed25519, KeyPair x25519) {

    static Identity at(URI id) {
        return new Identity(id, pair("RSA"), pair("Ed25519"), pair("X25519"));
    }

    private static KeyPair pair(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(2_048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String rsaKeyId() {
        return id + "#rsa";
    }

    String ed25519KeyId() {
        return id + "#ed";
    }

    byte[] signRsa(byte[] text) {
        return sign("SHA256withRSA", rsa.getPrivate(), text);
    }

    byte[] signEd25519(byte[] text) {
        return sign("Ed25519", ed25519.getPrivate(), text);
    }

    private static byte[] sign(String algorithm, PrivateKey key, byte[] text) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean verifies(String algorithm, PublicKey key, byte[] text, byte[] signed) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initVerify(key);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The actor's members about its keys.
    void describe(ObjectNode actor, boolean canOpen) {
        var spki = rsa.getPublic().getEncoded();
        actor.putObject("publicKey")
                .put("id", rsaKeyId())
                .put("owner", id.toString())
                .put(
                        "publicKeyPem",
                        "-----BEGIN PUBLIC KEY-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki)
                                + "\n-----END PUBLIC KEY-----\n")
                .put(
                        "waymark:announcement",
                        announcement(
                                "waymark-listed-key-1 "
                                        + id
                                        + " "
                                        + HexFormat.of().formatHex(sha256(spki))));
        actor.putArray("assertionMethod")
                .addObject()
                .put("id", ed25519KeyId())
                .put("type", "Multikey")
                .put("controller", id.toString())
                .put("publicKeyMultibase", Multikeys.ED25519.write(ed25519.getPublic()));
        if (canOpen) {
            actor.putArray("keyAgreement")
                    .addObject()
                    .put("id", id + "#seal")
                    .put("type", "Multikey")
                    .put("controller", id.toString())
                    .put("publicKeyMultibase", sealKey())
                    .put(
                            "waymark:announcement",
                            announcement("waymark-seal-key-1 " + id + " " + sealKey()));
        }
    }

    String sealKey() {
        return Multikeys.X25519.write(x25519.getPublic());
    }

    private String announcement(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(signEd25519(text.getBytes(UTF_8)));
    }

    /// Adds the proof of FEP-8b32.
    void prove(ObjectNode document) {
        var proof =
                document.objectNode()
                        .put("type", "DataIntegrityProof")
                        .put("cryptosuite", "eddsa-jcs-2022")
                        .put("verificationMethod", ed25519KeyId())
                        .put("proofPurpose", "assertionMethod")
                        .put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var signed = signEd25519(hashes(document, proof));
        document.set("proof", proof.put("proofValue", Multikeys.base58(signed)));
    }

    /// Whether the document carries a good proof by this key.
    static boolean proves(PublicKey key, ObjectNode document) {
        var bare = document.deepCopy();
        var proof = (ObjectNode) bare.remove("proof");
        var signed = Multikeys.bytes(proof.remove("proofValue").asText());
        return proof.path("cryptosuite").asText().equals("eddsa-jcs-2022")
                && verifies("Ed25519", key, hashes(bare, proof), signed);
    }

    /// What is signed: the hash of the proof with the document's context, and of the document.
    private static byte[] hashes(ObjectNode document, ObjectNode proof) {
        var options = proof.deepCopy();
        options.set("@context", document.path("@context"));
        return Multikeys.concat(
                sha256(Jcs.canonical(options).getBytes(UTF_8)),
                sha256(Jcs.canonical(document).getBytes(UTF_8)));
    }
}
