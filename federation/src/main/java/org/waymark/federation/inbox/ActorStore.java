// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import java.net.URI;
import java.util.Optional;
import org.waymark.federation.vocabulary.Actor;

/// Where fetched actors are kept. Safe for many threads.
public interface ActorStore {

    /// The actor known to list this key.
    Optional<Actor> findByKey(URI keyId);

    /// The same, even where it is too old to be found.
    default Optional<Actor> findRemembered(URI keyId) {
        return findByKey(keyId);
    }

    /// Whether an actor with this key was ever kept, even where it is too old to be found.
    default boolean remembers(URI keyId) {
        return findByKey(keyId).isPresent();
    }

    /// Keeps an actor, replacing what was kept under its id.
    void put(Actor actor);
}
