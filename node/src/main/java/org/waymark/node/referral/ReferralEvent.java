// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import java.net.URI;
import java.time.Instant;
import java.util.List;
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
        SEND(Travelling.FirstStep.class, Side.RECEIVER),
        RECEIVE(Travelling.Nothing.class, Side.SENDER),
        ASK(Travelling.Text.class, Side.SENDER),
        ANSWER(Travelling.Text.class, Side.RECEIVER),
        WAITLIST(Travelling.Waiting.class, Side.SENDER),
        ACCEPT(Travelling.NextStep.class, Side.SENDER),
        DECLINE(Travelling.Refusal.class, Side.SENDER),
        START(Travelling.Nothing.class, Side.SENDER),
        HOLD(Travelling.Nothing.class, Side.SENDER),
        COMPLETE(Travelling.Closing.class, Side.SENDER),
        FAIL(Travelling.Closing.class, Side.SENDER),
        /// May go both ways.
        CANCEL(Travelling.Stop.class, Side.SENDER, Side.RECEIVER),
        WITHDRAW(Travelling.Withdrawal.class, Side.SENDER, Side.RECEIVER),
        /// The receiver has deleted what it had after the person stopped it.
        ERASED(Travelling.Nothing.class, Side.SENDER),
        /// The receiver asked another organisation instead, as the person agreed.
        ONWARD(Travelling.Onward.class, Side.SENDER),
        DELETE(Travelling.Nothing.class, Side.RECEIVER),
        DRAFT(Travelling.Nothing.class),
        CONSENT(Travelling.Nothing.class),
        /// Step 2 went.
        CONTACT(Travelling.Contact.class, Side.RECEIVER),
        /// The receiver said it by phone.
        TOLD(Travelling.Told.class, Side.RECEIVER),
        CALL_REACHED(Travelling.Nothing.class),
        CALL_NO_ANSWER(Travelling.Nothing.class),
        CALL_BACK(Travelling.Nothing.class),
        CALL_SAID_YES(Travelling.Nothing.class),
        CALL_SAID_NO(Travelling.Nothing.class),
        /// A message did not arrive and went once more.
        SENT_AGAIN(Travelling.Nothing.class),
        /// They said something that did not arrive here; they were asked for it.
        ASKED_AGAIN(Travelling.Nothing.class),
        /// An organisation without a node looked at it behind its link.
        SHOWN(Travelling.Nothing.class),
        /// The same for how to reach the person, with the code.
        CONTACT_SHOWN(Travelling.Nothing.class),
        /// One side lost its last days, by a restored backup.
        FORGOTTEN(Travelling.Nothing.class),
        /// Clocks of [ReferralClock]; each is rung once.
        REMINDED(Travelling.Nothing.class),
        OVERDUE(Travelling.Nothing.class),
        CONTACT_OVERDUE(Travelling.Nothing.class),
        STILL_GOING_ASKED(Travelling.Nothing.class),
        CONSENT_ENDED(Travelling.Nothing.class),
        /// "Still going", to the monthly question.
        STILL_GOING(Travelling.Nothing.class),
        /// A second person looked at what one had done alone because of danger to life.
        REVIEWED(Travelling.Nothing.class),
        /// A colleague takes care of it now.
        HANDED_OVER(Travelling.Nothing.class),
        /// The next organisation that the person had named was asked.
        NEXT_ASKED(Travelling.Nothing.class);

        private final Class<? extends Travelling> content;
        private final List<Side> hearers;

        Kind(Class<? extends Travelling> content, Side... hearers) {
            this.content = content;
            this.hearers = List.of(hearers);
        }

        /// What it carries.
        Class<? extends Travelling> content() {
            return content;
        }

        /// Whether this side hears of it from the other.
        boolean mayReach(Side side) {
            return hearers.contains(side);
        }

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
            return !hearers.isEmpty();
        }

        /// Whether they gave their answer in a call before there was a referral to answer.
        public boolean isAnswerOnThePhone() {
            return this == CALL_SAID_YES || this == CALL_SAID_NO;
        }

        /// Whether later words of the sender are heard only after it.
        boolean isFollowed() {
            return this == SEND || this == ANSWER || this == TOLD;
        }

        /// Whether the receiver says it of its case, which must have an address then.
        boolean speaksOfCase(Side side) {
            return side == Side.RECEIVER
                    && (this == ERASED || this == ONWARD || isAnswer() && this != DECLINE);
        }

        /// Whether it is an answer of the receiver's own, which replaces what was told by phone.
        boolean isAnswer() {
            return switch (this) {
                case WAITLIST, ACCEPT, DECLINE, START, HOLD, COMPLETE, FAIL, CANCEL, WITHDRAW ->
                        true;
                case SEND,
                        RECEIVE,
                        ASK,
                        ANSWER,
                        DELETE,
                        DRAFT,
                        CONSENT,
                        CONTACT,
                        TOLD,
                        CALL_REACHED,
                        CALL_NO_ANSWER,
                        CALL_BACK,
                        CALL_SAID_YES,
                        CALL_SAID_NO,
                        SENT_AGAIN,
                        ASKED_AGAIN,
                        FORGOTTEN,
                        ERASED,
                        ONWARD,
                        REMINDED,
                        OVERDUE,
                        CONTACT_OVERDUE,
                        STILL_GOING_ASKED,
                        STILL_GOING,
                        CONSENT_ENDED,
                        REVIEWED,
                        HANDED_OVER,
                        NEXT_ASKED,
                        SHOWN,
                        CONTACT_SHOWN ->
                        false;
            };
        }

        boolean isCall() {
            return this == CALL_REACHED
                    || this == CALL_NO_ANSWER
                    || this == CALL_BACK
                    || isAnswerOnThePhone();
        }
    }
}
