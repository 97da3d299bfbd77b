// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import java.net.URI;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Actor;

/// Where keys of remote actors come from. [RemoteKeys] fetches and remembers; a program with other
/// needs brings its own. Safe for many threads.
public interface KeyDirectory {

    /// What is known of a key.
    sealed interface Lookup {
        /// Its owner lists it.
        record Found(VerificationKey key, Actor owner) implements Lookup {}

        /// There is no such key: nobody lists it, or its document cannot be accepted.
        record Missing(String code) implements Lookup {}

        /// Its owner is gone for ever (410).
        record Gone() implements Lookup {}

        /// Its server could not be asked now.
        record Unavailable(String code) implements Lookup {}
    }

    /// The key, remembered or fetched.
    Lookup find(URI keyId);

    /// The key as its server has it now, because the remembered one did not verify. Bounded: a
    /// directory may answer from memory when it has fetched the key a moment ago.
    Lookup refetch(URI keyId);

    /// The key as it was last known, however long ago; asks nobody.
    default Lookup findRemembered(URI keyId) {
        return new Lookup.Missing("key-not-listed");
    }

    /// Whether the owner of this key has spoken before; asks nobody.
    boolean remembers(URI keyId);

    /// A signature verified with this key of this owner, as it was looked up: the owner has spoken
    /// and may be remembered for long.
    void verified(URI keyId, Actor owner);
}
