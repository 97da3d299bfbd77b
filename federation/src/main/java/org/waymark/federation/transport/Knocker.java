// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.transport;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import org.waymark.federation.signature.Knocks;
import org.waymark.federation.signature.Signer;
import org.waymark.federation.signature.SigningKeys;
import org.waymark.federation.trust.Origin;

/// Requests in the name of an actor, signed as the other server reads it: at most two exchanges,
/// each with a fresh signature. Safe for many threads.
public final class Knocker {
    private final GuardedClient client;
    private final SchemeMemory memory;

    public Knocker(GuardedClient client, SchemeMemory memory) {
        this.client = client;
        this.memory = memory;
    }

    /// Asks for a document.
    public Exchange get(URI target, Expected expected, SigningKeys keys) {
        return knock(target, keys, it -> client.get(target, expected, it));
    }

    /// Hands an activity to an inbox.
    public Exchange post(URI inbox, byte[] activity, SigningKeys keys) {
        return post(inbox, activity, Map.of(), keys);
    }

    /// The same with more headers, which the signature does not cover.
    public Exchange post(URI inbox, byte[] activity, Map<String, String> more, SigningKeys keys) {
        return knock(inbox, keys, it -> client.post(inbox, activity, more, it));
    }

    private Exchange knock(URI target, SigningKeys keys, Function<Signer, Exchange> exchange) {
        String authority = Origin.of(target).map(Origin::authority).orElse("");
        Signer first = Knocks.first(memory.find(authority), keys);
        Exchange answer = exchange.apply(first);
        if (!(answer instanceof Exchange.Answer refusal)) {
            return answer;
        }
        return Knocks.second(first, refusal.status(), refusal.headers(), keys)
                .map(it -> second(authority, it, refusal, exchange))
                .orElse(answer);
    }

    private Exchange second(
            String authority,
            Signer signer,
            Exchange.Answer refusal,
            Function<Signer, Exchange> exchange) {
        Exchange answer = exchange.apply(signer);
        if (!(answer instanceof Exchange.Answer it)) {
            return answer;
        }
        if (it.isSuccess()) {
            memory.remember(authority, signer.scheme());
            return answer;
        }
        // Refused both ways, so not for the signature's sake: the first answer tells why.
        return Knocks.isRefusal(it.status()) ? refusal : answer;
    }
}
