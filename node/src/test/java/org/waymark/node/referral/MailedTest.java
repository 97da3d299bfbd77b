// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waymark.node.referral.LifeCycle.State.ACCEPTED;
import static org.waymark.node.referral.LifeCycle.State.COMPLETED;
import static org.waymark.node.referral.LifeCycle.State.DECLINED;
import static org.waymark.node.referral.LifeCycle.State.SENT;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.HsdsImport;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.mail.ScriptedServer;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.MoveOutcome.Why;
import org.waymark.node.referral.ReferralEvent.Kind;
import org.waymark.node.referral.mailed.MailReceivers;
import org.waymark.node.referral.mailed.Requests;

/// A shelter asks an organisation that has a mailbox and a phone only: one life, and nothing of a
/// person behind the link alone.
@SuppressWarnings("NullAway.Init") // set before the first test
class MailedTest {

    private static final Pattern LINK = Pattern.compile("http\\S+/request/\\S+");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final MailAddress MAILBOX = new MailAddress("intake@harbour.example");

    private static final TestClock CLOCK = new TestClock();
    private static ScriptedServer server;
    private static TestNode node;
    private static Acting sara;
    private static Referrals referrals;
    private static Requests requests;
    private static MailReceivers receivers;
    private static Listing service;
    private static UUID receiver;

    @BeforeAll
    static void open() throws IOException {
        server = ScriptedServer.inClear();
        node =
                TestNode.still(
                        CLOCK,
                        "shelter",
                        "The Shelter",
                        "mail.host=127.0.0.1",
                        "mail.port=" + server.port(),
                        "mail.tls=off",
                        "mail.from=office@shelter.example");
        sara = TestNode.acting(node.person("sara@shelter.example", Role.CASEWORKER), Purpose.HELP);
        referrals = node.domains().referrals();
        requests = node.domains().requests();
        receivers = node.domains().mailReceivers();
        service = importService();
        receiver =
                receivers
                        .put(node.acting(), service, MAILBOX, "+49 30 5550 199", "en")
                        .orElseThrow()
                        .id();
    }

    @AfterAll
    static void close() {
        node.close();
        server.close();
    }

    /// Else their clocks ring in the middle of another test.
    @BeforeEach
    void endWhatOthersBegan() {
        agree();
        referrals.list(sara).stream()
                .filter(it -> it.state().isOpen() && it.state() != LifeCycle.State.DRAFT)
                .forEach(
                        it ->
                                referrals.cancel(
                                        sara, it.id(), Travelling.StopReason.NO_LONGER_NEEDED));
        node.runDue();
    }

    private static void agree() {
        receivers.agree(node.acting(), receiver, Optional.of(today().plusYears(1)));
        receivers.confirm(node.acting(), receiver, MAILBOX, "reception");
    }

    private static Listing importService() throws IOException {
        node.domains()
                .directoryImport()
                .run(
                        node.acting(),
                        Path.of("src/test/resources/hsds/lindmar-1.1"),
                        new HsdsImport.Options(
                                node.organization().id(),
                                Optional.of("XL"),
                                ZoneId.of("Europe/Berlin"),
                                "en",
                                Optional.empty(),
                                false),
                        (_, _, _) -> {});
        var listings = node.domains().listings();
        var found = listings.list(node.acting(), "Swimming", 1).stream().findFirst().orElseThrow();
        return listings.add(
                node.acting(),
                Draft.named(Text.of("en", "Beds for families"))
                        .provider(found.provider().id())
                        .topics(Set.of(Topic.HOUSING))
                        .referralPolicy(ReferralPolicy.TAKEN)
                        .build());
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(CLOCK.instant(), CLOCK.getZone());
    }

    private static ReferralId send() {
        var id =
                ((MoveOutcome.Moved) referrals.draft(sara, Samples.wanted(service.id())))
                        .referral()
                        .id();
        referrals.recordConsent(sara, id, Samples.spoken(CLOCK));
        assertThat(referrals.send(sara, id)).isInstanceOf(MoveOutcome.Moved.class);
        node.runDue();
        return id;
    }

    private static String link() {
        return LINK.matcher(server.texts().getLast()).results().findFirst().orElseThrow().group();
    }

    private static Referral now(ReferralId id) {
        return referrals.find(sara, id).orElseThrow().referral();
    }

    private static List<Kind> timeline(ReferralId id) {
        return referrals.find(sara, id).orElseThrow().timeline().stream()
                .map(ReferralEvent::kind)
                .toList();
    }

    @Test
    void theMailSaysOnlyThatARequestWaitsAndTheLinkIsKeptNowhere() {
        send();

        assertThat(server.letters().getLast()).contains("To: intake@harbour.example");
        var text = server.texts().getLast();
        assertThat(text).contains("The Shelter").doesNotContain(Samples.MARKER, "Beds", "bed");
        var secret = link().replaceAll(".*/", "");
        assertThat(secret).hasSize(22);
        assertThat(server.letters().getLast()).doesNotContain(Samples.MARKER);
    }

    @Test
    void aHundredMachinesThatOpenTheLinkSeeNothingAndChangeNothing() throws Exception {
        var id = send();
        var link = link();
        var before = timeline(id);

        for (int i = 0; i < 50; i++) {
            var got = call(link, "GET", "");
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.body()).contains("Show the request").doesNotContain("MARKER");
            assertThat(got.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(got.headers().firstValue("X-Robots-Tag")).contains("noindex");
            assertThat(call(link, "HEAD", "").statusCode()).isEqualTo(200);
        }

        assertThat(now(id).state()).isEqualTo(SENT);
        assertThat(timeline(id)).isEqualTo(before);
    }

    @Test
    void showingIsAPressAndTheSenderSeesIt() throws Exception {
        var id = send();

        var shown = press(link(), "what", "show");

        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(shown.body())
                .contains(Samples.REASON)
                .doesNotContain(Samples.NAME, Samples.PHONE, "MARKER note", "MARKER 17")
                .doesNotContain("MARKER say the library calls", "MARKER mornings");
        assertThat(now(id).state()).isEqualTo(SENT);
        assertThat(timeline(id)).contains(Kind.SHOWN);
    }

    @Test
    void manyLooksWithinAnHourAreOneRow() throws Exception {
        var id = send();
        for (int i = 0; i < 5; i++) {
            press(link(), "what", "show");
            press(link(), "what", "code", "code", "1");
        }
        assertThat(timeline(id)).filteredOn(Kind.SHOWN::equals).hasSize(1);

        CLOCK.advance(Duration.ofHours(1));
        press(link(), "what", "show");
        assertThat(timeline(id)).filteredOn(Kind.SHOWN::equals).hasSize(2);
    }

    @Test
    void whoHasTheMailboxBeforeReadsNothingMore() throws Exception {
        var id = send();
        var old = link();
        press(old, "what", "yes");
        node.runDue();
        var code = requests.makeCode(sara, id).orElseThrow();
        try {
            receivers.put(
                    node.acting(), service, new MailAddress("new@harbour.example"), "1", "en");
            seesNothing(old, code);
            assertThat(requests.standing(sara, id).orElseThrow().linkUntil()).isEmpty();

            CLOCK.advance(Duration.ofMinutes(1));
            receivers.confirm(
                    node.acting(), receiver, new MailAddress("new@harbour.example"), "reception");
            seesNothing(old, code);

            CLOCK.advance(Duration.ofHours(1));
            press(old, "what", "renew");
            node.runDue();
            assertThat(server.letters().getLast()).contains("To: new@harbour.example");
            assertThat(press(link(), "what", "show").body()).contains(Samples.REASON);
            seesNothing(old, code);
        } finally {
            receivers.put(node.acting(), service, MAILBOX, "+49 30 5550 199", "en");
        }
    }

    @Test
    void withoutAnAgreementInForceALinkShowsNothingAndBringsNoOther() throws Exception {
        var id = send();
        var old = link();
        var letters = server.letters().size();
        receivers.agree(node.acting(), receiver, Optional.empty());
        seesNothing(old, "1");
        assertThat(press(old, "what", "yes").body()).doesNotContain("MARKER");
        assertThat(now(id).state()).isEqualTo(SENT);

        CLOCK.advance(Duration.ofDays(8));
        press(old, "what", "renew");
        assertThat(requests.sendLink(sara, id)).isFalse();
        node.runDue();
        assertThat(server.letters()).hasSize(letters);
    }

    private static void seesNothing(String link, String code) throws Exception {
        assertThat(call(link, "GET", "").statusCode()).isEqualTo(410);
        assertThat(press(link, "what", "show").body()).doesNotContain("MARKER");
        assertThat(press(link, "what", "code", "code", code).body()).doesNotContain("MARKER");
    }

    @Test
    void withoutTheCodeNoContactDataAndWithItOnlyAfterTheYes() throws Exception {
        var id = send();
        var link = link();
        assertThat(requests.makeCode(sara, id)).as("before the yes").isEmpty();

        press(link, "what", "yes", "words", "Come on Monday");
        node.runDue();
        assertThat(now(id).state()).isEqualTo(ACCEPTED);
        assertThat(now(id).contactSentAt()).isPresent();
        for (var body :
                List.of(
                        call(link, "GET", "").body(),
                        press(link, "what", "show").body(),
                        press(link, "what", "code", "code", "").body())) {
            assertThat(body)
                    .doesNotContain(Samples.NAME, Samples.PHONE)
                    .doesNotContain("MARKER say the library calls", "MARKER mornings");
        }

        var code = requests.makeCode(sara, id).orElseThrow();
        assertThat(code).matches("[0-9]{6}");
        var right = press(link, "what", "code", "code", code);

        assertThat(right.body()).contains(Samples.NAME, Samples.PHONE);
        assertThat(timeline(id)).contains(Kind.CONTACT_SHOWN);
        assertThat(press(link, "what", "helped").statusCode()).isLessThan(400);
        assertThat(now(id).state()).isEqualTo(COMPLETED);
        assertThat(call(link, "GET", "").statusCode()).as("it is over").isEqualTo(410);
        assertThat(press(link, "what", "code", "code", code).body()).doesNotContain("MARKER");
    }

    @Test
    void aCodeHoldsFiveTriesAnd72Hours() throws Exception {
        var id = send();
        var link = link();
        press(link, "what", "yes");
        var code = requests.makeCode(sara, id).orElseThrow();
        var wrong = code.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 5; i++) {
            assertThat(press(link, "what", "code", "code", wrong).statusCode()).isEqualTo(422);
        }
        assertThat(press(link, "what", "code", "code", code).body())
                .as("the right one comes too late")
                .doesNotContain(Samples.NAME);

        var second = requests.makeCode(sara, id).orElseThrow();
        CLOCK.advance(Duration.ofHours(72));
        assertThat(press(link, "what", "code", "code", second).body()).doesNotContain(Samples.NAME);

        var third = requests.makeCode(sara, id).orElseThrow();
        CLOCK.advance(Duration.ofHours(71));
        assertThat(press(link, "what", "code", "code", third).body()).contains(Samples.NAME);
    }

    @Test
    void anExpiredLinkBringsANewOneToTheRegisteredMailboxOnly() throws Exception {
        var id = send();
        var old = link();
        CLOCK.advance(Duration.ofDays(8));
        assertThat(call(old, "GET", "").statusCode()).isEqualTo(410);
        assertThat(press(old, "what", "show").body()).doesNotContain("MARKER");
        assertThat(press(old, "what", "yes").body()).doesNotContain("MARKER");
        assertThat(now(id).state()).isEqualTo(SENT);
        var letters = server.letters().size();

        for (int i = 0; i < 10; i++) {
            press(old, "what", "renew");
        }
        node.runDue();
        press(old, "what", "renew");
        node.runDue();

        assertThat(server.letters()).hasSize(letters + 1);
        assertThat(server.letters().getLast()).contains("To: intake@harbour.example");
        assertThat(link()).isNotEqualTo(old);
        assertThat(call(link(), "GET", "").statusCode()).isEqualTo(200);
        assertThat(call(old, "GET", "").statusCode()).isEqualTo(410);
    }

    @Test
    void staffTakeALinkBackAndItCannotBeRenewed() throws Exception {
        var id = send();
        var old = link();
        var letters = server.letters().size();

        requests.takeBack(sara, id);

        assertThat(call(old, "GET", "").statusCode()).isEqualTo(410);
        press(old, "what", "renew");
        node.runDue();
        assertThat(server.letters()).hasSize(letters);
        assertThat(requests.sendLink(sara, id)).isTrue();
        node.runDue();
        assertThat(call(link(), "GET", "").statusCode()).isEqualTo(200);
    }

    @Test
    void pressingYesTwiceIsNotTooLate() throws Exception {
        var id = send();
        var link = link();

        for (int i = 0; i < 2; i++) {
            var said = press(link, "what", "yes", "words", "Come on Monday");
            assertThat(said.headers().firstValue("Location").orElseThrow()).endsWith("answered");
        }
        for (int i = 0; i < 2; i++) {
            var said = press(link, "what", "helped");
            assertThat(said.headers().firstValue("Location").orElseThrow()).endsWith("answered");
        }
        assertThat(press(link, "what", "yes").headers().firstValue("Location").orElseThrow())
                .endsWith("late");
        assertThat(now(id).state()).isEqualTo(COMPLETED);
    }

    @Test
    void nothingIsShownOnceTheConsentHasEnded() throws Exception {
        var id = send();
        var link = link();
        node.database()
                .run(
                        tx ->
                                tx.update(
                                        "UPDATE request_link SET made_at = 99999999999998,"
                                                + " expires_at = 99999999999999"));
        CLOCK.advance(Duration.ofDays(200));
        agree();

        assertThat(press(link, "what", "show").body())
                .contains("We may not show anything")
                .doesNotContain(Samples.REASON, "MARKER");
        assertThat(timeline(id)).doesNotContain(Kind.SHOWN);

        referrals.recordConsent(sara, id, Samples.spoken(CLOCK));
        assertThat(press(link, "what", "show").body()).contains(Samples.REASON);
    }

    @Test
    void wordsThatAreTooLongComeBackAsTheyWereTyped() throws Exception {
        var id = send();
        var words = "x".repeat(Travelling.MAX_TEXT + 1);

        var refused = press(link(), "what", "yes", "words", words);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(words);
        assertThat(now(id).state()).isEqualTo(SENT);
    }

    @Test
    void theyAreRemindedAndAskedEachMonthAndStaffAskAfterAWeek() throws Exception {
        var id = send();
        var letters = server.letters().size();
        CLOCK.advance(Duration.ofDays(3));
        node.runDue();
        assertThat(server.letters()).as("half of the time").hasSize(letters + 1);

        press(link(), "what", "yes");
        CLOCK.advance(Duration.ofDays(8));
        node.runDue();
        assertThat(duties(id)).containsExactly(Duty.Kind.FIRST_CONTACT);
        referrals.recordCall(sara, id, new Call(Call.Result.REACHED, "", Optional.empty()));
        assertThat(duties(id)).isEmpty();

        CLOCK.advance(Duration.ofDays(31));
        node.runDue();
        assertThat(duties(id)).containsExactly(Duty.Kind.STILL_GOING);
        assertThat(server.letters()).hasSize(letters + 2);
        assertThat(server.texts().getLast()).contains("how it goes").doesNotContain("MARKER");
        press(link(), "what", "helped");
        assertThat(now(id).state()).isEqualTo(COMPLETED);
        assertThat(duties(id)).isEmpty();
    }

    private static List<Duty.Kind> duties(ReferralId id) {
        return referrals.duties().list(sara, id).stream().map(Duty::kind).toList();
    }

    @Test
    void nobodyDeletesWhatNobodyStopped() {
        var id = send();

        assertThat(requests.erasedThere(sara, id)).isFalse();

        assertThat(now(id).state()).isEqualTo(SENT);
    }

    @Test
    void whoeverWroteSomethingDownHearsOfTheStop() throws Exception {
        var id = send();
        press(link(), "what", "yes");
        var letters = server.letters().size();

        referrals.withdraw(sara, id, false);
        node.runDue();

        assertThat(server.letters()).hasSize(letters + 1);
        assertThat(server.letters().getLast()).contains("To: intake@harbour.example");
        assertThat(server.texts().getLast())
                .contains("destroy")
                .doesNotContain("MARKER", "Beds", "/request/");
        assertThat(referrals.duties().list(sara, id))
                .filteredOn(it -> it.kind() == Duty.Kind.ERASURE)
                .allSatisfy(it -> assertThat(it.due()).isEqualTo(CLOCK.instant()))
                .hasSize(1);
    }

    @Test
    void aMailboxThatChangedWhileSomebodyPhonedIsNotConfirmed() {
        receivers.put(node.acting(), service, new MailAddress("new@harbour.example"), "1", "en");

        assertThat(receivers.confirm(node.acting(), receiver, MAILBOX, "reception")).isFalse();

        assertThat(receivers.find(node.acting(), receiver).orElseThrow().confirmedAt()).isEmpty();
        receivers.put(node.acting(), service, MAILBOX, "+49 30 5550 199", "en");
    }

    @Test
    void thePersonsStopClosesTheDoorAtOnce() throws Exception {
        var id = send();
        var link = link();
        press(link, "what", "yes");
        var code = requests.makeCode(sara, id).orElseThrow();

        referrals.withdraw(sara, id, false);

        assertThat(call(link, "GET", "").statusCode()).isEqualTo(410);
        assertThat(press(link, "what", "code", "code", code).body()).doesNotContain("MARKER");
        assertThat(press(link, "what", "helped").body()).doesNotContain("MARKER");
        assertThat(now(id).state()).isEqualTo(LifeCycle.State.WITHDRAWN);
        assertThat(requests.erasedThere(sara, id)).isTrue();
        assertThat(timeline(id)).contains(Kind.ERASED);
    }

    @Test
    void aNoNeedsAReason() throws Exception {
        var id = send();
        assertThat(press(link(), "what", "no").statusCode()).isEqualTo(422);
        assertThat(now(id).state()).isEqualTo(SENT);

        press(link(), "what", "no", "reason", "no-place");

        assertThat(now(id).state()).isEqualTo(DECLINED);
    }

    @Test
    void aQuestionIsAnsweredByAnotherMail() throws Exception {
        var id = send();
        var link = link();
        press(link, "what", "question", "words", "How many beds?");
        var letters = server.letters().size();

        referrals.answer(sara, id, "Two beds");
        node.runDue();

        assertThat(server.letters()).hasSize(letters + 1);
        assertThat(server.texts().getLast()).doesNotContain("beds");
        assertThat(press(link, "what", "show").body()).contains("How many beds?", "Two beds");
    }

    @Test
    void nobodyIsAskedWithoutAnAgreementOrWithAMailboxThatNobodyConfirmed() {
        receivers.agree(node.acting(), receiver, Optional.empty());
        assertThat(referrals.draft(sara, Samples.wanted(service.id())))
                .isEqualTo(new MoveOutcome.Refused(Why.AGREEMENT_MISSING));

        agree();
        CLOCK.advance(Duration.ofDays(185));
        assertThat(referrals.draft(sara, Samples.wanted(service.id())))
                .as("six months have passed")
                .isEqualTo(new MoveOutcome.Refused(Why.AGREEMENT_MISSING));

        receivers.put(node.acting(), service, new MailAddress("new@harbour.example"), "1", "en");
        receivers.agree(node.acting(), receiver, Optional.of(today().plusYears(1)));
        assertThat(referrals.draft(sara, Samples.wanted(service.id())))
                .as("another mailbox")
                .isEqualTo(new MoveOutcome.Refused(Why.AGREEMENT_MISSING));
        receivers.put(node.acting(), service, MAILBOX, "+49 30 5550 199", "en");
    }

    private static HttpResponse<String> press(String link, String... fields) throws Exception {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return call(link, "POST", body.toString());
    }

    private static HttpResponse<String> call(String link, String method, String body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(link))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
