// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

/// The ways to sign a request, as servers of the fediverse read them.
public enum Scheme {
    /// draft-cavage-http-signatures-12 with RSA: read nearly everywhere.
    CAVAGE,
    /// RFC 9421 with RSA (`rsa-v1_5-sha256`).
    RFC9421_RSA,
    /// RFC 9421 with Ed25519; only for servers that say they read it (FEP-844e).
    RFC9421_ED25519
}
