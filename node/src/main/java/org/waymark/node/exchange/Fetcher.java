// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import org.waymark.federation.transport.Documents;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.transport.Knocker;

/// Reads ActivityPub documents of other servers, always signed. Never call it inside a transaction.
public final class Fetcher {

    private final Knocker knocker;
    private final ActorKeys keys;
    private final LocalActors actors;

    public Fetcher(Knocker knocker, ActorKeys keys, LocalActors actors) {
        this.knocker = knocker;
        this.keys = keys;
        this.actors = actors;
    }

    /// Whether nothing can be signed now, and so nothing read.
    boolean isLocked() {
        return keys.areLocked();
    }

    /// Reads a public document, in the name of the node.
    public Fetched fetch(URI address) {
        return fetch(address, actors.node());
    }

    /// Reads a document that is shown only to some, in the name of one of our actors.
    public Fetched fetch(URI address, LocalActor reader) {
        return FetchBudget.take()
                ? documents(reader).fetch(address)
                : new Fetched.Failed("too-many-fetches");
    }

    /// The same as a source for the library.
    public Documents documents(LocalActor reader) {
        return new Documents(knocker, () -> keys.of(reader).signingKeys());
    }
}
