// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.util.Optional;

/// The cryptosuites of object proofs that we know: RFC 8785, SHA-256, and one kind of key each.
enum Suite {
    EDDSA("eddsa-jcs-2022", Algorithm.ED25519, 'z', 64),
    MLDSA44("mldsa44-jcs-2024", Algorithm.ML_DSA_44, 'u', 2_420);

    private final String code;
    private final Algorithm algorithm;
    private final char multibase;
    private final int signatureBytes;

    Suite(String code, Algorithm algorithm, char multibase, int signatureBytes) {
        this.code = code;
        this.algorithm = algorithm;
        this.multibase = multibase;
        this.signatureBytes = signatureBytes;
    }

    static Optional<Suite> of(String code) {
        for (Suite suite : values()) {
            if (suite.code.equals(code)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /// What stands in `cryptosuite`.
    String code() {
        return code;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    /// Whether a proof value has the form the suite prescribes.
    boolean isWhole(String proofValue, byte[] signature) {
        return proofValue.charAt(0) == multibase && signature.length == signatureBytes;
    }
}
