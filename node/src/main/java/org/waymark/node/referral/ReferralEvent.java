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
/// @param version of that message, for saying it once more
public record ReferralEvent(
        UUID id,
        ReferralId referral,
        Instant at,
        Party by,
        Kind kind,
        Optional<AccountId> account,
        Optional<Travelling> content,
        Optional<URI> activity,
        Optional<Long> version) {

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
        CALL_SAID_NO,
        /// A message did not arrive and went once more.
        SENT_AGAIN,
        /// They said something that did not arrive here; they were asked for it.
        ASKED_AGAIN,
        /// One side lost its last days, by a restored backup.
        FORGOTTEN;

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
            return this != DRAFT && this != CONSENT && !isCall() && !isRepair();
        }

        /// Whether they gave their answer in a call before there was a referral to answer.
        public boolean isAnswerOnThePhone() {
            return this == CALL_SAID_YES || this == CALL_SAID_NO;
        }

        /// What comparing the two sides came to.
        boolean isRepair() {
            return this == SENT_AGAIN || this == ASKED_AGAIN || this == FORGOTTEN;
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
                        TOLD,
                        SENT_AGAIN,
                        ASKED_AGAIN,
                        FORGOTTEN ->
                        false;
            };
        }
    }
}
