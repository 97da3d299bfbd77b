// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight.witness;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.waymark.node.peer.PeerId;

/// Who keeps whose audit's end, between us and one partner; each direction is one of these.
///
/// @param offer the last that was sent, by whoever's audit it is
/// @param number of the newest end that was sent
/// @param heardAt when the other side was last heard of in this
/// @param forkedAt when they last sent an end that does not follow what we keep of them
public record Keeping(
        PeerId peer,
        Whose whose,
        State state,
        Instant askedAt,
        URI offer,
        long number,
        Optional<Instant> heardAt,
        Optional<Instant> forkedAt) {

    public enum Whose {
        OURS,
        THEIRS
    }

    public enum State {
        /// Asked; a person on the other side, or here, has not answered.
        ASKED,
        AGREED,
        REFUSED,
        /// Whose audit it is asks no longer.
        ENDED
    }

    Keeping with(State next) {
        return new Keeping(peer, whose, next, askedAt, offer, number, heardAt, forkedAt);
    }

    Keeping sent(URI newOffer, long newNumber) {
        return new Keeping(peer, whose, state, askedAt, newOffer, newNumber, heardAt, forkedAt);
    }

    Keeping heard(Instant at) {
        return new Keeping(peer, whose, state, askedAt, offer, number, Optional.of(at), forkedAt);
    }

    Keeping forked(Optional<Instant> at) {
        return new Keeping(peer, whose, state, askedAt, offer, number, heardAt, at);
    }
}
