// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/// AES-256-GCM with a random 96-bit nonce in front and the tag behind (NIST SP 800-38D), under one
/// key.
final class Cipher {

    static final int KEY_BYTES = 32;

    private final AesGcmJce aead;

    Cipher(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A key has 32 bytes, not " + key.length);
        }
        try {
            aead = new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is missing from this runtime", e);
        }
    }

    byte[] encrypt(byte[] plaintext, byte[] context) {
        try {
            return aead.encrypt(plaintext, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt", e);
        }
    }

    /// @throws DamagedException when key, context or a single bit is not what it was
    byte[] decrypt(byte[] ciphertext, byte[] context) {
        try {
            return aead.decrypt(ciphertext, context);
        } catch (GeneralSecurityException e) {
            throw new DamagedException(e);
        }
    }

    /// Puts parts together so that no two lists of parts give the same bytes: each with its length
    /// in front, two bytes, big-endian.
    static byte[] context(String... parts) {
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) {
            var utf8 = part.getBytes(StandardCharsets.UTF_8);
            if (utf8.length > 0xFFFF) {
                throw new IllegalArgumentException("A part is longer than 65,535 bytes");
            }
            bytes.write(utf8.length >> 8);
            bytes.write(utf8.length);
            bytes.writeBytes(utf8);
        }
        return bytes.toByteArray();
    }
}
