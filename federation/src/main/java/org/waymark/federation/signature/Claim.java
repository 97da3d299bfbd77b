// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.waymark.federation.vocabulary.Reading;

/// A signature that is whole, fresh and covers what it must, and still has to be verified with the
/// key it names.
public sealed interface Claim {

    /// The key the sender says it used.
    URI keyId();

    /// When the sender says it signed.
    Instant signedAt();

    /// How far that is from our clock, either way; worth a warning from a minute up.
    Duration skew();

    /// The text that was signed.
    String signed();

    /// The signature itself.
    byte[] bytes();

    /// How it was signed, with a key of this kind.
    Scheme scheme(VerificationKey key);

    /// Whether the message lets a key of this kind verify it.
    boolean fits(VerificationKey key);

    /// A request signed after draft-cavage-http-signatures-12.
    ///
    /// @param algorithm as the sender names it; the key decides
    @SuppressWarnings("ArrayRecordComponent") // bytes of one request, never compared
    record OfCavage(
            URI keyId,
            Instant signedAt,
            Duration skew,
            String algorithm,
            String signed,
            byte[] bytes)
            implements Claim {

        @Override
        public Scheme scheme(VerificationKey key) {
            return Scheme.CAVAGE;
        }

        @Override
        public boolean fits(VerificationKey key) {
            return Algorithm.of(key.key()).mayBeCalled(algorithm);
        }
    }

    /// A request signed after RFC 9421.
    ///
    /// @param algorithm the `alg` parameter, if there is one; the key decides
    @SuppressWarnings("ArrayRecordComponent") // bytes of one request, never compared
    record OfRfc9421(
            URI keyId,
            Instant signedAt,
            Duration skew,
            Optional<String> algorithm,
            String signed,
            byte[] bytes)
            implements Claim {

        @Override
        public Scheme scheme(VerificationKey key) {
            return Algorithm.of(key.key()) == Algorithm.ED25519
                    ? Scheme.RFC9421_ED25519
                    : Scheme.RFC9421_RSA;
        }

        @Override
        public boolean fits(VerificationKey key) {
            Optional<String> actual = Algorithm.of(key.key()).rfc9421();
            return actual.isPresent() && algorithm.or(() -> actual).equals(actual);
        }
    }

    /// The signature in one spelling, to recognise it when it comes twice. Not as it was written:
    /// base64 can be written in more than one way, and each would look new.
    default String signature() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    /// Verifies with the key that was looked up.
    ///
    /// Refusals: `signature-key-differs` (another key than the one named),
    /// `signature-algorithm-differs`, `signature-wrong`.
    default Reading<VerificationKey> verify(VerificationKey key) {
        if (!key.id().equals(keyId())) {
            return new Reading.Refused<>("signature-key-differs");
        }
        if (!fits(key)) {
            return new Reading.Refused<>("signature-algorithm-differs");
        }
        byte[] message = signed().getBytes(StandardCharsets.UTF_8);
        return Algorithm.of(key.key()).verify(key.key(), message, bytes())
                ? new Reading.Read<>(key)
                : new Reading.Refused<>("signature-wrong");
    }
}
