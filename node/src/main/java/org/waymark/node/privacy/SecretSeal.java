// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Seals what a visitor typed under the secret that only their browser holds: the database keeps
/// the packet and a hash of the secret, so nobody opens it without the visitor, neither staff nor
/// whoever takes the computer.
public final class SecretSeal {

    private SecretSeal() {}

    /// @param secret 256 random bits as text, so that one hash makes a key of it
    /// @param use what the packet is for; opens under the same words only
    public static byte[] seal(String secret, String use, byte[] plaintext) {
        return cipher(secret).encrypt(plaintext, context(use));
    }

    /// @throws DamagedException when the secret or the use is another, or a bit has changed
    public static byte[] open(String secret, String use, byte[] packet) {
        return cipher(secret).decrypt(packet, context(use));
    }

    private static Cipher cipher(String secret) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return new Cipher(sha256.digest(Cipher.context("secret-seal-1", secret)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static byte[] context(String use) {
        return use.getBytes(StandardCharsets.UTF_8);
    }
}
