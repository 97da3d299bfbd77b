// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Instant;

/// Something staff of one organisation have to do about a referral that its state alone does not
/// say. It stands until somebody has done it; nothing happens by itself when it is overdue.
///
/// @param due by when it should be done
public record Duty(Referral referral, Kind kind, Instant since, Instant due) {

    /// Names are message keys in lower case.
    public enum Kind {
        /// One worker acted alone because of danger to life; a second looks at it.
        REVIEW,
        /// The person stopped it, and the other side has not said yet that it has deleted.
        ERASURE,
        /// The consent has run out; nothing more is told until the person is asked again.
        CONSENT,
        /// Nobody has been in touch within a week of the yes.
        FIRST_CONTACT,
        /// Once a month: helped, not, still going?
        STILL_GOING,
        /// They said no, and the person had named others.
        NEXT_RECEIVER,
        /// It was stopped by code; the person is asked by the safe contact whether it was they.
        CHECK_ON_PERSON;

        boolean standsFor(Referral referral) {
            var state = referral.state();
            return switch (this) {
                case REVIEW, CHECK_ON_PERSON -> true;
                case ERASURE -> state == LifeCycle.State.WITHDRAWN;
                case CONSENT -> state.isOpen();
                case FIRST_CONTACT -> state == LifeCycle.State.ACCEPTED;
                case STILL_GOING -> state.isTaken();
                case NEXT_RECEIVER -> referral.effectiveState() == LifeCycle.State.DECLINED;
            };
        }
    }
}
