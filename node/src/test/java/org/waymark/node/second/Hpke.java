// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.second;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.waymark.node.second.Multikeys.concat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// RFC 9180 in base mode for a single message: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
/// AES-256-GCM, without associated data.
final class Hpke {

    private static final byte[] NONE = {};
    private static final byte[] VERSION = "HPKE-v1".getBytes(US_ASCII);
    private static final byte[] KEM = {'K', 'E', 'M', 0, 0x20};
    private static final byte[] SUITE = {'H', 'P', 'K', 'E', 0, 0x20, 0, 1, 0, 2};

    private Hpke() {}

    /// @return `enc` (32 bytes) and the ciphertext
    static byte[] seal(PublicKey receiver, byte[] info, byte[] text) {
        try {
            var own = KeyPairGenerator.getInstance("X25519").generateKeyPair();
            var enc = Multikeys.raw(own.getPublic());
            var secret = shared(own.getPrivate(), receiver, enc, Multikeys.raw(receiver));
            return concat(enc, crypt(Cipher.ENCRYPT_MODE, secret, info, text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] open(PublicKey own, PrivateKey key, byte[] info, byte[] sealed) {
        try {
            var enc = Arrays.copyOf(sealed, 32);
            var from = Multikeys.X25519.publicKey(enc);
            var secret = shared(key, from, enc, Multikeys.raw(own));
            var text = Arrays.copyOfRange(sealed, 32, sealed.length);
            return crypt(Cipher.DECRYPT_MODE, secret, info, text);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot be opened", e);
        }
    }

    private static byte[] shared(PrivateKey own, PublicKey other, byte[] enc, byte[] receiver)
            throws GeneralSecurityException {
        var agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own);
        agreement.doPhase(other, true);
        var key = extract(KEM, NONE, "eae_prk", agreement.generateSecret());
        return expand(KEM, key, "shared_secret", concat(enc, receiver), 32);
    }

    private static byte[] crypt(int mode, byte[] shared, byte[] info, byte[] text)
            throws GeneralSecurityException {
        var context =
                concat(
                        new byte[] {0},
                        extract(SUITE, NONE, "psk_id_hash", NONE),
                        extract(SUITE, NONE, "info_hash", info));
        var secret = extract(SUITE, shared, "secret", NONE);
        var key = new SecretKeySpec(expand(SUITE, secret, "key", context, 32), "AES");
        var nonce = expand(SUITE, secret, "base_nonce", context, 12);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, nonce));
        return cipher.doFinal(text);
    }

    private static byte[] extract(byte[] suite, byte[] salt, String label, byte[] input)
            throws GeneralSecurityException {
        var key = salt.length == 0 ? new byte[32] : salt;
        return hmac(key, concat(VERSION, suite, label.getBytes(US_ASCII), input));
    }

    /// One block of HKDF is enough: nothing here is longer than 32 bytes.
    private static byte[] expand(byte[] suite, byte[] key, String label, byte[] info, int length)
            throws GeneralSecurityException {
        var head = new byte[] {0, (byte) length};
        var labelled = concat(head, VERSION, suite, label.getBytes(US_ASCII), info);
        return Arrays.copyOf(hmac(key, concat(labelled, new byte[] {1})), length);
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }
}
