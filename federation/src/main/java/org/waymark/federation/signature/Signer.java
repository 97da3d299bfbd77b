// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

/// With which key, and how, a request is to be signed.
public sealed interface Signer {

    SigningKey key();

    /// What a server reads that takes a request signed so.
    default Scheme scheme() {
        return switch (this) {
            case Cavage _ -> Scheme.CAVAGE;
            case Rfc9421 _, AsAsked _ ->
                    Algorithm.of(key().key()) == Algorithm.ED25519
                            ? Scheme.RFC9421_ED25519
                            : Scheme.RFC9421_RSA;
        };
    }

    /// After draft-cavage-http-signatures-12.
    record Cavage(SigningKey key) implements Signer {}

    /// After RFC 9421, in our usual form.
    record Rfc9421(SigningKey key) implements Signer {}

    /// After RFC 9421, as the other server asked for it.
    record AsAsked(SigningKey key, AcceptSignature wanted) implements Signer {}
}
