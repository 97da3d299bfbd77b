// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.util.Set;

/// The life of an agreement between two organisations. An end date that has passed is no state:
/// `Agreement.inForce` looks at the date.
public enum AgreementState {
    /// Listings only; nothing is signed.
    LISTINGS,
    /// We signed and sent it; they decide.
    OFFERED,
    /// They signed and sent it; we decide.
    RECEIVED,
    /// Both signed: referrals may travel.
    IN_FORCE,
    /// One side ended it; copies stop too.
    ENDED;

    /// Where people may move it.
    public Set<AgreementState> next() {
        return switch (this) {
            case LISTINGS -> Set.of(OFFERED, RECEIVED, ENDED);
            case OFFERED -> Set.of(OFFERED, RECEIVED, IN_FORCE, LISTINGS, ENDED);
            case RECEIVED -> Set.of(RECEIVED, OFFERED, IN_FORCE, LISTINGS, ENDED);
            // Offered anew only after its last day.
            case IN_FORCE -> Set.of(OFFERED, RECEIVED, ENDED);
            case ENDED -> Set.of(LISTINGS, OFFERED, RECEIVED);
        };
    }

    public boolean allows(AgreementState to) {
        return next().contains(to);
    }
}
