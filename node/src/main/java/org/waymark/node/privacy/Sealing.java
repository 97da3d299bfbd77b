// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.internal.HpkeDecrypt;
import com.google.crypto.tink.hybrid.internal.HpkeEncrypt;
import com.google.crypto.tink.subtle.X25519;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.IntStream;

/// Seals what only one organisation may read, and opens what was sealed for one of ours: HPKE (RFC
/// 9180) base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, in the byte layout of
/// FEDERATION.md: version 0x01, the first 4 bytes of SHA-256 of the receiver's public key, `enc`
/// (32 bytes), ciphertext; base64url without padding.
///
/// Texts are padded with spaces to one of four sizes, so that length tells little.
public final class Sealing {

    /// The member that carries a packet in activities and objects.
    public static final String MEMBER = "waymark:sealed";

    private static final byte VERSION = 1;
    private static final int KEY_ID_BYTES = 4;
    private static final int HEADER_BYTES = 1 + KEY_ID_BYTES;
    private static final int[] SIZES = {1_024, 4_096, 16_384, 65_536};

    private final SealKeys keys;

    public Sealing(SealKeys keys) {
        this.keys = keys;
    }

    /// What came of an attempt to open a packet.
    public sealed interface Opened {
        /// The JSON text, without its padding.
        record Text(String json) implements Opened {}

        record Refused(Reason reason) implements Opened {}

        enum Reason {
            /// Not base64url, too short, or a version we do not know; older versions than the
            /// newest we speak are never tried.
            UNREADABLE,
            /// Sealed to a key we never had, or one whose time is over. The sender has to seal
            /// anew.
            KEY_UNKNOWN,
            /// Changed on the way, or made for another place.
            DAMAGED;

            /// The stable code of the refusal.
            public String code() {
                return "sealed-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }

    /// Seals a JSON text of at most 65,536 bytes. Every call gives other bytes.
    ///
    /// @param publicKey the receiver's raw X25519 key, 32 bytes
    public static String seal(byte[] publicKey, SealContext context, String json) {
        try {
            var sealed = encrypter(publicKey).encrypt(pad(json), context.info());
            var packet =
                    ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                            .put(VERSION)
                            .put(keyId(publicKey))
                            .put(sealed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(packet.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This key cannot be sealed to", e);
        }
    }

    /// Opens a packet sealed for an organisation of this node.
    public Opened open(OrganizationId receiver, SealContext context, String packet) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(packet);
        } catch (IllegalArgumentException _) {
            return new Opened.Refused(Opened.Reason.UNREADABLE);
        }
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
            return new Opened.Refused(Opened.Reason.UNREADABLE);
        }
        var privateKey = keys.findPrivateKey(receiver, Arrays.copyOfRange(bytes, 1, HEADER_BYTES));
        if (privateKey.isEmpty()) {
            return new Opened.Refused(Opened.Reason.KEY_UNKNOWN);
        }
        var sealed = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
        try {
            var padded = decrypter(privateKey.get()).decrypt(sealed, context.info());
            return new Opened.Text(new String(padded, StandardCharsets.UTF_8).stripTrailing());
        } catch (GeneralSecurityException _) {
            return new Opened.Refused(Opened.Reason.DAMAGED);
        }
    }

    static byte[] keyId(byte[] publicKey) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(publicKey);
            return Arrays.copyOf(digest, KEY_ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this runtime", e);
        }
    }

    private static byte[] pad(String json) {
        var text = json.getBytes(StandardCharsets.UTF_8);
        var size =
                IntStream.of(SIZES)
                        .filter(candidate -> candidate >= text.length)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "Too long to seal: " + text.length + " bytes"));
        var padded = Arrays.copyOf(text, size);
        Arrays.fill(padded, text.length, size, (byte) ' ');
        return padded;
    }

    // Tink's keysets would need its global registry; these take the key as it is and share nothing.
    private static HybridEncrypt encrypter(byte[] publicKey) throws GeneralSecurityException {
        return HpkeEncrypt.create(hpkePublicKey(publicKey));
    }

    @AccessesPartialKey
    static HybridDecrypt decrypter(byte[] privateKey) throws GeneralSecurityException {
        return HpkeDecrypt.create(
                HpkePrivateKey.create(
                        hpkePublicKey(X25519.publicFromPrivate(privateKey)),
                        SecretBytes.copyFrom(privateKey, InsecureSecretKeyAccess.get())));
    }

    @AccessesPartialKey
    static HpkePublicKey hpkePublicKey(byte[] publicKey) throws GeneralSecurityException {
        var suite =
                HpkeParameters.builder()
                        .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                        .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                        .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                        .setVariant(HpkeParameters.Variant.NO_PREFIX)
                        .build();
        return HpkePublicKey.create(suite, Bytes.copyFrom(publicKey), null);
    }
}
