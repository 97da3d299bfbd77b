// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.referral.ReferralId;

/// What somebody asks of the data about them (GDPR, articles 15 to 21). What they said is not kept
/// here.
///
/// @param referral the request for help that it is about, where that is known
/// @param dueAt a month after it came, three when it was extended
public record DataRequest(
        UUID id,
        Optional<ReferralId> referral,
        Kind kind,
        Instant askedAt,
        Instant dueAt,
        boolean isExtended,
        Optional<Outcome> outcome,
        Optional<Instant> settledAt) {

    /// Names are message keys in lower case.
    public enum Kind {
        ACCESS,
        RECTIFICATION,
        ERASURE,
        PORTABILITY,
        OBJECTION
    }

    public enum Outcome {
        DONE,
        /// With the reason told to them, and whom they can complain to.
        REFUSED
    }
}
