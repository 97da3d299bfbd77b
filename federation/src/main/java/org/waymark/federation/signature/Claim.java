// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.waymark.federation.vocabulary.Reading;

/// A signature that is whole, fresh and covers what it must, and still has to be verified with the
/// key it names.
///
/// @param keyId the key the sender says it used
/// @param signature in canonical base64, to recognise it when it comes twice
/// @param signedAt when the sender says it signed
/// @param skew how far that is from our clock, either way; worth a warning from a minute up
/// @param algorithm as the sender names it; the key decides
/// @param signed the text that was signed
/// @param bytes the signature itself
@SuppressWarnings("ArrayRecordComponent") // bytes of one request, never compared
public record Claim(
        URI keyId,
        String signature,
        Instant signedAt,
        Duration skew,
        String algorithm,
        String signed,
        byte[] bytes) {

    /// Verifies with the key that was looked up.
    ///
    /// Refusals: `signature-key-differs` (another key than the one named),
    /// `signature-algorithm-differs`, `signature-wrong`.
    public Reading<VerificationKey> verify(VerificationKey key) {
        if (!key.id().equals(keyId)) {
            return new Reading.Refused<>("signature-key-differs");
        }
        Algorithm actual = Algorithm.of(key.key());
        if (!actual.mayBeCalled(algorithm)) {
            return new Reading.Refused<>("signature-algorithm-differs");
        }
        byte[] message = signed.getBytes(StandardCharsets.UTF_8);
        return actual.verify(key.key(), message, bytes)
                ? new Reading.Read<>(key)
                : new Reading.Refused<>("signature-wrong");
    }
}
