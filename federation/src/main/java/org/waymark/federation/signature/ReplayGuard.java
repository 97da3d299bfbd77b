// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import java.time.Instant;

/// Remembers signatures for as long as they would still be accepted. Safe for many threads; a node
/// whose replays must be refused across a restart keeps them where a restart does not reach.
public interface ReplayGuard {

    /// What the guard says to a signature.
    enum Sighting {
        /// Not seen before; it is remembered now.
        FIRST,
        /// Seen before.
        SEEN,
        /// There is no room to remember it, so it cannot be let in.
        FULL
    }

    /// Asks and remembers in one step, so that of two copies arriving together one is the first.
    ///
    /// @param until when the signature becomes too old to be accepted anyway
    Sighting see(String signature, Instant until);

    /// What came under a signature could not be kept for a reason of ours, such as a full disk: the
    /// same request may come again, and then it is the first.
    void release(String signature);
}
