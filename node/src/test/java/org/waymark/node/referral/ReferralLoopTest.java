// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.referral.LifeCycle.State.ACCEPTED;
import static org.waymark.node.referral.LifeCycle.State.CANCELLED;
import static org.waymark.node.referral.LifeCycle.State.COMPLETED;
import static org.waymark.node.referral.LifeCycle.State.DECLINED;
import static org.waymark.node.referral.LifeCycle.State.INFO_NEEDED;
import static org.waymark.node.referral.LifeCycle.State.RECEIVED;
import static org.waymark.node.referral.LifeCycle.State.SENT;
import static org.waymark.node.referral.LifeCycle.State.WAITLISTED;
import static org.waymark.node.referral.Partnered.contents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.exchange.ActivityHandler;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.NewReferral.Protection;
import org.waymark.node.referral.ReferralEvent.Kind;

/// A shelter refers a person to a clinic's beds, over real HTTP between two nodes.
class ReferralLoopTest {

    /// federation.md: what may stand in clear, on an activity and on what it carries.
    private static final Set<String> CLEAR =
            Set.of(
                    "type",
                    "id",
                    "actor",
                    "to",
                    "object",
                    "result",
                    "context",
                    "attributedTo",
                    "waymark:version",
                    "waymark:sealed");

    private static Partnered two;

    @BeforeAll
    static void partner() {
        two = new Partnered();
    }

    @AfterAll
    static void close() {
        two.close();
    }

    @Test
    void theLoopCloses() {
        var referral = two.sent();

        assertThat(two.stateAtShelter(referral)).isEqualTo(SENT);
        var asked = two.atClinic(referral);
        assertThat(asked.firstStep().orElseThrow().need().reason()).isEqualTo(Samples.REASON);
        assertThat(asked.contact()).isEmpty();
        assertThat(asked.notes()).isEmpty();
        assertThat(asked.referral().partnerName()).isEqualTo("The Shelter");

        two.clinic.receive(two.carlo, two.clinicId(referral));
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(RECEIVED);

        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(ACCEPTED);
        assertThat(contents(two.atShelter(referral), Kind.ACCEPT)).containsExactly(Samples.come());
        var taken = two.atClinic(referral);
        assertThat(taken.contact().orElseThrow().address()).isEqualTo(Samples.PHONE);
        assertThat(taken.notes()).isEmpty();

        two.clinic.complete(two.carlo, two.clinicId(referral), Samples.helped(two.nodes.clock));
        two.settle();
        var closed = two.atShelter(referral);
        assertThat(closed.referral().state()).isEqualTo(COMPLETED);
        assertThat(contents(closed, Kind.COMPLETE))
                .containsExactly(Samples.helped(two.nodes.clock));
    }

    @Test
    void aNoComesBackWithItsReasonAndContactNeverGoes() {
        var referral = two.sent();
        var refusal = new Travelling.Refusal(Travelling.Reason.NO_PLACE, "full", List.of());

        two.clinic.decline(two.carlo, two.clinicId(referral), refusal);
        two.settle();

        assertThat(two.stateAtShelter(referral)).isEqualTo(DECLINED);
        assertThat(contents(two.atShelter(referral), Kind.DECLINE)).containsExactly(refusal);
        assertThat(two.atClinic(referral).contact()).isEmpty();
    }

    @Test
    void aQuestionIsAnswered() {
        var referral = two.sent();

        two.clinic.ask(two.carlo, two.clinicId(referral), "How many children?");
        two.settle();
        assertThat(two.stateAtShelter(referral)).isEqualTo(INFO_NEEDED);

        two.shelter.answer(two.sara, referral, "Two");
        two.settle();
        assertThat(two.stateAtClinic(referral)).isEqualTo(RECEIVED);
        assertThat(contents(two.atClinic(referral), Kind.ANSWER))
                .containsExactly(new Travelling.Text("Two"));
    }

    @Test
    void aWaitingListKeepsItsCaseWhenItBecomesAYes() {
        var referral = two.sent();

        two.clinic.waitlist(two.carlo, two.clinicId(referral), new Travelling.Waiting("two weeks"));
        two.settle();
        var waiting = two.atShelter(referral).referral();
        assertThat(waiting.state()).isEqualTo(WAITLISTED);
        assertThat(waiting.contactSentAt()).isEmpty();

        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        var taken = two.atShelter(referral).referral();
        assertThat(taken.state()).isEqualTo(ACCEPTED);
        assertThat(taken.caseUri()).isPresent().isEqualTo(waiting.caseUri());
    }

    @Test
    void whatWasToldByPhoneCountsAtOnceAndContactWaitsForTheirOwnYes() {
        var referral = two.sent();
        var told =
                new Travelling.Told(
                        Travelling.ToldAnswer.YES, "Shift lead", two.nodes.clock.instant());

        two.shelter.recordTold(two.sara, referral, told);
        two.settle();
        var ours = two.atShelter(referral).referral();
        assertThat(ours.word()).isEqualTo(LifeCycle.Word.YES);
        assertThat(ours.state()).isEqualTo(SENT);
        var theirs = two.atClinic(referral);
        assertThat(theirs.referral().told()).contains(ACCEPTED);
        assertThat(theirs.contact()).isEmpty();

        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        assertThat(two.atShelter(referral).referral().told()).isEmpty();
        assertThat(two.stateAtShelter(referral)).isEqualTo(ACCEPTED);
        assertThat(two.atClinic(referral).contact()).isPresent();
    }

    @Test
    void theirOwnAnswerReplacesWhatWasToldByPhone() {
        var referral = two.sent();
        two.shelter.recordTold(
                two.sara,
                referral,
                new Travelling.Told(
                        Travelling.ToldAnswer.YES, "Shift lead", two.nodes.clock.instant()));
        two.settle();

        two.clinic.decline(
                two.carlo,
                two.clinicId(referral),
                new Travelling.Refusal(Travelling.Reason.CALL_US, "", List.of()));
        two.settle();

        assertThat(two.atShelter(referral).referral().effectiveState()).isEqualTo(DECLINED);
    }

    @Test
    void acceptingTwiceChangesNothing() {
        var referral = two.sent();

        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        var again = two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();

        assertThat(again).isInstanceOf(MoveOutcome.AlreadyThere.class);
        var ours = two.atShelter(referral);
        assertThat(contents(ours, Kind.ACCEPT)).hasSize(1);
        assertThat(ours.timeline()).filteredOn(it -> it.kind() == Kind.CONTACT).hasSize(1);
    }

    @Test
    void whenAStopAndAYesCrossTheStopWins() {
        var referral = two.sent();

        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.shelter.cancel(two.sara, referral, Travelling.StopReason.FOUND_ELSEWHERE);
        two.settle();

        assertThat(two.stateAtShelter(referral)).isEqualTo(CANCELLED);
        assertThat(two.stateAtClinic(referral)).isEqualTo(CANCELLED);
        assertThat(two.atClinic(referral).contact()).isEmpty();
    }

    @Test
    void withoutConsentToTellTheOutcomeItStaysWhereItIs() {
        var draft = two.draft(Samples.wanted(two.beds));
        var silent = Samples.spoken(two.nodes.clock);
        two.shelter.recordConsent(
                two.sara,
                draft,
                new Consent(
                        silent.basis(),
                        silent.givenBy(),
                        silent.method(),
                        silent.language(),
                        silent.interpreter(),
                        silent.items(),
                        silent.givenAt(),
                        silent.until(),
                        silent.mayContact(),
                        false));
        two.shelter.send(two.sara, draft);
        two.settle();
        two.clinic.accept(two.carlo, two.clinicId(draft), Samples.come());

        two.clinic.complete(two.carlo, two.clinicId(draft), Samples.helped(two.nodes.clock));
        two.settle();

        var closed = two.atShelter(draft);
        assertThat(closed.referral().state()).isEqualTo(COMPLETED);
        assertThat(contents(closed, Kind.COMPLETE))
                .allMatch(it -> ((Travelling.Closing) it).outcome().isEmpty());
        assertThat(contents(two.atClinic(draft), Kind.COMPLETE))
                .containsExactly(Samples.helped(two.nodes.clock));
    }

    @Test
    void protectionAndMinorsAloneAreForThePhone() {
        for (var protection : Protection.values()) {
            checkRefused(
                    Samples.wanted(two.beds, Urgency.THREE_DAYS, Set.of(protection), false),
                    Why.PROTECTION_BY_PHONE);
        }
        checkRefused(
                Samples.wanted(two.beds, Urgency.THREE_DAYS, Set.of(), true),
                Why.PROTECTION_BY_PHONE);
    }

    @Test
    void todayIsSentAfterARecordedCallOnly() {
        var draft = two.draft(Samples.wanted(two.beds, Urgency.TODAY, Set.of(), false));
        two.shelter.recordConsent(two.sara, draft, Samples.spoken(two.nodes.clock));
        assertThat(two.shelter.send(two.sara, draft))
                .isEqualTo(new MoveOutcome.Refused(Why.CALL_FIRST));

        two.shelter.recordCall(
                two.sara, draft, new Call(Call.Result.NO_ANSWER, "Reception", Optional.empty()));

        assertThat(two.shelter.send(two.sara, draft)).isInstanceOf(MoveOutcome.Moved.class);
    }

    @Test
    void withoutConsentNothingIsSent() {
        var draft = two.draft(Samples.wanted(two.beds));

        assertThat(two.shelter.send(two.sara, draft))
                .isEqualTo(new MoveOutcome.Refused(Why.CONSENT_MISSING));
        two.settle();
        assertThat(two.clinic.list(two.carlo))
                .noneMatch(it -> it.uri().toString().endsWith(draft.toString()));
    }

    @Test
    void noAnswerIsAFlagAndNothingHappensByItself() {
        var referral = two.sent();
        var before = two.atShelter(referral).referral();
        assertThat(before.noAnswerSince(two.nodes.clock.instant())).isEmpty();

        two.nodes.clock.advance(Duration.ofDays(8));
        two.settle();

        var after = two.atShelter(referral).referral();
        assertThat(after.noAnswerSince(two.nodes.clock.instant())).isEqualTo(after.respondBy());
        assertThat(after.state()).isEqualTo(SENT);
        assertThat(two.stateAtClinic(referral)).isEqualTo(SENT);
    }

    @Test
    void onTheWireStandsOnlyWhatMayStandInClear() throws IOException {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        two.clinic.complete(two.carlo, two.clinicId(referral), Samples.helped(two.nodes.clock));
        two.settle();

        var seen = new ArrayList<>(two.shelterDoor.seen());
        seen.addAll(two.clinicDoor.seen());
        assertThat(seen).noneMatch(it -> it.contains(Samples.MARKER));
        var activities = activities(seen);
        assertThat(activities)
                .extracting(it -> it.path("type").asText())
                .contains("Offer", "Accept", "Update");
        for (var activity : activities) {
            assertThat(CLEAR).containsAll(names(activity));
            assertThat(CLEAR).containsAll(names(activity.path("object")));
            assertThat(CLEAR).containsAll(names(activity.path("result")));
        }
    }

    @Test
    void inTheRowsNothingAboutThePersonIsReadable() {
        var referral = two.sent();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());

        for (var node : List.of(two.nodes.shelter, two.nodes.clinic)) {
            assertThat(rows(node)).isNotEmpty().noneMatch(it -> it.contains(Samples.MARKER));
        }
        two.settle();
        for (var node : List.of(two.nodes.shelter, two.nodes.clinic)) {
            assertThat(rows(node)).noneMatch(it -> it.contains(Samples.MARKER));
        }
    }

    @Test
    void everythingThatWentHandledOnceMoreChangesNothing() throws IOException {
        var referral = two.sent();
        two.clinic.ask(two.carlo, two.clinicId(referral), "How many?");
        two.settle();
        two.shelter.answer(two.sara, referral, "Three");
        two.settle();
        two.clinic.accept(two.carlo, two.clinicId(referral), Samples.come());
        two.settle();
        var shelterBefore = two.atShelter(referral);
        var clinicBefore = two.atClinic(referral);

        for (var json : activities(two.clinicDoor.seen())) {
            two.handleAgain(two.nodes.clinic, json);
        }
        for (var json : activities(two.shelterDoor.seen())) {
            two.handleAgain(two.nodes.shelter, json);
        }
        two.settle();

        assertThat(two.atShelter(referral)).isEqualTo(shelterBefore);
        assertThat(two.atClinic(referral)).isEqualTo(clinicBefore);
    }

    @Test
    void contactDataThatComesBeforeAYesIsNotKept() {
        var referral = two.sent();
        var ours = two.atShelter(referral).referral();
        var contact = two.atShelter(referral).contact().orElseThrow();

        var result = two.handleForged(ours, Kind.CONTACT, contact);

        assertThat(result).isEqualTo(new ActivityHandler.Result.Done());
        assertThat(two.atClinic(referral).contact()).isEmpty();
    }

    @Test
    void aYesThatTheSenderGivesItselfHasNoEffect() {
        var referral = two.sent();
        var ours = two.atShelter(referral).referral();

        two.handleForged(ours.withCase(Optional.of(ours.uri())), Kind.ACCEPT, Samples.come());

        assertThat(two.stateAtClinic(referral)).isEqualTo(SENT);
    }

    private static void checkRefused(NewReferral wanted, Why why) {
        assertThat(two.shelter.draft(two.sara, wanted)).isEqualTo(new MoveOutcome.Refused(why));
    }

    /// The bodies posted to an organisation's own inbox that carry something sealed.
    private static List<ObjectNode> activities(List<String> connections) throws IOException {
        var found = new ArrayList<ObjectNode>();
        var start = Pattern.compile("\r\n\r\n(?=\\{)");
        for (var connection : connections) {
            for (var match : start.matcher(connection).results().toList()) {
                if (new ObjectMapper().readTree(connection.substring(match.end()))
                                instanceof ObjectNode json
                        && json.findValue("waymark:sealed") != null) {
                    found.add(json);
                }
            }
        }
        return found;
    }

    private static Set<String> names(JsonNode node) {
        var names = new java.util.TreeSet<String>();
        node.fieldNames().forEachRemaining(names::add);
        names.remove("@context");
        return names;
    }

    private static List<String> rows(TestNode node) {
        return node.database()
                .read(
                        tx -> {
                            var rows = new ArrayList<String>();
                            for (var column :
                                    List.of("first_step", "contact", "notes", "consent")) {
                                rows.addAll(bytes(tx, column, "referral"));
                            }
                            rows.addAll(bytes(tx, "content", "referral_event"));
                            rows.addAll(bytes(tx, "body", "outbox_activity"));
                            rows.addAll(bytes(tx, "body", "inbox_activity"));
                            return rows;
                        });
    }

    private static List<String> bytes(
            org.waymark.node.database.Transaction tx, String column, String table) {
        return tx
                .list(
                        "SELECT " + column + " AS content FROM " + table,
                        row -> row.optionalBytes("content"))
                .stream()
                .flatMap(Optional::stream)
                .map(it -> new String(it, ISO_8859_1))
                .toList();
    }
}
