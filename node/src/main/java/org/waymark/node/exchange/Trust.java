// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.net.URI;
import org.waymark.federation.vocabulary.Activity;

/// Whether an actor may deliver at all. Asked after its signature was checked and before anything
/// is stored; peer implements it.
public interface Trust {

    Answer ask(Activity activity, String subject);

    /// Whether we hold back for a while what goes to this address.
    boolean isPaused(URI address);

    /// Whether the word of this actor counts here now: it lives at a partner that is not paused,
    /// and no key of it waits for a phone call.
    boolean isPartner(URI actor);

    /// Whether something is going on with this actor, so that its keys must stay known.
    boolean isNeeded(URI actor);

    /// What becomes of the delivery.
    sealed interface Answer {
        record Welcome() implements Answer {}

        /// Heard and forgotten (202): what people elsewhere say about us, which nobody here reads.
        record Ignored() implements Answer {}

        /// Not now: the sender keeps it and tries again (503).
        record Later(String code) implements Answer {}

        /// No, without any effect (403).
        record Refused(String code) implements Answer {}
    }
}
