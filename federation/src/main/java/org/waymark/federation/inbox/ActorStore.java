// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import java.net.URI;
import java.util.Optional;
import org.waymark.federation.vocabulary.Actor;

/// Where fetched actors are kept. Safe for many threads.
public interface ActorStore {

    /// The actor known to list this key.
    Optional<Actor> findByKey(URI keyId);

    /// Keeps an actor, replacing what was kept under its id.
    void put(Actor actor);
}
