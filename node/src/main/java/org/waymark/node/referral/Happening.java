// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.time.Instant;
import java.util.Optional;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Travelling.Outcome;
import org.waymark.node.referral.Travelling.Reason;

/// Something that one side counts. Nothing in it says which referral it was.
///
/// @param organization whose count it is
/// @param partner the name of the other side
/// @param topic slug; empty once the need is erased
/// @param interpreter the language that nobody there speaks, if that was said
/// @param people whom it was about; 0 once the need is erased
/// @param times 1, or -1 where the receiver's own word replaces what they were told to have said
public record Happening(
        What what,
        Instant at,
        OrganizationId organization,
        Side side,
        String partner,
        Optional<ListingId> listing,
        String topic,
        Optional<String> interpreter,
        int people,
        int times) {

    public sealed interface What {

        /// It was sent, or taken back because it should never have been.
        record Asked() implements What {}

        /// The first answer.
        record Answered(Answer answer, long minutes, boolean inTime) implements What {}

        /// Why they said no; empty when they said it by phone and gave no reason.
        record Refused(Optional<Reason> reason) implements What {}

        /// How it ended; empty when that may not be told.
        record Ended(boolean helped, Optional<Outcome> outcome) implements What {}

        /// Somebody stopped it before that.
        record Stopped() implements What {}
    }

    public enum Answer {
        YES,
        WAITING_LIST,
        NO
    }
}
