// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.referral.LifeCycle.Move.ACCEPT;
import static org.waymark.node.referral.LifeCycle.Move.ANSWER;
import static org.waymark.node.referral.LifeCycle.Move.ASK;
import static org.waymark.node.referral.LifeCycle.Move.CANCEL;
import static org.waymark.node.referral.LifeCycle.Move.COMPLETE;
import static org.waymark.node.referral.LifeCycle.Move.DECLINE;
import static org.waymark.node.referral.LifeCycle.Move.DELETE;
import static org.waymark.node.referral.LifeCycle.Move.FAIL;
import static org.waymark.node.referral.LifeCycle.Move.HOLD;
import static org.waymark.node.referral.LifeCycle.Move.RECEIVE;
import static org.waymark.node.referral.LifeCycle.Move.SEND;
import static org.waymark.node.referral.LifeCycle.Move.START;
import static org.waymark.node.referral.LifeCycle.Move.WAITLIST;
import static org.waymark.node.referral.LifeCycle.Move.WITHDRAW;
import static org.waymark.node.referral.LifeCycle.Party.PERSON;
import static org.waymark.node.referral.LifeCycle.Party.RECEIVER;
import static org.waymark.node.referral.LifeCycle.Party.SENDER;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.waymark.node.referral.LifeCycle.Move;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.LifeCycle.Step;

final class LifeCycleTest {

    private static final Set<State> CLOSED =
            Set.of(
                    State.DECLINED,
                    State.COMPLETED,
                    State.UNSUCCESSFUL,
                    State.CANCELLED,
                    State.WITHDRAWN,
                    State.ENTERED_IN_ERROR);

    /// The table of referral.md, row by row. What is not here is not allowed.
    private static Map<Party, Map<State, Set<Move>>> table() {
        var unanswered = Set.of(WAITLIST, ACCEPT, DECLINE);
        var sender = new EnumMap<State, Set<Move>>(State.class);
        sender.put(State.DRAFT, Set.of(SEND, DELETE));
        sender.put(State.SENT, Set.of(CANCEL, DELETE));
        sender.put(State.RECEIVED, Set.of(CANCEL));
        sender.put(State.INFO_NEEDED, Set.of(ANSWER, CANCEL));
        sender.put(State.WAITLISTED, Set.of(CANCEL));
        sender.put(State.ACCEPTED, Set.of(CANCEL));
        sender.put(State.IN_PROGRESS, Set.of(CANCEL));
        sender.put(State.ON_HOLD, Set.of(CANCEL));
        var receiver = new EnumMap<State, Set<Move>>(State.class);
        receiver.put(State.SENT, Set.of(RECEIVE, ASK, WAITLIST, ACCEPT, DECLINE));
        receiver.put(State.RECEIVED, Set.of(ASK, WAITLIST, ACCEPT, DECLINE));
        receiver.put(State.INFO_NEEDED, unanswered);
        receiver.put(State.WAITLISTED, Set.of(ACCEPT, DECLINE, COMPLETE, FAIL));
        receiver.put(State.ACCEPTED, Set.of(START, HOLD, COMPLETE, FAIL, CANCEL));
        receiver.put(State.IN_PROGRESS, Set.of(HOLD, COMPLETE, FAIL, CANCEL));
        receiver.put(State.ON_HOLD, Set.of(START, COMPLETE, FAIL, CANCEL));
        var person = new EnumMap<State, Set<Move>>(State.class);
        person.put(State.DRAFT, Set.of(SEND));
        for (var open : sender.keySet()) {
            if (open != State.DRAFT) {
                person.put(open, Set.of(WITHDRAW));
            }
        }
        return Map.of(SENDER, sender, RECEIVER, receiver, PERSON, person);
    }

    @Test
    void everyMoveOfTheTableIsAllowedAndNoOther() {
        var table = table();
        for (var party : Party.values()) {
            for (var state : State.values()) {
                assertThat(LifeCycle.movesFrom(state, party))
                        .as("%s in %s", party, state)
                        .isEqualTo(
                                table.getOrDefault(party, Map.of()).getOrDefault(state, Set.of()));
            }
        }
    }

    @Test
    void everyMoveLeadsWhereTheTableSays() {
        checkStep(State.DRAFT, SEND, SENDER, State.SENT);
        checkStep(State.SENT, RECEIVE, RECEIVER, State.RECEIVED);
        checkStep(State.RECEIVED, ASK, RECEIVER, State.INFO_NEEDED);
        checkStep(State.INFO_NEEDED, ANSWER, SENDER, State.RECEIVED);
        checkStep(State.SENT, WAITLIST, RECEIVER, State.WAITLISTED);
        checkStep(State.WAITLISTED, ACCEPT, RECEIVER, State.ACCEPTED);
        checkStep(State.INFO_NEEDED, DECLINE, RECEIVER, State.DECLINED);
        checkStep(State.ACCEPTED, START, RECEIVER, State.IN_PROGRESS);
        checkStep(State.IN_PROGRESS, HOLD, RECEIVER, State.ON_HOLD);
        checkStep(State.ON_HOLD, START, RECEIVER, State.IN_PROGRESS);
        checkStep(State.WAITLISTED, COMPLETE, RECEIVER, State.COMPLETED);
        checkStep(State.ACCEPTED, FAIL, RECEIVER, State.UNSUCCESSFUL);
        checkStep(State.ACCEPTED, CANCEL, SENDER, State.CANCELLED);
        checkStep(State.ACCEPTED, WITHDRAW, PERSON, State.WITHDRAWN);
        checkStep(State.SENT, DELETE, SENDER, State.ENTERED_IN_ERROR);
    }

    @Test
    void repeatingAMoveIsNoError() {
        assertThat(LifeCycle.step(State.ACCEPTED, ACCEPT, RECEIVER))
                .isEqualTo(new Step.AlreadyThere());
        assertThat(LifeCycle.step(State.CANCELLED, CANCEL, SENDER))
                .isEqualTo(new Step.AlreadyThere());
    }

    @Test
    void nobodyMakesTheOthersMove() {
        assertThat(LifeCycle.step(State.SENT, ACCEPT, SENDER)).isEqualTo(new Step.NotAllowed());
        assertThat(LifeCycle.step(State.ACCEPTED, ACCEPT, SENDER)).isEqualTo(new Step.NotAllowed());
        assertThat(LifeCycle.step(State.DRAFT, SEND, RECEIVER)).isEqualTo(new Step.NotAllowed());
    }

    @Test
    void noWalkLeavesTheTableOrAClosedState() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var visited = new HashMap<State, Integer>();
        for (int walk = 0; walk < 2_000; walk++) {
            var state = State.DRAFT;
            for (int step = 0; step < 30; step++) {
                var move = Move.values()[random.nextInt(Move.values().length)];
                var party = Party.values()[random.nextInt(Party.values().length)];
                var before = state;
                switch (LifeCycle.step(state, move, party)) {
                    case Step.To(var next) -> {
                        assertThat(CLOSED).as("seed %d", seed).doesNotContain(before);
                        assertThat(LifeCycle.movesFrom(before, party)).contains(move);
                        assertThat(next.taskCode()).isNotEmpty();
                        state = next;
                    }
                    case Step.AlreadyThere _, Step.NotAllowed _ -> {
                        // stays
                    }
                }
                visited.merge(state, 1, Integer::sum);
            }
        }
        assertThat(visited.keySet()).as("seed %d", seed).contains(State.values());
    }

    private static void checkStep(State from, Move move, Party by, State to) {
        assertThat(LifeCycle.step(from, move, by)).isEqualTo(new Step.To(to));
    }
}
