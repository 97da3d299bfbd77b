// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.util.Locale;
import org.waymark.node.referral.LifeCycle.State;

/// What came of an attempt to write a referral or move it on. Repeating a move is not an error.
public sealed interface MoveOutcome {

    record Moved(Referral referral) implements MoveOutcome {}

    record AlreadyThere(Referral referral) implements MoveOutcome {}

    record NotFound(ReferralId id) implements MoveOutcome {}

    /// The life cycle does not allow it from there.
    record NotAllowed(State from) implements MoveOutcome {}

    record Refused(Why why) implements MoveOutcome {}

    /// Why nothing is done; each has a code that is also the message key.
    enum Why {
        /// Violence, trafficking, torture, child protection, or a minor alone: only the phone
        /// (safety.md 9).
        PROTECTION_BY_PHONE,
        /// No partner agreement in force (safety.md 16).
        AGREEMENT_MISSING,
        /// The partner publishes another key; someone must compare it by phone first.
        PARTNER_KEY_CHANGED,
        /// The listing is closed, takes no referrals, or is no help at all.
        NO_REFERRALS_TAKEN,
        LISTING_NOT_FOUND,
        /// No consent or other basis is recorded, it does not cover this, or it has expired.
        CONSENT_MISSING,
        /// "Today" is sent only after a recorded call (safety.md 14).
        CALL_FIRST,
        /// What one did alone, another reviews.
        SECOND_PERSON,
        /// A finishing that helped must say so, one that failed must not.
        OUTCOME_DOES_NOT_FIT,
        /// The person's data was erased.
        ERASED;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
