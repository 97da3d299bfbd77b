// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/// The second key on the recovery sheet. It announces new keys of the node's actors when the old
/// ones were lost or stolen, so its private half is on paper only: whoever takes the machine does
/// not have it.
public final class RecoveryKey {

    private static final String ED25519 = "Ed25519";
    // RFC 8410: 12 bytes before the 32 of a public Ed25519 key.
    private static final int ENCODED_PREFIX = 12;

    private final byte[] seed;

    private RecoveryKey(byte[] seed) {
        this.seed = seed;
    }

    /// A new pair.
    ///
    /// @param publicHalf the 32 bytes that partners remember
    public record Created(RecoveryKey key, byte[] publicHalf) {}

    public static Created create(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance(ED25519);
            generator.initialize(NamedParameterSpec.ED25519, random);
            var pair = generator.generateKeyPair();
            var seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            var encoded = pair.getPublic().getEncoded();
            return new Created(
                    new RecoveryKey(seed),
                    Arrays.copyOfRange(encoded, ENCODED_PREFIX, encoded.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @throws IllegalArgumentException when a line is mistyped or missing, naming the line
    public static RecoveryKey read(String sheet) {
        return new RecoveryKey(RecoverySheet.readRecovery(sheet));
    }

    /// The lines to print below those of the master key.
    public String sheet() {
        return RecoverySheet.writeRecovery(seed);
    }

    public byte[] sign(byte[] statement) {
        try {
            var signature = Signature.getInstance(ED25519);
            signature.initSign(privateHalf());
            signature.update(statement);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private PrivateKey privateHalf() throws GeneralSecurityException {
        return KeyFactory.getInstance(ED25519)
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    }
}
