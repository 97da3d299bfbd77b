// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.net.URI;
import java.security.PrivateKey;

/// The private half an actor signs with, under the id its public half has in the actor document.
///
/// @param id such as `https://a.example/actor#main-key`
/// @param key RSA or Ed25519
public record SigningKey(URI id, PrivateKey key) {
    public SigningKey {
        Algorithm.of(key);
    }

    /// Names the key, never shows it.
    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
