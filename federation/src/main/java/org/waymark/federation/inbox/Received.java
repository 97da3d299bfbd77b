// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;

/// What came of something posted to an inbox.
public sealed interface Received {

    /// Its actor really said it, just now, to us, and may speak of what it speaks of. Whether we
    /// care is another question.
    ///
    /// @param activity with `json()` exactly as it was verified
    /// @param actor as its server described it
    /// @param key with which it was signed
    /// @param signature in one spelling, for the replay guard when it cannot be kept, and to know
    ///   it again when it comes twice
    record Accepted(Activity activity, Actor actor, VerificationKey key, String signature)
            implements Received {}

    /// Another actor brought it; its own actor proves every member of it (FEP-8b32). It may have
    /// said it long ago, and to somebody else.
    ///
    /// @param actor who said it, as its server described it
    /// @param key with which it is proven
    /// @param bearer who brought it and signed the request
    /// @param signature of the request, for the replay guard, when it cannot be kept
    record Forwarded(
            Activity activity, Actor actor, VerificationKey key, Actor bearer, String signature)
            implements Received {}

    /// Nothing to do, and so nothing was fetched or verified: an actor that we never met is gone.
    /// Answer as if it had been taken (202), or its server will come back with it.
    record Ignored() implements Received {}

    /// It is turned away without effect.
    ///
    /// @param status for the answer: 400, 401, 403, 413 or 503
    /// @param code stable, kebab-case
    record Refused(int status, String code) implements Received {}
}
