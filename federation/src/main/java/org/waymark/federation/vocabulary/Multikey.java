// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// A public key in its shortest written form (FEP-521a; W3C Controlled Identifiers 1.0, Multikey):
/// multibase base58btc (`z…`) over a multicodec prefix and the raw key.
///
/// @param kind what the key is for
/// @param raw 32 bytes; copied in and out
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record Multikey(Kind kind, byte[] raw) {

    /// The keys we use, by their multicodec.
    public enum Kind {
        ED25519(0xed),
        X25519(0xec);

        private final int multicodec;

        Kind(int multicodec) {
            this.multicodec = multicodec;
        }

        /// The multicodec as an unsigned varint of two bytes.
        private byte[] prefix() {
            return new byte[] {(byte) ((multicodec & 0x7f) | 0x80), (byte) (multicodec >> 7)};
        }
    }

    private static final int RAW_BYTES = 32;

    // 60: a 34-byte key takes 48 characters; the bound keeps the arithmetic small.
    private static final int MAX_CHARACTERS = 60;

    private static final String ALPHABET =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);

    public Multikey {
        if (raw.length != RAW_BYTES) {
            throw new IllegalArgumentException("a raw key has 32 bytes, not " + raw.length);
        }
        raw = raw.clone();
    }

    @Override
    public byte[] raw() {
        return raw.clone();
    }

    /// Reads `publicKeyMultibase`.
    ///
    /// Refusals: `multikey-malformed`, `multikey-unknown-kind`.
    public static Reading<Multikey> read(String multibase) {
        if (multibase.length() < 2
                || multibase.length() > MAX_CHARACTERS
                || multibase.charAt(0) != 'z') {
            return new Reading.Refused<>("multikey-malformed");
        }
        var number = BigInteger.ZERO;
        for (int i = 1; i < multibase.length(); i++) {
            int digit = ALPHABET.indexOf(multibase.charAt(i));
            if (digit < 0) {
                return new Reading.Refused<>("multikey-malformed");
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        byte[] bytes = number.toByteArray();
        if (bytes[0] == 0) {
            bytes = Arrays.copyOfRange(bytes, 1, bytes.length);
        }
        for (Kind kind : Kind.values()) {
            int start = kind.prefix().length;
            if (bytes.length == start + RAW_BYTES
                    && Arrays.equals(Arrays.copyOf(bytes, start), kind.prefix())) {
                return new Reading.Read<>(
                        new Multikey(kind, Arrays.copyOfRange(bytes, start, bytes.length)));
            }
        }
        return new Reading.Refused<>("multikey-unknown-kind");
    }

    /// The value of `publicKeyMultibase`.
    public String multibase() {
        byte[] prefix = kind.prefix();
        byte[] bytes = Arrays.copyOf(prefix, prefix.length + RAW_BYTES);
        System.arraycopy(raw, 0, bytes, prefix.length, RAW_BYTES);
        var number = new BigInteger(1, bytes);
        var text = new StringBuilder();
        while (number.signum() > 0) {
            BigInteger[] parts = number.divideAndRemainder(BASE);
            text.append(ALPHABET.charAt(parts[1].intValue()));
            number = parts[0];
        }
        return text.append('z').reverse().toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multikey key && kind == key.kind && Arrays.equals(raw, key.raw);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, Arrays.hashCode(raw));
    }

    @Override
    public String toString() {
        return kind + ":" + HexFormat.of().formatHex(raw);
    }
}
