// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.oversight;

import java.time.Instant;
import org.waymark.node.referral.ReferralId;

/// The person behind one request, and whether they know of a breach.
///
/// @param at when that was so
public record BreachNotice(ReferralId referral, How how, Instant at) {

    /// Names are message keys in lower case.
    public enum How {
        /// They read it behind help code and word, in their language.
        WRITTEN,
        /// They have no page that could say it, or none in their language: somebody must call.
        TO_CALL,
        CALLED,
        /// Their request was deleted before anybody called; who it was is not known any more.
        LOST
    }

    public boolean waits() {
        return how == How.TO_CALL;
    }
}
