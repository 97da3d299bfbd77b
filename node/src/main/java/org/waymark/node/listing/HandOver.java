// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.OrganizationId;

/// One listing on its way from an organisation to another, seen by one of the two.
///
/// @param organization ours
/// @param listing the id it has, or had, with who gives it
/// @param other the other organisation
/// @param offer the activity that offered it
/// @param given what who gives it has signed
/// @param taken what who takes it has signed
public record HandOver(
        UUID id,
        Side side,
        State state,
        OrganizationId organization,
        URI listing,
        String name,
        URI other,
        String otherName,
        URI offer,
        HandOverDocument given,
        Optional<HandOverDocument> taken,
        Instant changedAt) {

    public enum Side {
        GIVEN,
        TAKEN
    }

    public enum State {
        OFFERED,
        ACCEPTED,
        DECLINED,
        TAKEN_BACK,
        /// We took it, and the other had taken the offer back long before it heard: it is still
        /// theirs, and both of us show it.
        TOO_LATE
    }

    HandOver to(State other, Instant now) {
        return new HandOver(
                id,
                side,
                other,
                organization,
                listing,
                name,
                this.other,
                otherName,
                offer,
                given,
                taken,
                now);
    }

    HandOver accepted(HandOverDocument by, Instant now) {
        return new HandOver(
                id,
                side,
                State.ACCEPTED,
                organization,
                listing,
                name,
                other,
                otherName,
                offer,
                given,
                Optional.of(by),
                now);
    }
}
