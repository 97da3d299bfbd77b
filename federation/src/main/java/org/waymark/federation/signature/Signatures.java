// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.waymark.federation.vocabulary.Reading;

/// Requests signed in either way: which one a request uses is seen from its headers, and we sign as
/// we are told. Immutable; safe for many threads.
public final class Signatures {
    private final Cavage cavage;
    private final Rfc9421 rfc9421;

    public Signatures(Clock clock) {
        this.cavage = new Cavage(clock);
        this.rfc9421 = new Rfc9421(clock);
    }

    /// Examines everything that needs no key. A request with `Signature-Input` is read after RFC
    /// 9421 and no other way.
    ///
    /// Refusals: those of [Cavage#examine] and [Rfc9421#examine].
    ///
    /// @param scheme `https` or `http`: what requests to this server are made with
    public Reading<Claim> examine(Request request, String scheme) {
        return request.headers().all("Signature-Input").isEmpty()
                ? cavage.examine(request)
                : rfc9421.examine(request, scheme);
    }

    /// The headers to send with a request.
    public Map<String, String> sign(Signer signer, String method, URI target, byte[] body) {
        return switch (signer) {
            case Signer.Cavage(SigningKey key) -> cavage.sign(key, method, target, body);
            case Signer.Rfc9421(SigningKey key) -> rfc9421.sign(key, method, target, body);
            case Signer.AsAsked(SigningKey key, AcceptSignature wanted) ->
                    rfc9421.sign(key, method, target, body, wanted);
        };
    }
}
