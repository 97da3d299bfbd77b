// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import org.waymark.federation.signature.Cavage;
import org.waymark.federation.signature.Claim;
import org.waymark.federation.signature.ReplayGuard;
import org.waymark.federation.signature.Request;
import org.waymark.federation.trust.Origins;
import org.waymark.federation.vocabulary.Activity;
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

    public Inbox(Gate gate, ReplayGuard replays) {
        this.gate = gate;
        this.replays = replays;
    }

    /// Receives one request.
    ///
    /// Refusals: 413 `document-too-large`; 401 as [Gate] says and `signature-replayed`; 400 as
    /// [StrictJson#read] and [Activity#read] say; 403 `signer-not-actor` and as [Origins#check]
    /// says; 503 `key-unavailable` and `replay-guard-full`.
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
        if (!Origins.same(claim.keyId(), activity.actor())) {
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
                if (!key.owner().equals(activity.actor())) {
                    yield new Received.Refused(403, "signer-not-actor");
                }
                yield switch (replays.see(
                        claim.signature(), claim.signedAt().plus(Cavage.MAX_SKEW))) {
                    case FIRST -> new Received.Accepted(activity, actor, key, claim.signature());
                    case SEEN -> new Received.Refused(401, "signature-replayed");
                    case FULL -> new Received.Refused(503, "replay-guard-full");
                };
            }
        };
    }
}
