// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.referral.LifeCycle.Party;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.referral.Travelling.Closing;
import org.waymark.node.referral.Travelling.Reason;
import org.waymark.node.referral.Travelling.Refusal;
import org.waymark.node.referral.Travelling.Told;
import org.waymark.node.referral.Travelling.ToldAnswer;

/// What a timeline comes to in the counts.
class WitnessesTest {

    private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SEND | Asked",
                "SEND ACCEPT | Asked, Answered YES",
                "SEND WAITLIST ACCEPT COMPLETE | Asked, Answered WAITING_LIST, Ended true",
                "SEND DECLINE | Asked, Answered NO, Refused NO_PLACE",
                // Told, and nothing of their own.
                "SEND TOLD:NO | Asked, Answered NO, Refused",
                "SEND TOLD:HELPED | Asked, Answered YES, Ended true",
                "SEND TOLD:WAITING_LIST TOLD:NO | Asked, Answered WAITING_LIST, Refused",
                // Told, and then their own word.
                "SEND TOLD:NO ACCEPT | Asked, Answered YES",
                "SEND TOLD:NO DECLINE | Asked, Answered NO, Refused NO_PLACE",
                "SEND TOLD:YES DECLINE | Asked, Answered NO, Refused NO_PLACE",
                "SEND TOLD:HELPED DECLINE | Asked, Answered NO, Refused NO_PLACE",
                "SEND TOLD:HELPED ACCEPT | Asked, Answered YES",
                "SEND TOLD:HELPED ACCEPT FAIL | Asked, Answered YES, Ended false",
                "SEND TOLD:WAITING_LIST TOLD:NO ACCEPT | Asked, Answered YES",
                // Their own word, and then an older one told.
                "SEND ACCEPT TOLD:NO | Asked, Answered YES",
                "SEND ACCEPT TOLD:HELPED | Asked, Answered YES, Ended true",
                "SEND ACCEPT TOLD:HELPED FAIL | Asked, Answered YES, Ended false",
                // Crossing ends.
                "SEND ACCEPT COMPLETE CANCEL | Asked, Answered YES, Stopped",
                "SEND ACCEPT CANCEL COMPLETE | Asked, Answered YES, Stopped",
                "SEND ACCEPT COMPLETE WITHDRAW | Asked, Answered YES, Stopped",
                "SEND ACCEPT CANCEL WITHDRAW ERASED | Asked, Answered YES, Stopped",
                "SEND ACCEPT DELETE | ''",
                "SEND DELETE | ''",
                "SEND WITHDRAW DELETE | Asked, Stopped",
                "ACCEPT | ''"
            })
    void aTimelineComesToEachThingOnce(String kinds, String meant) {
        var lines = timeline(kinds.split(" "));

        assertThat(said(lines)).isEqualTo(meant);
        // A row knows no order of one moment.
        Collections.shuffle(lines, new Random(1));
        assertThat(said(lines)).isEqualTo(meant);
    }

    @Test
    void anAnswerCameWhenItWasToldAlsoIfTheyConfirmItLate() {
        var lines = timeline("SEND", "TOLD:YES", "ACCEPT");
        var limit = Optional.of(BEGIN.plusSeconds(90));

        var answered =
                Witnesses.meaning(limit, lines).stream()
                        .map(Witnesses.Counted::what)
                        .filter(Happening.What.Answered.class::isInstance)
                        .map(Happening.What.Answered.class::cast)
                        .toList();

        assertThat(answered).hasSize(1).allMatch(Happening.What.Answered::inTime);
    }

    private static String said(List<ReferralEvent> lines) {
        return String.join(
                ", ",
                Witnesses.meaning(Optional.empty(), lines).stream()
                        .map(
                                it ->
                                        switch (it.what()) {
                                            case Happening.What.Asked _ -> "Asked";
                                            case Happening.What.Answered(var answer, _, _) ->
                                                    "Answered " + answer;
                                            case Happening.What.Refused(var reason) ->
                                                    "Refused"
                                                            + reason.map(one -> " " + one)
                                                                    .orElse("");
                                            case Happening.What.Ended(var helped, _) ->
                                                    "Ended " + helped;
                                            case Happening.What.Stopped _ -> "Stopped";
                                        })
                        .toList());
    }

    private static List<ReferralEvent> timeline(String... kinds) {
        var referral = new ReferralId(UUID.randomUUID());
        var lines = new ArrayList<ReferralEvent>();
        for (var word : kinds) {
            var kind = Kind.valueOf(word.split(":")[0]);
            var at = BEGIN.plusSeconds(60L * lines.size());
            Optional<Travelling> content =
                    switch (kind) {
                        case TOLD ->
                                Optional.of(
                                        new Told(
                                                ToldAnswer.valueOf(word.split(":")[1]),
                                                "Desk",
                                                at));
                        case DECLINE -> Optional.of(new Refusal(Reason.NO_PLACE, "", List.of()));
                        case COMPLETE, FAIL ->
                                Optional.of(
                                        new Closing(Optional.empty(), LocalDate.of(2026, 3, 2)));
                        default -> Optional.empty();
                    };
            lines.add(
                    new ReferralEvent(
                            UUID.randomUUID(),
                            referral,
                            at,
                            Party.RECEIVER,
                            kind,
                            Optional.empty(),
                            content,
                            Optional.empty(),
                            Optional.empty()));
        }
        return lines;
    }
}
