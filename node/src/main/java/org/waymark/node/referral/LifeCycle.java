// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.waymark.node.referral.LifeCycle.Party.PERSON;
import static org.waymark.node.referral.LifeCycle.Party.RECEIVER;
import static org.waymark.node.referral.LifeCycle.Party.SENDER;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The whole life of a referral: its states, the moves between them, who may make each, and what
/// the other side makes of hearing it. Nothing else decides. [#step(State,Move,Party)] says what a
/// side may do itself, [#hear(State,Move,Party)] what it makes of a message; so two sides that hear
/// all of each other end in the same state, in whatever order they spoke ([ReferralClock] has the
/// times).
public final class LifeCycle {

    private LifeCycle() {}

    /// Closed is final: to reopen is a new referral.
    public enum State {
        DRAFT(Word.DRAFT, "draft"),
        SENT(Word.WAITING, "requested"),
        RECEIVED(Word.WAITING, "received"),
        INFO_NEEDED(Word.QUESTION, "received"),
        WAITLISTED(Word.YES, "on-hold"),
        ACCEPTED(Word.YES, "accepted"),
        IN_PROGRESS(Word.YES, "in-progress"),
        ON_HOLD(Word.YES, "on-hold"),
        DECLINED(Word.NO, "rejected"),
        COMPLETED(Word.FINISHED, "completed"),
        UNSUCCESSFUL(Word.FINISHED, "failed"),
        CANCELLED(Word.FINISHED, "cancelled"),
        /// The person stopped it.
        WITHDRAWN(Word.FINISHED, "cancelled"),
        /// It should never have been sent; it leaves the lists.
        ENTERED_IN_ERROR(Word.GONE, "entered-in-error");

        private final Word word;
        private final String taskCode;

        State(Word word, String taskCode) {
            this.word = word;
            this.taskCode = taskCode;
        }

        /// What screens say.
        public Word word() {
            return word;
        }

        /// The code of a FHIR Task, for reports and other systems.
        public String taskCode() {
            return taskCode;
        }

        boolean isUnanswered() {
            return UNANSWERED.contains(this);
        }

        /// Whether the receiver has said yes and not finished: the only time at which it holds
        /// contact data.
        boolean isTaken() {
            return TAKEN.contains(this);
        }

        boolean isClosed() {
            return !isOpen();
        }

        // Both sides may end it at once; then the higher number is how it ended, on both. The
        // person's stop before all: it must reach whoever holds data. Then what takes the whole
        // referral back, then the sender's Undo (referral.md: it wins for data), then how the
        // receiver ended it.
        private int finality() {
            return switch (this) {
                case WITHDRAWN -> 4;
                case ENTERED_IN_ERROR -> 3;
                case CANCELLED -> 2;
                case DECLINED, COMPLETED, UNSUCCESSFUL -> 1;
                case DRAFT,
                        SENT,
                        RECEIVED,
                        INFO_NEEDED,
                        WAITLISTED,
                        ACCEPTED,
                        IN_PROGRESS,
                        ON_HOLD ->
                        0;
            };
        }

        /// Whether the receiver is asked to do something or is doing it.
        public boolean isOpen() {
            return this == DRAFT || OPEN.contains(this);
        }
    }

    /// Screens show these and no finer ones. Names are message keys in lower case.
    public enum Word {
        DRAFT,
        WAITING,
        QUESTION,
        YES,
        NO,
        FINISHED,
        GONE
    }

    public enum Party {
        SENDER,
        RECEIVER,
        /// The person concerned, through either side.
        PERSON
    }

    public enum Move {
        SEND,
        /// Someone took note.
        RECEIVE,
        ASK,
        /// The sender answers a question.
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
        DELETE
    }

    private static final Set<State> UNANSWERED =
            Set.of(State.SENT, State.RECEIVED, State.INFO_NEEDED);
    private static final Set<State> TAKEN =
            Set.of(State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD);
    private static final Set<State> OPEN =
            Set.of(
                    State.SENT,
                    State.RECEIVED,
                    State.INFO_NEEDED,
                    State.WAITLISTED,
                    State.ACCEPTED,
                    State.IN_PROGRESS,
                    State.ON_HOLD);

    /// What a move comes to.
    public sealed interface Step {
        record To(State state) implements Step {}

        /// The move was made before; repeating it changes nothing.
        record AlreadyThere() implements Step {}

        record NotAllowed() implements Step {}
    }

    public static Step step(State from, Move move, Party by) {
        if (mayFrom(move, by).contains(from)) {
            return new Step.To(target(move));
        }
        return mayEver(move, by) && from == target(move)
                ? new Step.AlreadyThere()
                : new Step.NotAllowed();
    }

    /// What a side makes of hearing a move of the other.
    public sealed interface Heard {
        record To(State state) implements Heard {}

        /// It was known; nothing changes.
        record AlreadyThere() implements Heard {}

        /// Something final, or our own answer, was faster. It is shown, and changes nothing.
        record Overtaken() implements Heard {}

        /// It builds on something that is still on its way.
        record TooEarly() implements Heard {}
    }

    /// @param by whose move it was: never the side that hears it
    public static Heard hear(State ours, Move move, Party by) {
        var to = target(move);
        if (mayEver(move, by)
                && to.isClosed()
                && (ours.isClosed() || endsWhateverWeDid(move, by))) {
            return to == ours
                    ? new Heard.AlreadyThere()
                    : to.finality() > ours.finality() ? new Heard.To(to) : new Heard.Overtaken();
        }
        return switch (step(ours, move, by)) {
            case Step.To(var state) -> new Heard.To(state);
            case Step.AlreadyThere _ -> new Heard.AlreadyThere();
            case Step.NotAllowed _ ->
                    buildsOnAYes(move) && by == RECEIVER && isBeforeYes(ours)
                            ? new Heard.TooEarly()
                            : new Heard.Overtaken();
        };
    }

    /// What the receiver makes of "you told us by phone".
    ///
    /// @param told what it was said to have told before, and has not confirmed
    /// @param answeredSince whether the receiver gave an answer of its own that the sender had not
    ///   heard then: its own answer wins
    public static Heard hearTold(
            State ours, Optional<State> told, Move move, boolean answeredSince) {
        if (answeredSince) {
            return new Heard.Overtaken();
        }
        var counts = told.orElse(ours);
        return switch (step(counts, move, RECEIVER)) {
            case Step.To(var state) -> new Heard.To(state);
            case Step.AlreadyThere _ -> new Heard.AlreadyThere();
            case Step.NotAllowed _ ->
                    buildsOnAYes(move) && isBeforeYes(counts)
                            ? new Heard.TooEarly()
                            : new Heard.Overtaken();
        };
    }

    /// What is left of an answer told by phone after a move. Taking note and asking answer nothing,
    /// so it still waits for its confirmation.
    public static Optional<State> toldAfter(State to, Optional<State> told) {
        return to == State.RECEIVED || to == State.INFO_NEEDED ? told : Optional.empty();
    }

    // The sender took it back before it heard how far we are.
    private static boolean endsWhateverWeDid(Move move, Party by) {
        return move == Move.WITHDRAW
                || by == SENDER && (move == Move.CANCEL || move == Move.DELETE);
    }

    private static boolean buildsOnAYes(Move move) {
        return switch (move) {
            case START, HOLD, COMPLETE, FAIL, CANCEL -> true;
            case SEND, RECEIVE, ASK, ANSWER, WAITLIST, ACCEPT, DECLINE, WITHDRAW, DELETE -> false;
        };
    }

    private static boolean isBeforeYes(State state) {
        return state.isUnanswered() || state == State.WAITLISTED;
    }

    private static boolean mayEver(Move move, Party by) {
        return !mayFrom(move, by).isEmpty();
    }

    /// The moves someone can make now, for buttons.
    public static Set<Move> movesFrom(State from, Party by) {
        var moves = EnumSet.noneOf(Move.class);
        for (var move : Move.values()) {
            if (step(from, move, by) instanceof Step.To) {
                moves.add(move);
            }
        }
        return moves;
    }

    private static State target(Move move) {
        return switch (move) {
            case SEND -> State.SENT;
            case RECEIVE, ANSWER -> State.RECEIVED;
            case ASK -> State.INFO_NEEDED;
            case WAITLIST -> State.WAITLISTED;
            case ACCEPT -> State.ACCEPTED;
            case DECLINE -> State.DECLINED;
            case START -> State.IN_PROGRESS;
            case HOLD -> State.ON_HOLD;
            case COMPLETE -> State.COMPLETED;
            case FAIL -> State.UNSUCCESSFUL;
            case CANCEL -> State.CANCELLED;
            case WITHDRAW -> State.WITHDRAWN;
            case DELETE -> State.ENTERED_IN_ERROR;
        };
    }

    private static Set<State> mayFrom(Move move, Party by) {
        return switch (move) {
            case SEND -> only(by != RECEIVER, Set.of(State.DRAFT));
            case RECEIVE -> only(by == RECEIVER, Set.of(State.SENT));
            case ASK -> only(by == RECEIVER, Set.of(State.SENT, State.RECEIVED));
            case ANSWER -> only(by == SENDER, Set.of(State.INFO_NEEDED));
            case WAITLIST -> only(by == RECEIVER, UNANSWERED);
            case ACCEPT, DECLINE -> only(by == RECEIVER, with(UNANSWERED, State.WAITLISTED));
            case START -> only(by == RECEIVER, Set.of(State.ACCEPTED, State.ON_HOLD));
            case HOLD -> only(by == RECEIVER, Set.of(State.ACCEPTED, State.IN_PROGRESS));
            case COMPLETE, FAIL -> only(by == RECEIVER, with(TAKEN, State.WAITLISTED));
            case CANCEL ->
                    switch (by) {
                        case SENDER -> OPEN;
                        case RECEIVER -> TAKEN;
                        case PERSON -> Set.of();
                    };
            case WITHDRAW -> only(by == PERSON, OPEN);
            case DELETE -> only(by == SENDER, Set.of(State.DRAFT, State.SENT));
        };
    }

    private static Set<State> only(boolean allowed, Set<State> states) {
        return allowed ? states : Set.of();
    }

    private static Set<State> with(Set<State> states, State one) {
        var more = EnumSet.copyOf(states);
        more.add(one);
        return more;
    }
}
