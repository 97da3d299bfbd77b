// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.net.URI;
import org.waymark.federation.vocabulary.Reading;

/// A proof on an object that is whole and in its time, and still has to be verified with the key it
/// names.
public final class ProofClaim {
    private final URI keyId;
    private final URI author;
    private final Suite suite;
    private final byte[] hashes;
    private final byte[] signature;

    ProofClaim(URI keyId, URI author, Suite suite, byte[] hashes, byte[] signature) {
        this.keyId = keyId;
        this.author = author;
        this.suite = suite;
        this.hashes = hashes;
        this.signature = signature;
    }

    /// The key its author is said to have used (`verificationMethod`).
    public URI keyId() {
        return keyId;
    }

    /// Who says what the object says: only a key of this actor can prove it.
    public URI author() {
        return author;
    }

    /// Verifies with the key that was looked up.
    ///
    /// Refusals: `proof-key-differs` (another key than the one named), `proof-by-another-actor`,
    /// `proof-suite-differs` (a key of another kind), `proof-wrong`.
    public Reading<VerificationKey> verify(VerificationKey key) {
        if (!key.id().equals(keyId)) {
            return new Reading.Refused<>("proof-key-differs");
        }
        if (!key.owner().equals(author)) {
            return new Reading.Refused<>("proof-by-another-actor");
        }
        if (Algorithm.of(key.key()) != suite.algorithm()) {
            return new Reading.Refused<>("proof-suite-differs");
        }
        return suite.algorithm().verify(key.key(), hashes, signature)
                ? new Reading.Read<>(key)
                : new Reading.Refused<>("proof-wrong");
    }
}
