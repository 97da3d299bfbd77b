// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.util.Optional;

/// What an actor signs its requests with.
///
/// @param usual RSA, because it is read nearly everywhere
/// @param ed25519 for servers that say they read it
public record SigningKeys(SigningKey usual, Optional<SigningKey> ed25519) {

    /// One key for everything.
    public static SigningKeys only(SigningKey key) {
        return new SigningKeys(key, Optional.empty());
    }

    /// How to sign in a given way; a way that needs a key we do not have is the nearest one we can.
    Signer signer(Scheme scheme) {
        return switch (scheme) {
            case CAVAGE -> new Signer.Cavage(usual);
            case RFC9421_RSA -> new Signer.Rfc9421(usual);
            case RFC9421_ED25519 -> new Signer.Rfc9421(ed25519.orElse(usual));
        };
    }

    /// How to sign as another server asks for it.
    Signer signer(AcceptSignature wanted) {
        boolean wantsEd25519 = wanted.algorithm().filter("ed25519"::equals).isPresent();
        return new Signer.AsAsked(wantsEd25519 ? ed25519.orElse(usual) : usual, wanted);
    }
}
