// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.exchange.DeliveryState.DELIVERED;
import static org.waymark.node.exchange.DeliveryState.QUEUED;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.exchange.Delivery;
import org.waymark.node.exchange.DeliveryState;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.Travelling.ToldAnswer;

/// The line between two organisations is dead for a day, in the middle of each state, while people
/// go on working. Each side knows meanwhile what has not arrived; afterwards both know the same.
class NetworkCutTest {

    /// What people do. The clinic receives, but for those that say otherwise.
    private enum Act {
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
        CANCEL_BY_RECEIVER,
        WITHDRAW,
        WITHDRAW_BY_RECEIVER,
        DELETE,
        /// The clinic said so by phone, and the shelter writes it down.
        TOLD_YES,
        TOLD_NO;

        /// Where it leads when nothing crosses it.
        State end() {
            return switch (this) {
                case RECEIVE, ANSWER -> State.RECEIVED;
                case ASK -> State.INFO_NEEDED;
                case WAITLIST -> State.WAITLISTED;
                case ACCEPT -> State.ACCEPTED;
                case DECLINE -> State.DECLINED;
                case START -> State.IN_PROGRESS;
                case HOLD -> State.ON_HOLD;
                case COMPLETE -> State.COMPLETED;
                case FAIL -> State.UNSUCCESSFUL;
                case CANCEL, CANCEL_BY_RECEIVER -> State.CANCELLED;
                case WITHDRAW, WITHDRAW_BY_RECEIVER -> State.WITHDRAWN;
                case DELETE -> State.ENTERED_IN_ERROR;
                case TOLD_YES, TOLD_NO -> throw new IllegalArgumentException("it only counts");
            };
        }
    }

    // Without it, one cut in each state.
    private static final boolean LONG = Boolean.getBoolean("waymark.long");

    private static final Duration STEP = Duration.ofHours(3);

    // Of the shelter, and overtaken by whatever the clinic says itself.
    private static final Set<Act> WEAK = Set.of(Act.ANSWER, Act.TOLD_YES, Act.TOLD_NO);

    private static Partnered two;

    @BeforeAll
    static void open() {
        two = new Partnered();
    }

    @AfterAll
    static void close() {
        two.close();
    }

    /// @param before what happened before the line was cut
    /// @param during what people do meanwhile
    /// @param end how it ends on both sides
    private record Cut(List<Act> before, List<Act> during, State end) {}

    private static Stream<Cut> cuts() {
        return Stream.of(
                cut("", "", State.SENT),
                cut("", "RECEIVE", State.RECEIVED),
                cut("", "ACCEPT", State.ACCEPTED),
                cut("", "CANCEL RECEIVE", State.CANCELLED),
                cut("RECEIVE", "", State.RECEIVED),
                cut("RECEIVE", "ASK", State.INFO_NEEDED),
                cut("RECEIVE", "DECLINE", State.DECLINED),
                cut("", "DELETE ACCEPT", State.ENTERED_IN_ERROR),
                cut("", "DELETE WITHDRAW_BY_RECEIVER", State.WITHDRAWN),
                cut("ASK", "", State.INFO_NEEDED),
                cut("ASK", "ANSWER", State.RECEIVED),
                // Nobody waited for the answer.
                cut("ASK", "ANSWER ACCEPT", State.ACCEPTED),
                cut("ASK", "WAITLIST ANSWER", State.WAITLISTED),
                cut("WAITLIST", "", State.WAITLISTED),
                cut("WAITLIST", "ACCEPT START", State.IN_PROGRESS),
                cut("WAITLIST", "DECLINE WITHDRAW", State.WITHDRAWN),
                cut("ACCEPT", "", State.ACCEPTED),
                cut("ACCEPT", "START HOLD START COMPLETE", State.COMPLETED),
                cut("ACCEPT", "CANCEL COMPLETE", State.CANCELLED),
                cut("ACCEPT", "WITHDRAW CANCEL_BY_RECEIVER", State.WITHDRAWN),
                cut("ACCEPT START", "", State.IN_PROGRESS),
                cut("ACCEPT START", "HOLD", State.ON_HOLD),
                cut("ACCEPT START", "COMPLETE WITHDRAW", State.WITHDRAWN),
                cut("ACCEPT HOLD", "", State.ON_HOLD),
                cut("ACCEPT HOLD", "FAIL", State.UNSUCCESSFUL),
                cut("ACCEPT HOLD", "CANCEL WITHDRAW_BY_RECEIVER", State.WITHDRAWN),
                cut("DECLINE", "", State.DECLINED),
                cut("ACCEPT COMPLETE", "", State.COMPLETED),
                cut("ACCEPT FAIL", "", State.UNSUCCESSFUL),
                cut("CANCEL", "", State.CANCELLED),
                cut("WITHDRAW", "", State.WITHDRAWN),
                cut("DELETE", "", State.ENTERED_IN_ERROR));
    }

    /// Both act on the same referral while they cannot hear each other, the shelter first or the
    /// clinic first: all that each may do there against all that the other may.
    private static Stream<Cut> crossings() {
        return Stream.of(
                        crossings(
                                "",
                                "DELETE CANCEL WITHDRAW TOLD_YES TOLD_NO",
                                "RECEIVE ASK WAITLIST ACCEPT DECLINE WITHDRAW_BY_RECEIVER"),
                        crossings(
                                "RECEIVE",
                                "CANCEL WITHDRAW TOLD_YES TOLD_NO",
                                "ASK WAITLIST ACCEPT DECLINE WITHDRAW_BY_RECEIVER"),
                        crossings(
                                "ASK",
                                "ANSWER CANCEL WITHDRAW TOLD_YES TOLD_NO",
                                "WAITLIST ACCEPT DECLINE WITHDRAW_BY_RECEIVER"),
                        crossings(
                                "WAITLIST",
                                "CANCEL WITHDRAW TOLD_YES TOLD_NO",
                                "ACCEPT DECLINE COMPLETE FAIL WITHDRAW_BY_RECEIVER"),
                        crossings(
                                "ACCEPT",
                                "CANCEL WITHDRAW",
                                "START HOLD COMPLETE FAIL CANCEL_BY_RECEIVER WITHDRAW_BY_RECEIVER"),
                        crossings(
                                "ACCEPT START",
                                "CANCEL WITHDRAW",
                                "HOLD COMPLETE FAIL CANCEL_BY_RECEIVER WITHDRAW_BY_RECEIVER"),
                        crossings(
                                "ACCEPT HOLD",
                                "CANCEL WITHDRAW",
                                "START COMPLETE FAIL CANCEL_BY_RECEIVER WITHDRAW_BY_RECEIVER"))
                .flatMap(it -> it);
    }

    private static Stream<Cut> crossings(String before, String ofShelter, String ofClinic) {
        return acts(ofShelter).stream()
                .flatMap(
                        ours ->
                                acts(ofClinic).stream()
                                        .flatMap(
                                                theirs ->
                                                        Stream.of(
                                                                cut(before, ours, theirs),
                                                                cut(before, theirs, ours))));
    }

    private static Cut cut(String before, Act first, Act second) {
        var both = List.of(first, second);
        return new Cut(acts(before), both, end(both));
    }

    /// The person's stop before all, then what the shelter takes back, then what the clinic says.
    private static State end(List<Act> both) {
        return Stream.of(Act.WITHDRAW, Act.WITHDRAW_BY_RECEIVER, Act.DELETE, Act.CANCEL)
                .filter(both::contains)
                .findFirst()
                .or(() -> both.stream().filter(it -> !WEAK.contains(it)).findFirst())
                .orElseThrow()
                .end();
    }

    private static Cut cut(String before, String during, State end) {
        return new Cut(acts(before), acts(during), end);
    }

    private static List<Act> acts(String words) {
        return Stream.of(words.split(" ")).filter(it -> !it.isEmpty()).map(Act::valueOf).toList();
    }

    @Test
    void aDayWithoutALineChangesNothingInTheEnd() {
        var states = new HashSet<List<Act>>();
        var pairs = new HashSet<Set<Act>>();
        var open =
                Stream.concat(
                                cuts().filter(
                                                it ->
                                                        LONG
                                                                || !it.during.isEmpty()
                                                                        && states.add(it.before)),
                                crossings().filter(it -> LONG || pairs.add(Set.copyOf(it.during))))
                        .map(Open::new)
                        .toList();
        open.forEach(it -> it.make(it.cut.before()));
        assertThat(open).allSatisfy(Open::checkEqual);
        var before = open.stream().collect(toMap(it -> it, Open::deliveries));
        assertThat(before.values())
                .allSatisfy(it -> assertThat(it.values()).containsOnly(DELIVERED));

        cutTheLine();
        open.forEach(it -> it.cut.during().forEach(it::make));
        var said = open.stream().collect(toMap(it -> it, Open::states));
        aDayPasses();
        assertThat(open)
                .allSatisfy(it -> assertThat(it.states()).isEqualTo(said.get(it)))
                .allSatisfy(it -> it.checkTold(before.getOrDefault(it, Map.of())));

        mendTheLine();
        assertThat(open)
                .allSatisfy(Open::checkEqual)
                .allSatisfy(Open::checkEnd)
                .allSatisfy(Open::checkOnce);
    }

    @Test
    void whatIsSentIntoADeadLineArrivesWhenItIsMended() {
        var referral = two.draft(Samples.wanted(two.beds));
        two.shelter.recordConsent(two.sara, referral, Samples.spoken(two.nodes.clock));
        cutTheLine();
        two.shelter.send(two.sara, referral);
        aDayPasses();
        assertThat(deliveries(two.nodes.shelter, two.atShelter(referral)).values())
                .containsExactly(QUEUED);
        assertThat(two.stateAtShelter(referral)).isEqualTo(State.SENT);

        mendTheLine();

        assertThat(two.stateAtClinic(referral)).isEqualTo(State.SENT);
        assertThat(deliveries(two.nodes.shelter, two.atShelter(referral)).values())
                .containsExactly(DELIVERED);
    }

    private static Travelling.Told told(ToldAnswer answer) {
        return new Travelling.Told(answer, "Nurse", two.nodes.clock.instant());
    }

    private static void cutTheLine() {
        two.shelterDoor.cut();
        two.clinicDoor.cut();
    }

    private static void aDayPasses() {
        for (var passed = Duration.ZERO; passed.toDays() < 1; passed = passed.plus(STEP)) {
            two.nodes.clock.advance(STEP);
            two.settle();
        }
    }

    private static void mendTheLine() {
        two.shelterDoor.mend();
        two.clinicDoor.mend();
        two.nodes.clock.advance(Duration.ofHours(2));
        two.settle();
    }

    /// What a side sees of where its messages are.
    private static Map<String, DeliveryState> deliveries(TestNode node, OpenedReferral opened) {
        return opened.timeline().stream()
                .flatMap(it -> it.activity().stream())
                .flatMap(it -> node.domains().deliveries().of(node.acting(), it).stream())
                .collect(toMap(it -> it.activity().toString(), Delivery::state));
    }

    /// One of them as each side knows it, by ids: what is deleted leaves the lists.
    private record Open(Cut cut, ReferralId id, ReferralId clinicId) {
        Open(Cut cut) {
            this(cut, two.sent());
        }

        private Open(Cut cut, ReferralId id) {
            this(cut, id, two.clinicId(id));
        }

        OpenedReferral here() {
            return two.atShelter(id);
        }

        OpenedReferral there() {
            return two.clinic.find(two.carlo, clinicId).orElseThrow();
        }

        List<State> states() {
            return List.of(here().referral().state(), there().referral().state());
        }

        void make(List<Act> acts) {
            for (var act : acts) {
                make(act);
                two.settle();
            }
        }

        /// What was said before has arrived, and what was said since is known not to have.
        void checkTold(Map<String, DeliveryState> before) {
            var now = deliveries();
            assertThat(now).hasSizeGreaterThanOrEqualTo(before.size() + cut.during().size());
            now.forEach(
                    (activity, state) ->
                            assertThat(state)
                                    .isEqualTo(before.containsKey(activity) ? DELIVERED : QUEUED));
        }

        void checkEqual() {
            var here = here().referral();
            var there = there().referral();
            assertThat(there.state()).as("%s", cut).isEqualTo(here.state());
            assertThat(there.told()).as("%s", cut).isEqualTo(here.told());
            assertThat(there.seenVersion()).isEqualTo(here.ownVersion());
            assertThat(here.seenVersion()).isEqualTo(there.ownVersion());
            // Whose own end was faster need not know the case of an answer that changes nothing.
            here.caseUri().ifPresent(it -> assertThat(there.caseUri()).contains(it));
        }

        void checkEnd() {
            assertThat(here().referral().state()).as("%s", cut).isEqualTo(cut.end());
            assertThat(deliveries().values()).doesNotContain(QUEUED);
            // Contact data is where somebody is being helped, or was when it went; nobody is shown
            // how to reach who stopped it.
            var isShown = cut.end().isTaken() || cut.before().contains(Act.ACCEPT);
            assertThat(there().contact().isPresent())
                    .as("%s", cut)
                    .isEqualTo(isShown && cut.end() != State.WITHDRAWN);
        }

        /// What was said was said once, and each clock rang once at most.
        void checkOnce() {
            for (var side : List.of(here(), there())) {
                assertThat(side.timeline().stream().flatMap(it -> it.activity().stream()))
                        .doesNotHaveDuplicates();
                for (var clock : ReferralClock.values()) {
                    assertThat(side.timeline())
                            .filteredOn(it -> it.kind() == clock.kind())
                            .hasSizeLessThanOrEqualTo(1);
                }
            }
        }

        /// Where the messages of both are.
        Map<String, DeliveryState> deliveries() {
            var found = new TreeMap<>(NetworkCutTest.deliveries(two.nodes.shelter, here()));
            found.putAll(NetworkCutTest.deliveries(two.nodes.clinic, there()));
            return found;
        }

        void make(Act act) {
            var here = two.shelter;
            var there = two.clinic;
            var why = Travelling.StopReason.NO_LONGER_NEEDED;
            var day = LocalDate.now(two.nodes.clock);
            var outcome =
                    switch (act) {
                        case RECEIVE -> there.receive(two.carlo, clinicId);
                        case ASK -> there.ask(two.carlo, clinicId, "How old?");
                        case ANSWER -> here.answer(two.sara, id, "Grown up");
                        case WAITLIST ->
                                there.waitlist(
                                        two.carlo, clinicId, new Travelling.Waiting("A week"));
                        case ACCEPT -> there.accept(two.carlo, clinicId, Samples.come());
                        case DECLINE ->
                                there.decline(
                                        two.carlo,
                                        clinicId,
                                        new Travelling.Refusal(
                                                Travelling.Reason.NO_PLACE, "", List.of()));
                        case START -> there.start(two.carlo, clinicId);
                        case HOLD -> there.hold(two.carlo, clinicId);
                        case COMPLETE ->
                                there.complete(
                                        two.carlo, clinicId, Samples.helped(two.nodes.clock));
                        case FAIL ->
                                there.fail(
                                        two.carlo,
                                        clinicId,
                                        new Travelling.Closing(
                                                Optional.of(Travelling.Outcome.MOVED), day));
                        case CANCEL -> here.cancel(two.sara, id, why);
                        case CANCEL_BY_RECEIVER -> there.cancel(two.carlo, clinicId, why);
                        case WITHDRAW -> here.withdraw(two.sara, id, false);
                        case WITHDRAW_BY_RECEIVER -> there.withdraw(two.carlo, clinicId, false);
                        case DELETE -> here.delete(two.sara, id);
                        case TOLD_YES -> here.recordTold(two.sara, id, told(ToldAnswer.YES));
                        case TOLD_NO -> here.recordTold(two.sara, id, told(ToldAnswer.NO));
                    };
            assertThat(outcome).as(act.name()).isInstanceOf(MoveOutcome.Moved.class);
        }
    }
}
