// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.Reading;

/// Public keys between their written forms and the JDK's: PEM (RFC 7468) and Multikey (FEP-521a).
public final class PublicKeys {
    /// 2048 bits: below this RSA is refused (federation.md, Signatures).
    public static final int MIN_RSA_BITS = 2048;

    // 8192 bits: above this a key costs us more than its owner.
    private static final int MAX_RSA_BITS = 8192;

    // 12 000 characters: an 8192-bit key takes about 1,500.
    private static final int MAX_PEM_CHARACTERS = 12_000;

    // SubjectPublicKeyInfo of RFC 8410, section 4, up to the raw key.
    private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] X25519_HEAD = HexFormat.of().parseHex("302a300506032b656e032100");

    // RFC 9881, section 4.
    private static final byte[] ML_DSA_44_HEAD =
            HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private PublicKeys() {}

    /// Reads an RSA key in PEM.
    ///
    /// Refusals: `key-malformed`, `key-too-short`, `key-too-long`.
    public static Reading<PublicKey> rsa(String pem) {
        String text = pem.strip();
        if (text.length() > MAX_PEM_CHARACTERS || !text.startsWith(BEGIN) || !text.endsWith(END)) {
            return new Reading.Refused<>("key-malformed");
        }
        try {
            byte[] encoded =
                    Base64.getMimeDecoder()
                            .decode(text.substring(BEGIN.length(), text.length() - END.length()));
            PublicKey key =
                    KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
            int bits = ((RSAPublicKey) key).getModulus().bitLength();
            if (bits < MIN_RSA_BITS) {
                return new Reading.Refused<>("key-too-short");
            }
            return bits > MAX_RSA_BITS
                    ? new Reading.Refused<>("key-too-long")
                    : new Reading.Read<>(key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return new Reading.Refused<>("key-malformed");
        }
    }

    /// Writes any public key in PEM, as `publicKeyPem` has it.
    public static String pem(PublicKey key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }

    /// The JDK's key for a Multikey.
    public static PublicKey of(Multikey key) {
        byte[] head = head(key.kind());
        byte[] encoded = Arrays.copyOf(head, head.length + key.raw().length);
        System.arraycopy(key.raw(), 0, encoded, head.length, key.raw().length);
        try {
            return KeyFactory.getInstance(name(key.kind()))
                    .generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK lacks " + key.kind(), e);
        }
    }

    /// The Multikey of an Ed25519, X25519 or ML-DSA-44 key.
    ///
    /// @throws IllegalArgumentException for any other key
    public static Multikey multikey(PublicKey key) {
        byte[] encoded = key.getEncoded();
        for (Multikey.Kind kind : Multikey.Kind.values()) {
            byte[] head = head(kind);
            if (encoded.length > head.length
                    && Arrays.equals(Arrays.copyOf(encoded, head.length), head)) {
                return new Multikey(kind, Arrays.copyOfRange(encoded, head.length, encoded.length));
            }
        }
        throw new IllegalArgumentException("no Multikey for " + key.getAlgorithm());
    }

    private static byte[] head(Multikey.Kind kind) {
        return switch (kind) {
            case ED25519 -> ED25519_HEAD;
            case X25519 -> X25519_HEAD;
            case ML_DSA_44 -> ML_DSA_44_HEAD;
        };
    }

    private static String name(Multikey.Kind kind) {
        return switch (kind) {
            case ED25519 -> "Ed25519";
            case X25519 -> "X25519";
            case ML_DSA_44 -> "ML-DSA-44";
        };
    }
}
