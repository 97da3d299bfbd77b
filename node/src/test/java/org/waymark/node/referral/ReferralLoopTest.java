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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.Relay;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.LifeCycle.State;
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

    private static Relay shelterDoor;
    private static Relay clinicDoor;
    private static TwoNodes nodes;
    private static Acting sara;
    private static Acting carlo;
    private static Referrals shelter;
    private static Referrals clinic;
    private static ListingId beds;

    @BeforeAll
    static void partner() {
        shelterDoor = new Relay();
        clinicDoor = new Relay();
        nodes = TwoNodes.behind(shelterDoor, clinicDoor);
        var offered = nodes.clinic.domains().listings().add(nodes.clinic.acting(), Samples.beds());
        nodes.peer();
        nodes.partner();
        sara = caseworker(nodes.shelter);
        carlo = caseworker(nodes.clinic);
        shelter = nodes.shelter.domains().referrals();
        clinic = nodes.clinic.domains().referrals();
        beds = copyAtShelter(offered.uri());
    }

    private static ListingId copyAtShelter(URI listing) {
        var listings = nodes.shelter.domains().listings();
        return listings.changesAfter(0, 100).stream()
                .flatMap(change -> listings.find(sara, change.id()).stream())
                .filter(it -> it.uri().equals(listing))
                .map(Listing::id)
                .findFirst()
                .orElseThrow();
    }

    @AfterAll
    static void close() {
        nodes.close();
        shelterDoor.close();
        clinicDoor.close();
    }

    private static Acting caseworker(TestNode node) {
        var person =
                node.person(
                        "caseworker@" + node.organization().slug() + ".example", Role.CASEWORKER);
        return TestNode.acting(person, Purpose.HELP);
    }

    @Test
    void theLoopCloses() {
        var referral = sent();

        assertThat(stateAtShelter(referral)).isEqualTo(SENT);
        var asked = clinic.find(carlo, atClinic(referral)).orElseThrow();
        assertThat(asked.firstStep().orElseThrow().need().reason()).isEqualTo(Samples.REASON);
        assertThat(asked.contact()).isEmpty();
        assertThat(asked.notes()).isEmpty();
        assertThat(asked.referral().partnerName()).isEqualTo("The Shelter");

        clinic.receive(carlo, atClinic(referral));
        nodes.settle();
        assertThat(stateAtShelter(referral)).isEqualTo(RECEIVED);

        clinic.accept(carlo, atClinic(referral), Samples.come());
        nodes.settle();
        assertThat(stateAtShelter(referral)).isEqualTo(ACCEPTED);
        assertThat(contents(shelter.find(sara, referral).orElseThrow(), Kind.ACCEPT))
                .containsExactly(Samples.come());
        var taken = clinic.find(carlo, atClinic(referral)).orElseThrow();
        assertThat(taken.contact().orElseThrow().address()).isEqualTo(Samples.PHONE);
        assertThat(taken.notes()).isEmpty();

        clinic.complete(carlo, atClinic(referral), Samples.helped(nodes.clock));
        nodes.settle();
        var closed = shelter.find(sara, referral).orElseThrow();
        assertThat(closed.referral().state()).isEqualTo(COMPLETED);
        assertThat(contents(closed, Kind.COMPLETE)).containsExactly(Samples.helped(nodes.clock));
    }

    @Test
    void aNoComesBackWithItsReasonAndContactNeverGoes() {
        var referral = sent();
        var refusal = new Travelling.Refusal(Travelling.Reason.NO_PLACE, "full", List.of());

        clinic.decline(carlo, atClinic(referral), refusal);
        nodes.settle();

        assertThat(stateAtShelter(referral)).isEqualTo(DECLINED);
        assertThat(contents(shelter.find(sara, referral).orElseThrow(), Kind.DECLINE))
                .containsExactly(refusal);
        assertThat(clinic.find(carlo, atClinic(referral)).orElseThrow().contact()).isEmpty();
    }

    @Test
    void aQuestionIsAnswered() {
        var referral = sent();

        clinic.ask(carlo, atClinic(referral), "How many children?");
        nodes.settle();
        assertThat(stateAtShelter(referral)).isEqualTo(INFO_NEEDED);

        shelter.answer(sara, referral, "Two");
        nodes.settle();
        assertThat(stateAtClinic(referral)).isEqualTo(RECEIVED);
        assertThat(contents(clinic.find(carlo, atClinic(referral)).orElseThrow(), Kind.ANSWER))
                .containsExactly(new Travelling.Text("Two"));
    }

    @Test
    void aWaitingListKeepsItsCaseWhenItBecomesAYes() {
        var referral = sent();

        clinic.waitlist(carlo, atClinic(referral), new Travelling.Waiting("two weeks"));
        nodes.settle();
        var waiting = shelter.find(sara, referral).orElseThrow().referral();
        assertThat(waiting.state()).isEqualTo(WAITLISTED);
        assertThat(waiting.contactSentAt()).isEmpty();

        clinic.accept(carlo, atClinic(referral), Samples.come());
        nodes.settle();
        var taken = shelter.find(sara, referral).orElseThrow().referral();
        assertThat(taken.state()).isEqualTo(ACCEPTED);
        assertThat(taken.caseUri()).isPresent().isEqualTo(waiting.caseUri());
    }

    @Test
    void whatWasToldByPhoneCountsAtOnceAndContactWaitsForTheirOwnYes() {
        var referral = sent();
        var told =
                new Travelling.Told(Travelling.ToldAnswer.YES, "Shift lead", nodes.clock.instant());

        shelter.recordTold(sara, referral, told);
        nodes.settle();
        var ours = shelter.find(sara, referral).orElseThrow().referral();
        assertThat(ours.word()).isEqualTo(LifeCycle.Word.YES);
        assertThat(ours.state()).isEqualTo(SENT);
        var theirs = clinic.find(carlo, atClinic(referral)).orElseThrow();
        assertThat(theirs.referral().told()).contains(ACCEPTED);
        assertThat(theirs.contact()).isEmpty();

        clinic.accept(carlo, atClinic(referral), Samples.come());
        nodes.settle();
        assertThat(shelter.find(sara, referral).orElseThrow().referral().told()).isEmpty();
        assertThat(stateAtShelter(referral)).isEqualTo(ACCEPTED);
        assertThat(clinic.find(carlo, atClinic(referral)).orElseThrow().contact()).isPresent();
    }

    @Test
    void theirOwnAnswerReplacesWhatWasToldByPhone() {
        var referral = sent();
        shelter.recordTold(
                sara,
                referral,
                new Travelling.Told(
                        Travelling.ToldAnswer.YES, "Shift lead", nodes.clock.instant()));
        nodes.settle();

        clinic.decline(
                carlo,
                atClinic(referral),
                new Travelling.Refusal(Travelling.Reason.CALL_US, "", List.of()));
        nodes.settle();

        assertThat(shelter.find(sara, referral).orElseThrow().referral().effectiveState())
                .isEqualTo(DECLINED);
    }

    @Test
    void acceptingTwiceChangesNothing() {
        var referral = sent();

        clinic.accept(carlo, atClinic(referral), Samples.come());
        var again = clinic.accept(carlo, atClinic(referral), Samples.come());
        nodes.settle();

        assertThat(again).isInstanceOf(MoveOutcome.AlreadyThere.class);
        var ours = shelter.find(sara, referral).orElseThrow();
        assertThat(contents(ours, Kind.ACCEPT)).hasSize(1);
        assertThat(ours.timeline()).filteredOn(it -> it.kind() == Kind.CONTACT).hasSize(1);
    }

    @Test
    void whenAStopAndAYesCrossTheStopWins() {
        var referral = sent();

        clinic.accept(carlo, atClinic(referral), Samples.come());
        shelter.cancel(sara, referral, Travelling.StopReason.FOUND_ELSEWHERE);
        nodes.settle();

        assertThat(stateAtShelter(referral)).isEqualTo(CANCELLED);
        assertThat(stateAtClinic(referral)).isEqualTo(CANCELLED);
        assertThat(clinic.find(carlo, atClinic(referral)).orElseThrow().contact()).isEmpty();
    }

    @Test
    void withoutConsentToTellTheOutcomeItStaysWhereItIs() {
        var draft = draft(Samples.wanted(beds));
        var silent = Samples.spoken(nodes.clock);
        shelter.recordConsent(
                sara,
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
        shelter.send(sara, draft);
        nodes.settle();
        clinic.accept(carlo, atClinic(draft), Samples.come());

        clinic.complete(carlo, atClinic(draft), Samples.helped(nodes.clock));
        nodes.settle();

        var closed = shelter.find(sara, draft).orElseThrow();
        assertThat(closed.referral().state()).isEqualTo(COMPLETED);
        assertThat(contents(closed, Kind.COMPLETE))
                .allMatch(it -> ((Travelling.Closing) it).outcome().isEmpty());
        assertThat(contents(clinic.find(carlo, atClinic(draft)).orElseThrow(), Kind.COMPLETE))
                .containsExactly(Samples.helped(nodes.clock));
    }

    @Test
    void protectionAndMinorsAloneAreForThePhone() {
        for (var protection : Protection.values()) {
            checkRefused(
                    Samples.wanted(beds, Urgency.THREE_DAYS, Set.of(protection), false),
                    Why.PROTECTION_BY_PHONE);
        }
        checkRefused(
                Samples.wanted(beds, Urgency.THREE_DAYS, Set.of(), true), Why.PROTECTION_BY_PHONE);
    }

    @Test
    void todayIsSentAfterARecordedCallOnly() {
        var draft = draft(Samples.wanted(beds, Urgency.TODAY, Set.of(), false));
        shelter.recordConsent(sara, draft, Samples.spoken(nodes.clock));
        assertThat(shelter.send(sara, draft)).isEqualTo(new MoveOutcome.Refused(Why.CALL_FIRST));

        shelter.recordCall(
                sara, draft, new Call(Call.Result.NO_ANSWER, "Reception", Optional.empty()));

        assertThat(shelter.send(sara, draft)).isInstanceOf(MoveOutcome.Moved.class);
    }

    @Test
    void withoutConsentNothingIsSent() {
        var draft = draft(Samples.wanted(beds));

        assertThat(shelter.send(sara, draft))
                .isEqualTo(new MoveOutcome.Refused(Why.CONSENT_MISSING));
        nodes.settle();
        assertThat(clinic.list(carlo))
                .noneMatch(it -> it.uri().toString().endsWith(draft.toString()));
    }

    @Test
    void noAnswerIsAFlagAndNothingHappensByItself() {
        var referral = sent();
        var before = shelter.find(sara, referral).orElseThrow().referral();
        assertThat(before.noAnswerSince(nodes.clock.instant())).isEmpty();

        nodes.clock.advance(Duration.ofDays(8));
        nodes.settle();

        var after = shelter.find(sara, referral).orElseThrow().referral();
        assertThat(after.noAnswerSince(nodes.clock.instant())).isEqualTo(after.respondBy());
        assertThat(after.state()).isEqualTo(SENT);
        assertThat(stateAtClinic(referral)).isEqualTo(SENT);
    }

    @Test
    void onTheWireStandsOnlyWhatMayStandInClear() throws IOException {
        var referral = sent();
        clinic.accept(carlo, atClinic(referral), Samples.come());
        nodes.settle();
        clinic.complete(carlo, atClinic(referral), Samples.helped(nodes.clock));
        nodes.settle();

        var seen = new ArrayList<>(shelterDoor.seen());
        seen.addAll(clinicDoor.seen());
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
        var referral = sent();
        clinic.accept(carlo, atClinic(referral), Samples.come());

        for (var node : List.of(nodes.shelter, nodes.clinic)) {
            assertThat(rows(node)).isNotEmpty().noneMatch(it -> it.contains(Samples.MARKER));
        }
        nodes.settle();
        for (var node : List.of(nodes.shelter, nodes.clinic)) {
            assertThat(rows(node)).noneMatch(it -> it.contains(Samples.MARKER));
        }
    }

    @Test
    void strangersSeeNoReferralAndNoCase() throws Exception {
        var referral = sent();
        clinic.accept(carlo, atClinic(referral), Samples.come());
        nodes.settle();
        var ours = shelter.find(sara, referral).orElseThrow().referral();

        assertThat(get(ours.uri())).isEqualTo(404);
        assertThat(get(ours.caseUri().orElseThrow())).isEqualTo(404);
    }

    private static int get(URI uri) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(uri)
                            .header("Accept", "application/activity+json")
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static ReferralId draft(NewReferral wanted) {
        return ((MoveOutcome.Moved) shelter.draft(sara, wanted)).referral().id();
    }

    private static ReferralId sent() {
        var id = draft(Samples.wanted(beds));
        shelter.recordConsent(sara, id, Samples.spoken(nodes.clock));
        assertThat(shelter.send(sara, id)).isInstanceOf(MoveOutcome.Moved.class);
        nodes.settle();
        return id;
    }

    private static void checkRefused(NewReferral wanted, Why why) {
        assertThat(shelter.draft(sara, wanted)).isEqualTo(new MoveOutcome.Refused(why));
    }

    private static ReferralId atClinic(ReferralId referral) {
        return clinic.list(carlo).stream()
                .filter(it -> it.uri().toString().endsWith(referral.toString()))
                .map(Referral::id)
                .findFirst()
                .orElseThrow();
    }

    private static State stateAtShelter(ReferralId referral) {
        return shelter.find(sara, referral).orElseThrow().referral().state();
    }

    private static State stateAtClinic(ReferralId referral) {
        return clinic.find(carlo, atClinic(referral)).orElseThrow().referral().state();
    }

    private static List<Travelling> contents(OpenedReferral opened, Kind kind) {
        return opened.timeline().stream()
                .filter(it -> it.kind() == kind)
                .flatMap(it -> it.content().stream())
                .toList();
    }

    /// The bodies posted to an organisation's own inbox that carry something sealed.
    private static List<JsonNode> activities(List<String> connections) throws IOException {
        var found = new ArrayList<JsonNode>();
        var start = Pattern.compile("\r\n\r\n(?=\\{)");
        for (var connection : connections) {
            for (var match : start.matcher(connection).results().toList()) {
                var json = new ObjectMapper().readTree(connection.substring(match.end()));
                if (json.findValue("waymark:sealed") != null) {
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
