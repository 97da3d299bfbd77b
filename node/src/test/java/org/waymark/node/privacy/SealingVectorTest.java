// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.X25519;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// The vector that RFC 9180 publishes for our suite: mode 0 (base), KEM 0x0020, KDF 0x0001, AEAD
/// 0x0002. (Appendix A prints the same key exchange with other ciphers; this one is in the file of
/// vectors the RFC refers to.)
///
/// It is made with associated data, and we use none. So its key and nonce are first shown to give
/// its ciphertext, and then our code must open what they give without associated data: it finds the
/// same key and nonce only if the whole of HPKE before the cipher is as in the RFC.
class SealingVectorTest {
    private static final byte[] INFO = hex("4f6465206f6e2061204772656369616e2055726e");
    private static final byte[] RECEIVER =
            hex("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d");
    private static final byte[] RECEIVER_PUBLIC =
            hex("430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c");
    private static final byte[] ENC =
            hex("6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256");
    private static final byte[] KEY =
            hex("f50b0609186798729ed0564b36ef2ef8044f1f9d05636874d1f46c819c7a669f");
    private static final byte[] NONCE = hex("151d9929e2449747889bc923");
    private static final byte[] AAD = hex("436f756e742d30");
    private static final byte[] TEXT =
            hex("4265617574792069732074727574682c20747275746820626561757479");
    private static final byte[] CIPHERTEXT =
            hex(
                    "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a9"
                            + "25cdad859d5b7a");

    @Test
    void theVectorsKeyAndNonceGiveItsCiphertext() throws GeneralSecurityException {
        assertThat(encrypt(AAD)).isEqualTo(CIPHERTEXT);
    }

    @Test
    void whatTheVectorsKeyAndNonceGiveWithoutAssociatedDataWeOpen()
            throws GeneralSecurityException {
        var packet = joined(ENC, encrypt(new byte[0]));

        assertThat(Sealing.decrypter(RECEIVER).decrypt(packet, INFO)).isEqualTo(TEXT);
        assertThat(Sealing.hpkePublicKey(RECEIVER_PUBLIC).getPublicKeyBytes().toByteArray())
                .isEqualTo(X25519.publicFromPrivate(RECEIVER));
    }

    @Test
    void underAnotherInfoItDoesNotOpen() throws GeneralSecurityException {
        var packet = joined(ENC, encrypt(new byte[0]));

        assertThatThrownBy(
                        () -> Sealing.decrypter(RECEIVER).decrypt(packet, hex("4f6465206f6e2061")))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private static byte[] encrypt(byte[] aad) throws GeneralSecurityException {
        var cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                javax.crypto.Cipher.ENCRYPT_MODE,
                new SecretKeySpec(KEY, "AES"),
                new GCMParameterSpec(128, NONCE));
        cipher.updateAAD(aad);
        return cipher.doFinal(TEXT);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
