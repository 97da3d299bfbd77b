// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.net.URI;
import java.security.PublicKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.Reading;

/// A public key that an actor lists as its own.
///
/// @param id as in the actor document and in signatures
/// @param owner the actor's id
/// @param key RSA of at least 2048 bits, Ed25519, or ML-DSA-44
public record VerificationKey(URI id, URI owner, PublicKey key) {
    public VerificationKey {
        Algorithm.of(key);
    }

    /// The key of this id in an actor document, if the actor lists it and the key names the actor
    /// as its owner: both directions, so that nobody can claim another's key.
    ///
    /// Refusals: `key-not-listed`, `key-owner-differs`, and those of [PublicKeys#rsa].
    public static Reading<VerificationKey> listedBy(Actor actor, URI keyId) {
        for (Actor.PemKey entry : actor.publicKeys()) {
            if (entry.id().equals(keyId)) {
                return entry.owner().equals(actor.id())
                        ? PublicKeys.rsa(entry.pem())
                                .then(
                                        it ->
                                                new Reading.Read<>(
                                                        new VerificationKey(keyId, actor.id(), it)))
                        : new Reading.Refused<>("key-owner-differs");
            }
        }
        for (Actor.KeyEntry entry : actor.assertionMethods()) {
            if (entry.id().equals(keyId) && entry.key().kind() != Multikey.Kind.X25519) {
                return entry.controller().equals(actor.id())
                        ? new Reading.Read<>(
                                new VerificationKey(keyId, actor.id(), PublicKeys.of(entry.key())))
                        : new Reading.Refused<>("key-owner-differs");
            }
        }
        return new Reading.Refused<>("key-not-listed");
    }
}
