// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.referral.LifeCycle.Party;

/// One line of a referral's timeline.
///
/// @param by whose act it was
/// @param account who pressed it, at this side
/// @param content what was said; empty after erasure, and for what has no words
/// @param activity the message that carried it, for its delivery; empty within one node
public record ReferralEvent(
        UUID id,
        ReferralId referral,
        Instant at,
        Party by,
        Kind kind,
        Optional<AccountId> account,
        Optional<Travelling> content,
        Optional<URI> activity) {

    /// A move of the life cycle, or one of the acts beside it. Names are message keys in lower
    /// case.
    public enum Kind {
        SEND,
        RECEIVE,
        ASK,
        ANSWER,
        WAITLIST,
        ACCEPT,
        DECLINE,
        START,
        HOLD,
        COMPLETE,
        FAIL,
        CANCEL,
        WITHDRAW,
        DELETE,
        DRAFT,
        CONSENT,
        /// Step 2 went.
        CONTACT,
        /// The receiver said it by phone.
        TOLD,
        CALL_REACHED,
        CALL_NO_ANSWER,
        CALL_BACK,
        CALL_SAID_YES,
        CALL_SAID_NO;

        static Kind of(LifeCycle.Move move) {
            return valueOf(move.name());
        }

        static Kind of(Call.Result result) {
            return switch (result) {
                case REACHED -> CALL_REACHED;
                case NO_ANSWER -> CALL_NO_ANSWER;
                case CALL_BACK -> Kind.CALL_BACK;
                case SAID_YES -> CALL_SAID_YES;
                case SAID_NO -> CALL_SAID_NO;
            };
        }

        /// Whether the other side ever hears of it.
        boolean travels() {
            return this != DRAFT && this != CONSENT && !isCall();
        }

        /// Whether they gave their answer in a call before there was a referral to answer.
        public boolean isAnswerOnThePhone() {
            return this == CALL_SAID_YES || this == CALL_SAID_NO;
        }

        boolean isCall() {
            return switch (this) {
                case CALL_REACHED, CALL_NO_ANSWER, CALL_BACK, CALL_SAID_YES, CALL_SAID_NO -> true;
                case SEND,
                        RECEIVE,
                        ASK,
                        ANSWER,
                        WAITLIST,
                        ACCEPT,
                        DECLINE,
                        START,
                        HOLD,
                        COMPLETE,
                        FAIL,
                        CANCEL,
                        WITHDRAW,
                        DELETE,
                        DRAFT,
                        CONSENT,
                        CONTACT,
                        TOLD ->
                        false;
            };
        }
    }
}
