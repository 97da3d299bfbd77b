// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.account.Access;
import org.waymark.node.account.Role;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.ReferralEvent.Kind;

/// Staff call first; the call is noted before anything is written about a person.
class CallsTest {

    private static Partnered two;
    private static Calls calls;

    @BeforeAll
    static void open() {
        two = new Partnered();
        calls = two.shelter.calls();
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @Test
    void aReferralTakesOverTheCallsThatWereAboutIt() {
        var another = call(Call.Result.NO_ANSWER);
        var yes = call(Call.Result.SAID_YES);

        var id = draft(Samples.wanted(two.beds), yes);

        assertThat(two.atShelter(id).timeline())
                .extracting(ReferralEvent::kind)
                .containsExactlyInAnyOrder(Kind.CALL_SAID_YES, Kind.DRAFT);
        assertThat(calls.recent(two.sara, two.beds))
                .extracting(FirstCall::id)
                .contains(another)
                .doesNotContain(yes);
    }

    @Test
    void aCallBelongsToOneReferralOnly() {
        var call = call(Call.Result.REACHED);

        draft(Samples.wanted(two.beds), call);
        var second = draft(Samples.wanted(two.beds), call);

        assertThat(two.atShelter(second).timeline())
                .extracting(ReferralEvent::kind)
                .containsExactly(Kind.DRAFT);
    }

    @Test
    void whatIsNeededTodayCanBeSentAfterACallBeforeTheDraft() {
        var wanted = Samples.wanted(two.beds, Urgency.TODAY, Set.of(), false);

        var id = draft(wanted, call(Call.Result.REACHED));

        two.shelter.recordConsent(two.sara, id, Samples.spoken(two.nodes.clock));
        assertThat(two.shelter.send(two.sara, id)).isInstanceOf(MoveOutcome.Moved.class);
    }

    @Test
    void onceItIsSentAnAnswerOnThePhoneIsAnAnswerAndNoCall() {
        var sent = two.sent();
        var said = new Call(Call.Result.SAID_YES, "", Optional.empty());

        assertThat(two.shelter.recordCall(two.sara, sent, said))
                .isInstanceOf(MoveOutcome.NotAllowed.class);
        var draft = two.draft(Samples.wanted(two.beds));
        assertThat(two.shelter.recordCall(two.sara, draft, said))
                .isInstanceOf(MoveOutcome.Moved.class);
    }

    @Test
    void aCallIsNewsForADay() {
        call(Call.Result.SAID_NO);

        two.nodes.clock.advance(Duration.ofHours(25));

        assertThat(calls.recent(two.sara, two.beds)).isEmpty();
    }

    @Test
    void onlyCaseworkersNoteCallsAndOnlyAboutListingsTheySee() {
        var volunteer = two.nodes.shelter.person("volunteer@shelter.example", Role.VOLUNTEER);

        assertThat(calls.record(two.sara, new ListingId(UUID.randomUUID()), Call.Result.REACHED))
                .isEmpty();
        assertThatThrownBy(
                        () ->
                                calls.record(
                                        TestNode.acting(volunteer, Purpose.HELP),
                                        two.beds,
                                        Call.Result.REACHED))
                .isInstanceOf(Access.Denied.class);
    }

    private static CallId call(Call.Result result) {
        return calls.record(two.sara, two.beds, result).orElseThrow().id();
    }

    private static ReferralId draft(NewReferral wanted, CallId after) {
        var drafted = two.shelter.draft(two.sara, wanted, Set.of(after));
        return ((MoveOutcome.Moved) drafted).referral().id();
    }
}
