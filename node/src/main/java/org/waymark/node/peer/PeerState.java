// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.util.Set;

/// The life of a peering. Only people move it, here or on the other side; no clock does.
public enum PeerState {
    /// We asked; their staff decide.
    REQUESTED,
    /// They asked; our staff decide.
    ASKED,
    /// Both agreed.
    ACTIVE,
    /// We stopped for a while: what they send is answered "later", and what we send waits.
    PAUSED,
    /// One side said no. Either may ask again.
    REJECTED,
    /// One side ended it. Either may ask again.
    ENDED,
    /// We refuse everything from them, a new request included.
    BLOCKED;

    /// Where a person, here or there, may move it.
    public Set<PeerState> next() {
        return switch (this) {
            case REQUESTED -> Set.of(ACTIVE, REJECTED, ENDED, BLOCKED);
            case ASKED -> Set.of(ACTIVE, REJECTED, ENDED, BLOCKED);
            case ACTIVE -> Set.of(PAUSED, REJECTED, ENDED, BLOCKED);
            case PAUSED -> Set.of(ACTIVE, REJECTED, ENDED, BLOCKED);
            case REJECTED, ENDED -> Set.of(REQUESTED, ASKED, BLOCKED);
            case BLOCKED -> Set.of(ENDED);
        };
    }

    /// Whether it is with partners that an organisation there would speak, now or soon.
    boolean isBetweenPartners() {
        return this == REQUESTED || this == ACTIVE || this == PAUSED;
    }

    /// Whether its state allows this move.
    public boolean allows(PeerState to) {
        return next().contains(to);
    }
}
