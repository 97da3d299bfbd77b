// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// A public key in its shortest written form (FEP-521a; W3C Controlled Identifiers 1.0, Multikey):
/// multibase over a multicodec prefix and the raw key.
///
/// @param kind what the key is for
/// @param raw as many bytes as its kind has; copied in and out
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record Multikey(Kind kind, byte[] raw) {

    /// The keys we use, by their multicodec.
    public enum Kind {
        ED25519(0xed, 32),
        X25519(0xec, 32),
        /// FIPS 204; we verify with it and have none of our own.
        ML_DSA_44(0x1210, 1_312);

        private final int multicodec;
        private final int rawBytes;

        Kind(int multicodec, int rawBytes) {
            this.multicodec = multicodec;
            this.rawBytes = rawBytes;
        }

        /// The multicodec as an unsigned varint of two bytes.
        private byte[] prefix() {
            return new byte[] {(byte) ((multicodec & 0x7f) | 0x80), (byte) (multicodec >> 7)};
        }
    }

    public Multikey {
        if (raw.length != kind.rawBytes) {
            throw new IllegalArgumentException(
                    "a raw key has " + kind.rawBytes + " bytes, not " + raw.length);
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
        var bytes = Multibase.read(multibase);
        if (bytes.isEmpty()) {
            return new Reading.Refused<>("multikey-malformed");
        }
        for (Kind kind : Kind.values()) {
            int start = kind.prefix().length;
            if (bytes.get().length == start + kind.rawBytes
                    && Arrays.equals(Arrays.copyOf(bytes.get(), start), kind.prefix())) {
                return new Reading.Read<>(
                        new Multikey(
                                kind, Arrays.copyOfRange(bytes.get(), start, bytes.get().length)));
            }
        }
        return new Reading.Refused<>("multikey-unknown-kind");
    }

    /// The value of `publicKeyMultibase`.
    public String multibase() {
        byte[] prefix = kind.prefix();
        byte[] bytes = Arrays.copyOf(prefix, prefix.length + raw.length);
        System.arraycopy(raw, 0, bytes, prefix.length, raw.length);
        return switch (kind) {
            case ED25519, X25519 -> Multibase.base58(bytes);
            case ML_DSA_44 -> Multibase.base64(bytes);
        };
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
