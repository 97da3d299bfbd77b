// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import java.net.URI;
import java.time.Clock;
import org.waymark.federation.signature.Claim;
import org.waymark.federation.signature.Request;
import org.waymark.federation.signature.Signatures;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.trust.Origin;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;

/// Who signed a request. Used by the inbox for what is posted, and alone for documents that are
/// shown only to somebody (a signed GET).
public final class Gate {

    /// What came of asking who signed.
    public sealed interface Signed {
        /// This actor did, with this key.
        record By(Actor actor, VerificationKey key, Claim claim) implements Signed {}

        /// Nobody we can believe.
        ///
        /// @param status for the answer
        /// @param code those of [Signatures#examine], [Claim#verify], [VerificationKey#listedBy],
        ///   and `host-wrong`, `key-gone`, `key-unavailable`
        record Refused(int status, String code) implements Signed {}
    }

    private final Origin self;
    private final KeyDirectory keys;
    private final Signatures signatures;

    /// A gate for one server.
    ///
    /// @param baseUrl where this server lives; a request signed for another host is refused
    public Gate(URI baseUrl, KeyDirectory keys, Clock clock) {
        this.self = Origin.of(baseUrl).orElseThrow();
        this.keys = keys;
        this.signatures = new Signatures(clock);
    }

    /// Examines and verifies; may fetch a key.
    public Signed check(Request request) {
        return switch (examine(request)) {
            case Reading.Refused<Claim>(String code) -> new Signed.Refused(401, code);
            case Reading.Read<Claim>(Claim claim) -> verify(claim);
        };
    }

    /// All that can be said without the key.
    Reading<Claim> examine(Request request) {
        return signatures
                .examine(request, self.scheme())
                .then(
                        it ->
                                isForUs(request)
                                        ? new Reading.Read<>(it)
                                        : new Reading.Refused<>("host-wrong"));
    }

    /// Whether the owner of the key is known, without asking anybody.
    boolean remembers(Claim claim) {
        return keys.remembers(claim.keyId());
    }

    /// Looks the key up, and once again at its server when it does not verify: it may have changed.
    Signed verify(Claim claim) {
        Signed signed = lookUp(claim);
        if (signed instanceof Signed.By(Actor owner, _, _)) {
            keys.verified(claim.keyId(), owner);
        }
        return signed;
    }

    /// The same for what an actor says as its last word: where its server says that it is gone, the
    /// key that is remembered of it counts.
    Signed verifyFarewell(Claim claim) {
        Signed signed = verify(claim);
        return signed instanceof Signed.Refused(_, String code) && code.equals("key-gone")
                ? verify(claim, keys.findRemembered(claim.keyId()))
                : signed;
    }

    private Signed lookUp(Claim claim) {
        KeyDirectory.Lookup known = keys.find(claim.keyId());
        Signed signed = verify(claim, known);
        if (signed instanceof Signed.By || !(known instanceof KeyDirectory.Lookup.Found)) {
            return signed;
        }
        KeyDirectory.Lookup fresh = keys.refetch(claim.keyId());
        return fresh.equals(known) ? signed : verify(claim, fresh);
    }

    private static Signed verify(Claim claim, KeyDirectory.Lookup lookup) {
        return switch (lookup) {
            case KeyDirectory.Lookup.Found(var key, var owner) ->
                    switch (claim.verify(key)) {
                        case Reading.Read<VerificationKey> _ -> new Signed.By(owner, key, claim);
                        case Reading.Refused<VerificationKey>(String code) ->
                                new Signed.Refused(401, code);
                    };
            case KeyDirectory.Lookup.Missing(String code) -> new Signed.Refused(401, code);
            case KeyDirectory.Lookup.Gone _ -> new Signed.Refused(401, "key-gone");
            // Not 401: an honest sender would take that for an answer and give up.
            case KeyDirectory.Lookup.Unavailable _ -> new Signed.Refused(503, "key-unavailable");
        };
    }

    private boolean isForUs(Request request) {
        String host = request.headers().first("Host").orElse("").strip();
        return host.equalsIgnoreCase(self.authority())
                || host.equalsIgnoreCase(self.host() + ":" + self.port());
    }
}
