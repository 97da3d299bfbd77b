// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.federation.signature.PublicKeys;

class MultikeyTest {
    // The Ed25519 key of the all-zero seed, a vector of the did:key method.
    private static final String MULTIBASE = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
    private static final String RAW =
            "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";

    @Test
    void readsAndWritesThePublishedVector() {
        var key = new Multikey(Multikey.Kind.ED25519, HexFormat.of().parseHex(RAW));

        assertThat(key.multibase()).isEqualTo(MULTIBASE);
        assertThat(Multikey.read(MULTIBASE)).isEqualTo(new Reading.Read<>(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "X25519"})
    void aKeyOfTheJdkComesBackTheSame(String algorithm) throws Exception {
        var key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();

        String multibase = PublicKeys.multikey(key).multibase();

        assertThat(PublicKeys.of(Multikey.read(multibase).orElseThrow())).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "z",
                "6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "z0MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
                "u7QE=",
                "u7QF",
            })
    void refusesWhatIsNotAMultibaseOfAKey(String text) {
        assertThat(Multikey.read(text))
                .isEqualTo(new Reading.Refused<Multikey>("multikey-malformed"));
    }

    @Test
    void refusesAnEndlessNumberAtOnce() {
        assertThat(Multikey.read("z" + "z".repeat(100_000)))
                .isEqualTo(new Reading.Refused<Multikey>("multikey-malformed"));
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThat(Multikey.read("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWpzz"))
                .isEqualTo(new Reading.Refused<Multikey>("multikey-unknown-kind"));
    }

    @Test
    void bytesThatBeginWithZeroKeepIt() {
        for (byte[] bytes : new byte[][] {{0}, {0, 0, 1}, {(byte) 0xff, 0}, {1}}) {
            assertThat(Multibase.read(Multibase.base58(bytes))).contains(bytes);
            assertThat(Multibase.read(Multibase.base64(bytes))).contains(bytes);
        }
    }

    @Test
    void refusesAKeyOfAnotherKind() {
        assertThat(Multikey.read("zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"))
                .isEqualTo(new Reading.Refused<Multikey>("multikey-unknown-kind"));
    }
}
