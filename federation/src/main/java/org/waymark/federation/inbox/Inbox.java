// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import java.util.Optional;
import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.Claim;
import org.waymark.federation.signature.ObjectProofs;
import org.waymark.federation.signature.ReplayGuard;
import org.waymark.federation.signature.Request;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.federation.vocabulary.Reference;
import org.waymark.federation.vocabulary.StrictJson;

/// Turns a posted request into a received activity or a refusal (ActivityPub, section 5.2),
/// cheapest checks first: nothing is fetched for a request that is wrong in itself.
///
/// The same activity may be accepted more than once, under fresh signatures: senders repeat what
/// they hold for undelivered. Whoever stores it looks at its id, and whoever cannot store it says
/// so to the replay guard.
public final class Inbox {
    private final Gate gate;
    private final ReplayGuard replays;
    private final Optional<Forwarding> forwarding;

    private record Forwarding(ProofGate proofs, Bearers bearers) {}

    /// An inbox that takes from each actor only what it says itself.
    public Inbox(Gate gate, ReplayGuard replays) {
        this(gate, replays, Optional.empty());
    }

    /// An inbox that also takes what some may bring, proven by who said it.
    public Inbox(Gate gate, ReplayGuard replays, ProofGate proofs, Bearers bearers) {
        this(gate, replays, Optional.of(new Forwarding(proofs, bearers)));
    }

    private Inbox(Gate gate, ReplayGuard replays, Optional<Forwarding> forwarding) {
        this.gate = gate;
        this.replays = replays;
        this.forwarding = forwarding;
    }

    /// Receives one request.
    ///
    /// Refusals: 413 `document-too-large`; 401 as [Gate] says and `signature-replayed`; 400 as
    /// [StrictJson#read] and [Activity#read] say; 403 `signer-not-actor` and as [Origins#check]
    /// says; 503 `key-unavailable` and `replay-guard-full`. What another actor than the signer says
    /// and claims to prove: 403 `forwarding-refused`, `author-unavailable` and as [ProofGate] says.
    public Received receive(Request request) {
        if (request.body().length > StrictJson.MAX_DOCUMENT_BYTES) {
            return new Received.Refused(413, "document-too-large");
        }
        return switch (gate.examine(request)) {
            case Reading.Refused<Claim>(String code) -> new Received.Refused(401, code);
            case Reading.Read<Claim>(Claim claim) -> read(request, claim);
        };
    }

    private Received read(Request request, Claim claim) {
        return switch (StrictJson.read(request.body()).then(Activity::read)) {
            case Reading.Refused<Activity>(String code) -> new Received.Refused(400, code);
            case Reading.Read<Activity>(Activity activity) -> judge(activity, claim);
        };
    }

    private Received judge(Activity activity, Claim claim) {
        // Before any fetch: a key of another server than the actor's can never be the actor's.
        if (!Origins.same(claim.keyId(), activity.actor()) && !mayBeForwarded(activity)) {
            return new Received.Refused(403, "signer-not-actor");
        }
        return switch (Origins.check(activity)) {
            case Reading.Refused<Activity>(String code) -> new Received.Refused(403, code);
            case Reading.Read<Activity> _ ->
                    isFarewell(activity) && !gate.remembers(claim)
                            ? new Received.Ignored()
                            : verify(activity, claim);
        };
    }

    /// An actor deletes itself. Servers tell everybody they ever heard of, thousands at a time when
    /// they are cleaned up, and the keys are gone by then.
    private static boolean isFarewell(Activity activity) {
        return activity instanceof Activity.Delete
                && activity.object()
                        .flatMap(Reference::id)
                        .filter(activity.actor()::equals)
                        .isPresent();
    }

    private Received verify(Activity activity, Claim claim) {
        var signed = isFarewell(activity) ? gate.verifyFarewell(claim) : gate.verify(claim);
        return switch (signed) {
            case Gate.Signed.Refused(int status, String code) -> new Received.Refused(status, code);
            case Gate.Signed.By(var actor, var key, _) -> {
                if (key.owner().equals(activity.actor())) {
                    yield once(
                            claim, new Received.Accepted(activity, actor, key, claim.signature()));
                }
                var proven = forwarded(activity, actor, claim);
                yield proven instanceof Received.Refused ? proven : once(claim, proven);
            }
        };
    }

    private Received once(Claim claim, Received received) {
        return switch (replays.see(claim.signature(), claim.signedAt().plus(Cavage.MAX_SKEW))) {
            case FIRST -> received;
            case SEEN -> new Received.Refused(401, "signature-replayed");
            case FULL -> new Received.Refused(503, "replay-guard-full");
        };
    }

    /// Whether it is worth asking who brings it. The last word of an actor is never forwarded: it
    /// may have been taken back since.
    private boolean mayBeForwarded(Activity activity) {
        return forwarding.isPresent()
                && ObjectProofs.isSigned(activity.json())
                && !isFarewell(activity);
    }

    private Received forwarded(Activity activity, Actor bearer, Claim claim) {
        if (forwarding.isEmpty() || !mayBeForwarded(activity)) {
            return new Received.Refused(403, "signer-not-actor");
        }
        if (!forwarding.get().bearers().mayBring(bearer, activity)) {
            return new Received.Refused(403, "forwarding-refused");
        }
        return switch (forwarding.get().proofs().check(activity.json())) {
            case ProofGate.Proven.By(var author, var key) ->
                    key.owner().equals(activity.actor())
                            ? new Received.Forwarded(
                                    activity, author, key, bearer, claim.signature())
                            : new Received.Refused(403, "proof-by-another-actor");
            case ProofGate.Proven.Unsigned _ -> new Received.Refused(403, "signer-not-actor");
            case ProofGate.Proven.Refused(String code) -> new Received.Refused(403, code);
            // Not 503: that would say that we take nothing now, and an honest bearer would keep
            // back all it has for us because of a third server.
            case ProofGate.Proven.Unavailable _ -> new Received.Refused(403, "author-unavailable");
        };
    }
}
