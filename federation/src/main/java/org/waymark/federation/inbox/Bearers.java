// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.inbox;

import org.waymark.federation.vocabulary.Activity;
import org.waymark.federation.vocabulary.Actor;

/// Who may bring what another actor said (ActivityPub, section 7.1.2). Asked when the bearer's own
/// signature is known to be good and before anybody asks for the key of the other's proof: what
/// nobody wants to hear from this bearer costs nothing. Safe for many threads.
///
/// What is proven can be brought by anyone at any time, and again: allow only what does no harm
/// when it comes late or twice.
@FunctionalInterface
public interface Bearers {

    /// Whether this actor may bring this activity, if its actor proves it.
    boolean mayBring(Actor bearer, Activity activity);
}
