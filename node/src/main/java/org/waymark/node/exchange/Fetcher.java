// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import org.waymark.federation.transport.Documents;
import org.waymark.federation.transport.Documents.Fetched;
import org.waymark.federation.transport.GuardedClient;

/// Reads ActivityPub documents of other servers, always signed. Never call it inside a transaction.
public final class Fetcher {

    private final GuardedClient client;
    private final ActorKeys keys;
    private final LocalActors actors;

    public Fetcher(GuardedClient client, ActorKeys keys, LocalActors actors) {
        this.client = client;
        this.keys = keys;
        this.actors = actors;
    }

    /// Reads a public document, in the name of the node.
    public Fetched fetch(URI address) {
        return fetch(address, actors.node());
    }

    /// Reads a document that is shown only to some, in the name of one of our actors.
    public Fetched fetch(URI address, LocalActor reader) {
        return documents(reader).fetch(address);
    }

    /// The same as a source for the library.
    public Documents documents(LocalActor reader) {
        return new Documents(client, () -> keys.of(reader).rsaSigningKey());
    }
}
