// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Optional;
import org.waymark.federation.inbox.Gate;
import org.waymark.federation.inbox.Gate.Signed;
import org.waymark.federation.signature.Headers;
import org.waymark.federation.signature.Request;
import org.waymark.node.http.RawTarget;

/// Who asks for a document that is shown only to somebody: whoever signed the request.
public final class SignedReaders {

    private final Gate gate;

    public SignedReaders(Gate gate) {
        this.gate = gate;
    }

    /// The actor whose signature holds; empty when there is none that does. May fetch a key.
    public Optional<URI> find(ContainerRequestContext context) {
        var request =
                new Request(
                        context.getMethod(),
                        RawTarget.of(context).pathAndQuery(),
                        Headers.of(context.getHeaders()),
                        new byte[0]);
        return gate.check(request) instanceof Signed.By(var actor, _, _)
                ? actor.uri()
                : Optional.empty();
    }
}
