// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;

/// Proofs on what actors elsewhere say (FEP-8b32), by the keys that their own servers list.
public final class TheirProofs {

    private final RemoteActors remoteActors;
    private final ObjectProofs proofs;

    public TheirProofs(RemoteActors remoteActors, Clock clock) {
        this.remoteActors = remoteActors;
        this.proofs = new ObjectProofs(clock);
    }

    /// Whether a key of this actor stands under the object. The actor is read again when the key is
    /// not known, so never call it inside a transaction.
    ///
    /// Refusals: those of [ObjectProofs#verify].
    public Reading<VerificationKey> verify(URI author, ObjectNode object) {
        var known = verify(remoteActors.find(author), object);
        return known instanceof Reading.Read || !ObjectProofs.isSigned(object)
                ? known
                : verify(remoteActors.refresh(author), object);
    }

    private Reading<VerificationKey> verify(Optional<Actor> author, ObjectNode object) {
        return proofs.verify(
                object, id -> author.flatMap(it -> VerificationKey.listedBy(it, id).found()));
    }
}
