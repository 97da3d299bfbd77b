// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;

/// What a key signs with. The key decides, never the message: a message that names another
/// algorithm is refused.
enum Algorithm {
    RSA("SHA256withRSA"),
    ED25519("Ed25519"),
    /// FIPS 204, for proofs only: no server signs requests with it.
    ML_DSA_44("ML-DSA-44");

    private final String jca;

    Algorithm(String jca) {
        this.jca = jca;
    }

    static Algorithm of(Key key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> RSA;
            case "EdDSA", "Ed25519" -> ED25519;
            case "ML-DSA", "ML-DSA-44" -> ML_DSA_44;
            default ->
                    throw new IllegalArgumentException(
                            "neither RSA nor Ed25519 nor ML-DSA: " + key.getAlgorithm());
        };
    }

    /// What the `algorithm` parameter of draft-cavage-12 may say for such a key: nothing, `hs2019`
    /// (use what the key's metadata say, section 2.1.3), or the algorithm itself.
    boolean mayBeCalled(String name) {
        return switch (this) {
            case RSA -> "rsa-sha256".equals(name) || "hs2019".equals(name);
            case ED25519 -> "ed25519".equals(name) || "hs2019".equals(name);
            case ML_DSA_44 -> false;
        };
    }

    /// Its name in the registry of RFC 9421 (section 6.2); empty when it has none.
    Optional<String> rfc9421() {
        return switch (this) {
            case RSA -> Optional.of("rsa-v1_5-sha256");
            case ED25519 -> Optional.of("ed25519");
            case ML_DSA_44 -> Optional.empty();
        };
    }

    byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signature = Signature.getInstance(jca);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this key cannot sign", e);
        }
    }

    boolean verify(PublicKey key, byte[] message, byte[] bytes) {
        try {
            var signature = Signature.getInstance(jca);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(bytes);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this key cannot verify", e);
        }
    }
}
