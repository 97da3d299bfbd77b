// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;

/// Bytes as keys and proofs are written (W3C Controlled Identifiers 1.0, Multibase): base58btc
/// behind a `z`, base64url without padding behind a `u`.
public final class Multibase {
    // 4,000: a proof of ML-DSA-44 takes 3,228.
    private static final int MAX_CHARACTERS = 4_000;

    // 2,000: a key of ML-DSA-44 takes 1,795; reading base58 grows with the square of the length.
    private static final int MAX_BASE58_CHARACTERS = 2_000;

    private static final String ALPHABET =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);

    private Multibase() {}

    /// The bytes; empty when they are written in another way.
    public static Optional<byte[]> read(String text) {
        if (text.length() < 2 || text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        return switch (text.charAt(0)) {
            case 'z' -> readBase58(text.substring(1));
            case 'u' -> readBase64(text.substring(1));
            default -> Optional.empty();
        };
    }

    /// Writes base58btc, which grows with the square of the length: for keys and signatures of 64
    /// bytes.
    public static String base58(byte[] bytes) {
        var number = new BigInteger(1, bytes);
        var text = new StringBuilder();
        while (number.signum() > 0) {
            BigInteger[] parts = number.divideAndRemainder(BASE);
            text.append(ALPHABET.charAt(parts[1].intValue()));
            number = parts[0];
        }
        // A leading zero byte is no part of the number and has a digit of its own.
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            text.append('1');
        }
        return text.append('z').reverse().toString();
    }

    /// Writes base64url.
    public static String base64(byte[] bytes) {
        return 'u' + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Optional<byte[]> readBase58(String digits) {
        if (digits.length() > MAX_BASE58_CHARACTERS) {
            return Optional.empty();
        }
        var number = BigInteger.ZERO;
        int zeros = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = ALPHABET.indexOf(digits.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            zeros += number.signum() == 0 && digit == 0 ? 1 : 0;
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] written = number.signum() == 0 ? new byte[0] : number.toByteArray();
        // The sign of the number may take a byte of its own.
        int skip = written.length > 0 && written[0] == 0 ? 1 : 0;
        byte[] bytes = new byte[zeros + written.length - skip];
        System.arraycopy(written, skip, bytes, zeros, written.length - skip);
        return Optional.of(bytes);
    }

    private static Optional<byte[]> readBase64(String digits) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(digits);
            // One spelling only: with padding or stray bits there would be several.
            return Optional.of(bytes).filter(it -> base64(it).substring(1).equals(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
