// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.waymark.node.referral.LifeCycle.Heard;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.LifeCycle.Step;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.referral.Travelling.ToldAnswer;

/// Two sides make random moves on the pure functions while the messages between them are delayed,
/// doubled, lost, given up and said again. Whatever a side may do or say is done and said here: a
/// new move, answer by phone or message that is not part of the model fails it.
class LifeCycleModelTest {

    private static final int WALKS = 100_000;
    private static final int STEPS = 24;

    /// @param move what it does to the other side's state; empty for what does nothing
    private record Said(
            Kind kind, Optional<Move> move, Party by, long version, long heard, long after) {

        boolean isTold() {
            return kind == Kind.TOLD;
        }
    }

    /// A move that somebody made.
    private record Made(Move move, Party by) {}

    /// What happened in all walks together.
    private static final class Seen {
        private final Set<State> ends = EnumSet.noneOf(State.class);
        private final Set<State> been = EnumSet.noneOf(State.class);
        private final Set<Made> made = new HashSet<>();
        private final Set<ToldAnswer> told = EnumSet.noneOf(ToldAnswer.class);
        private final Set<Kind> said = EnumSet.noneOf(Kind.class);
    }

    /// One side, with the rules of versions that [Arrivals] and [Moves] have.
    private static final class Half {
        private final Side side;
        private State state;
        private Optional<State> told = Optional.empty();
        private long own;
        private long seen;
        private boolean contact;
        private final List<Said> said = new ArrayList<>();
        private final Set<State> been = EnumSet.noneOf(State.class);
        private boolean erased;

        private Half(Side side, State state) {
            this.side = side;
            this.state = state;
        }

        private boolean make(Move move, Party by) {
            if (!(LifeCycle.step(state, move, by) instanceof Step.To(var to))) {
                return false;
            }
            goTo(to);
            say(Kind.of(move), Optional.of(move), by);
            return true;
        }

        private boolean tell(ToldAnswer answer) {
            var step = LifeCycle.step(told.orElse(state), answer.move(), Party.RECEIVER);
            if (!(step instanceof Step.To(var to))) {
                return false;
            }
            told = Optional.of(to);
            say(Kind.TOLD, Optional.of(answer.move()), Party.SENDER);
            return true;
        }

        /// The receiver deletes what the person stopped, and can say nothing else any more.
        private void erase() {
            erased = true;
            say(Kind.ERASED, Optional.of(Move.WITHDRAW), Party.PERSON);
        }

        private void goTo(State to) {
            assertThat(state.isOpen() || to != state).isTrue();
            told = LifeCycle.toldAfter(to, told);
            state = to;
            been.add(to);
        }

        private void say(Kind kind, Optional<Move> move, Party by) {
            own++;
            var isFollowing = kind == Kind.TOLD || kind == Kind.ANSWER || kind == Kind.ONWARD;
            var after =
                    said.stream()
                            .filter(it -> kind == Kind.ONWARD || it.kind.isFollowed())
                            .mapToLong(Said::version)
                            .max()
                            .orElse(0);
            said.add(new Said(kind, move, by, own, seen, isFollowing ? after : 0));
        }

        /// What it can say once more: of what was erased only that it was.
        private boolean canRepeat(Said message) {
            return !erased || message.kind == Kind.ERASED;
        }

        /// @return false when it must wait for what it builds on
        private boolean hear(Said message) {
            if (message.version <= seen) {
                return true;
            }
            if (message.after > seen) {
                return false;
            }
            if (message.kind == Kind.ONWARD) {
                seen = message.version;
                return true;
            }
            if (message.kind == Kind.CONTACT) {
                if (state.isTaken()) {
                    contact = true;
                } else if (!contact && state.isUnanswered()) {
                    return true;
                }
                seen = message.version;
                return true;
            }
            var move = message.move.orElseThrow();
            var heard =
                    message.isTold()
                            ? LifeCycle.hearTold(state, told, move, hasAnsweredSince(message))
                            : LifeCycle.hear(state, move, message.by);
            switch (heard) {
                case Heard.To(var to) when message.isTold() -> told = Optional.of(to);
                case Heard.To(var to) -> goTo(to);
                case Heard.AlreadyThere _ when !message.isTold() ->
                        told = LifeCycle.toldAfter(state, told);
                case Heard.AlreadyThere _, Heard.Overtaken _ -> {
                    // nothing moves
                }
                case Heard.TooEarly _ -> {
                    return false;
                }
            }
            seen = message.version;
            sendContact();
            return true;
        }

        private boolean hasAnsweredSince(Said message) {
            return said.stream()
                    .filter(it -> it.kind.isAnswer())
                    .anyMatch(it -> it.version > message.heard);
        }

        private void sendContact() {
            if (side == Side.SENDER && !contact && state.isTaken()) {
                contact = true;
                say(Kind.CONTACT, Optional.empty(), Party.SENDER);
            }
        }
    }

    private static final class Line {
        private final Deque<Said> waiting = new ArrayDeque<>();
        private int taken;

        private void load(Half from) {
            while (taken < from.said.size()) {
                waiting.add(from.said.get(taken++));
            }
        }
    }

    @Test
    void bothSidesAgreeInTheEndWhateverIsLostDoubledOrCrosses() {
        var seed = Long.getLong("waymark.seed", System.nanoTime());
        System.out.println("Life cycle, seed " + seed);
        var random = new Random(seed);
        var seen = new Seen();
        for (int walk = 0; walk < WALKS; walk++) {
            walk(random, "seed " + seed + ", walk " + walk, seen);
        }
        assertThat(seen.been).as("seed %d", seed).contains(State.values());
        assertThat(seen.made).as("moves that nobody made").isEqualTo(allMoves());
        assertThat(seen.told).as("answers by phone").contains(ToldAnswer.values());
        assertThat(seen.said)
                .as("what travels and the model does not say")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Kind.values()).filter(Kind::travels).toList());
        assertThat(seen.ends)
                .contains(
                        State.DECLINED,
                        State.COMPLETED,
                        State.UNSUCCESSFUL,
                        State.CANCELLED,
                        State.WITHDRAWN,
                        State.ENTERED_IN_ERROR);
    }

    /// Every move that the life cycle lets anybody make from any state.
    private static Set<Made> allMoves() {
        var all = new HashSet<Made>();
        for (var by : Party.values()) {
            for (var state : State.values()) {
                LifeCycle.movesFrom(state, by).forEach(it -> all.add(new Made(it, by)));
            }
        }
        // A person who asks online is not a side of the model: their sending is the sender's.
        all.remove(new Made(Move.SEND, Party.PERSON));
        return all;
    }

    private static void walk(Random random, String name, Seen all) {
        var sender = new Half(Side.SENDER, State.DRAFT);
        var receiver = new Half(Side.RECEIVER, State.SENT);
        sender.been.add(State.DRAFT);
        sender.make(Move.SEND, Party.SENDER);
        all.made.add(new Made(Move.SEND, Party.SENDER));
        receiver.seen = 1;
        var there = new Line();
        var back = new Line();
        there.taken = 1;
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> act(random, sender, all);
                case 3, 4, 5 -> act(random, receiver, all);
                case 6, 7 -> pass(random, there, sender, receiver);
                default -> pass(random, back, receiver, sender);
            }
            check(name, sender, receiver);
        }
        settle(sender, receiver);
        check(name, sender, receiver);
        if (sender.state != receiver.state || !sender.told.equals(receiver.told)) {
            assertThat(sender.state + " " + sender.told + " " + sender.said)
                    .as(name)
                    .isEqualTo(receiver.state + " " + receiver.told + " " + receiver.said);
        }
        all.been.addAll(sender.been);
        all.been.addAll(receiver.been);
        Stream.of(sender, receiver)
                .flatMap(it -> it.said.stream())
                .forEach(it -> all.said.add(it.kind));
        if (!sender.state.isOpen()) {
            all.ends.add(sender.state);
        }
    }

    private static void act(Random random, Half half, Seen all) {
        if (half.side == Side.SENDER && random.nextInt(4) == 0) {
            var answer = ToldAnswer.values()[random.nextInt(ToldAnswer.values().length)];
            if (half.tell(answer)) {
                all.told.add(answer);
            }
            return;
        }
        if (half.side == Side.RECEIVER && random.nextInt(8) == 0) {
            if (half.state == State.WITHDRAWN && !half.erased) {
                half.erase();
            } else if (half.been.contains(State.ACCEPTED) && !half.erased) {
                half.say(Kind.ONWARD, Optional.empty(), Party.RECEIVER);
            }
            return;
        }
        var by = random.nextInt(12) == 0 ? Party.PERSON : half.side.party();
        // A side makes no move that is not on its table, whatever it tries.
        var move = Move.values()[random.nextInt(Move.values().length)];
        var before = half.state;
        var allowed = LifeCycle.movesFrom(before, by).contains(move);
        assertThat(half.make(move, by)).isEqualTo(allowed);
        if (allowed) {
            assertThat(before.isOpen()).as("%s from %s", move, before).isTrue();
            all.made.add(new Made(move, by));
        }
    }

    private static void pass(Random random, Line line, Half from, Half to) {
        line.load(from);
        switch (random.nextInt(8)) {
            // Given up after 14 days: the next one goes.
            case 0 -> line.waiting.pollFirst();
            // An old one comes once more.
            case 1 -> {
                if (!from.said.isEmpty()) {
                    hear(to, from.said.get(random.nextInt(from.said.size())));
                }
            }
            // Swapped on the way.
            case 2 -> Optional.ofNullable(line.waiting.pollLast()).ifPresent(it -> hear(to, it));
            default -> Optional.ofNullable(line.waiting.pollFirst()).ifPresent(it -> hear(to, it));
        }
    }

    private static void hear(Half half, Said message) {
        var state = half.state;
        var told = half.told;
        if (!half.hear(message)) {
            assertThat(half.state).isEqualTo(state);
            assertThat(half.told).isEqualTo(told);
        }
    }

    /// The daily comparison: each says again what the other has not heard.
    private static void settle(Half sender, Half receiver) {
        for (int day = 0; day < 10; day++) {
            var before = sender.seen + receiver.seen + sender.own + receiver.own;
            catchUp(sender, receiver);
            catchUp(receiver, sender);
            if (before == sender.seen + receiver.seen + sender.own + receiver.own) {
                return;
            }
        }
    }

    private static void catchUp(Half from, Half to) {
        for (var message : List.copyOf(from.said)) {
            if (message.version > to.seen && from.canRepeat(message)) {
                to.hear(message);
            }
        }
    }

    private static void check(String name, Half sender, Half receiver) {
        // Contact data waits for a yes of their own, never for one told by phone.
        if (sender.contact && !receiver.been.contains(State.ACCEPTED)) {
            throw new AssertionError(name + ": contact went without a yes");
        }
        if (receiver.contact && !receiver.been.contains(State.ACCEPTED)) {
            throw new AssertionError(name + ": contact kept without a yes");
        }
    }
}
