// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waymark.node.TestClock;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;
import org.waymark.node.account.Sessions;
import org.waymark.node.listing.Draft;
import org.waymark.node.listing.Kind;
import org.waymark.node.listing.Listing;
import org.waymark.node.listing.ListingId;
import org.waymark.node.listing.Place;
import org.waymark.node.listing.Reach;
import org.waymark.node.listing.ReferralPolicy;
import org.waymark.node.listing.Text;
import org.waymark.node.listing.Topic;
import org.waymark.node.oversight.DataRequest;
import org.waymark.node.oversight.DataRequests;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;
import org.waymark.node.referral.Duty;
import org.waymark.node.referral.LifeCycle.State;
import org.waymark.node.referral.Referral;
import org.waymark.node.referral.ReferralId;
import org.waymark.node.referral.Referrals;
import org.waymark.node.referral.Side;
import org.waymark.node.referral.Travelling;

/// Somebody asks for help on a shelter's own site, follows it by the help code, and stops it.
class SelfRequestTest {

    private static final TestClock CLOCK = new TestClock();
    private static final String NEED = "MARKER a bed for us";
    private static final String NAME = "MARKER Amina";
    private static final String PHONE = "MARKER 5550123";
    private static final String WORD = "Abendstern";

    private static TestNode node;
    private static Referrals referrals;
    private static PersonDesk desk;
    private static Acting sara;
    private static ListingId beds;
    private Visitor phone;

    @BeforeAll
    static void open() {
        node =
                TestNode.still(
                        CLOCK,
                        "shelter",
                        "The Shelter",
                        "complaint.outside-phone=+49 30 5550999",
                        "country=XL",
                        "contact.phone=+49 30 5550111");
        node.person("olga@shelter.example", Role.OMBUDSPERSON);
        sara = TestNode.acting(node.person("sara@shelter.example", Role.CASEWORKER), Purpose.HELP);
        referrals = node.domains().referrals();
        desk = node.domains().personDesk();
        beds = add("Beds for families").id();
    }

    private static Listing add(String name) {
        return node.domains()
                .listings()
                .add(
                        node.acting(),
                        Draft.named(Text.of("en", name))
                                .topics(Set.of(Topic.HOUSING))
                                .referralPolicy(ReferralPolicy.TAKEN)
                                .build());
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @BeforeEach
    void pickUp() {
        phone = new Visitor(node.url());
    }

    @AfterEach
    void hangUp() {
        phone.close();
        endAll();
    }

    /// Whoever waits too long closes the door for the next.
    private static void endAll() {
        referrals.list(sara).stream()
                .filter(it -> it.side() == Side.SENDER && it.state().isOpen())
                .forEach(it -> referrals.withdraw(sara, it.id(), true));
    }

    private static void signIn() {
        assertThat(
                        node.domains()
                                .sessions()
                                .signIn(
                                        "sara@shelter.example",
                                        TestNode.PASSWORD,
                                        Optional.empty(),
                                        "192.0.2.1"))
                .isInstanceOf(Sessions.Outcome.SignedIn.class);
    }

    @Test
    void whereNobodyLooksAfterItFormAndMessagesCloseByThemselves() {
        var code = Visitor.codeOn(ask());
        CLOCK.advance(Duration.ofDays(6));
        signIn();
        assertThat(begun().body()).as("past its clock").contains("You cannot ask them");
        assertThat(phone.get("/en/s/" + beds).body())
                .as("no button that leads nowhere")
                .doesNotContain("action=\"/en/ask\"")
                .contains("+49 30 5550111");
        phone.postBare("/en/code", "code", code);
        phone.post("/en/mine/word", "word", WORD);
        phone.get("/en/mine/write");
        var message = phone.post("/en/mine/message", "kind", "message", "text", "MARKER hello");
        assertThat(message.statusCode()).isEqualTo(409);
        assertThat(message.body()).contains("+49 30 5550111");
        assertThat(desk.waiting(sara)).isEmpty();

        endAll();
        assertThat(begun().body()).as("all are answered").contains("Who needs help?");
        CLOCK.advance(Duration.ofDays(8));
        assertThat(begun().body()).as("nobody came for a week").contains("You cannot ask them");
        assertThat(phone.get("/en/").body()).doesNotContain("Nobody has looked after");
        CLOCK.advance(Duration.ofDays(53));
        assertThat(phone.get("/en/").body())
                .as("nobody came for two months")
                .contains("Nobody has looked after this page since");
        signIn();
        CLOCK.advance(Duration.ofMinutes(2));
        assertThat(phone.get("/en/").body()).doesNotContain("Nobody has looked after");
        assertThat(begun().body()).contains("Who needs help?");
    }

    @Test
    void withSeveralOrganisationsTheOneThatIsNamedTakesWhatPeopleAsk() {
        try (var several =
                TestNode.still(
                        CLOCK,
                        "shelter",
                        "The Shelter",
                        "complaint.outside-phone=+49 30 5550999",
                        "intake.organization=clinic")) {
            var organizations = several.domains().organizations();
            var intake = new Intake(several.database(), organizations, Optional.empty());
            assertThat(intake.find()).contains(several.organization());
            organizations.add(
                    Acting.node(), "Aid Club", "aid-club", Optional.empty(), List.of("en"));
            organizations.add(Acting.node(), "Clinic", "clinic", Optional.empty(), List.of("en"));

            assertThat(intake.findOpen()).as("no name decides").isEmpty();
            var named = new Intake(several.database(), organizations, Optional.of("clinic"));
            assertThat(named.findOpen().orElseThrow().name()).isEqualTo("Clinic");
            assertThat(several.settings().intakeOrganization()).contains("clinic");
        }
    }

    private HttpResponse<String> begun() {
        return phone.postBare("/en/ask", "listing", beds.toString());
    }

    @Test
    void whoIsInTheMiddleWhenTheDoorClosesIsToldSo() {
        var other = add("Beds for a while");
        phone.postBare("/en/ask", "listing", other.id().toString());
        phone.post("/en/ask/1", "who", "self");
        node.domains().listings().close(node.acting(), other.id());

        var told = phone.get("/en/ask");
        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(told.body()).contains("You cannot ask them");
        assertThat(phone.get("/en/ask/2").body()).contains("Choose what you need first");
    }

    @Test
    void aNewCodeOrWordEndsWhatWasOpenedWithTheOldOne() {
        phone.postBare("/en/code", "code", Visitor.codeOn(ask()));
        assertThat(phone.post("/en/mine/word", "word", WORD).body()).contains(NEED);
        var id = newest(Side.SENDER).id();

        desk.setWord(sara, id, "Morgenstern");
        assertThat(phone.get("/en/mine").body()).contains("Sixteen letters");

        var code = desk.giveCode(sara, id, Optional.empty()).orElseThrow();
        phone.postBare("/en/code", "code", code.shown());
        assertThat(phone.post("/en/mine/word", "word", "Morgenstern").body())
                .as("the word outlives a new code")
                .contains(NEED);
        desk.giveCode(sara, id, Optional.empty());
        assertThat(phone.get("/en/mine").body()).contains("Sixteen letters");
    }

    @Test
    void whoComesWithAParentAfterAllNamesThem() {
        begin();
        phone.post("/en/ask/4", "when", "three-days");
        phone.post("/en/ask/5", "adults", "1", "children", "1");
        phone.post("/en/ask/6", "language", "ar");
        phone.post("/en/ask/7", "wishes", "woman");
        phone.post("/en/ask/8", "reach", "through-us");
        phone.post("/en/ask/10", "name", NAME);
        phone.post("/en/ask/11", "word", WORD);
        phone.get("/en/ask/1");

        var chosen = phone.post("/en/ask/1", "who", "with-parent");
        assertThat(chosen.uri()).as(chosen.statusCode() + chosen.body()).hasPath("/en/ask/10");
        assertThat(phone.post("/en/ask/send", "agree", "yes", "child", "yes").uri())
                .hasPath("/en/ask/10");
        phone.post("/en/ask/10", "name", NAME, "caregiver", "MARKER Sami");
        phone.post("/en/ask/send", "agree", "yes", "child", "yes");
        assertThat(consentOf(newest(Side.SENDER))).contains("PARENT", "childAgreed=Optional[true]");
    }

    @Test
    void lettersAreNoNumbersAndALongMessageComesBackWhole() {
        begin();
        phone.post("/en/ask/4", "when", "three-days");
        assertThat(phone.post("/en/ask/5", "adults", "1", "children", "l").statusCode())
                .isEqualTo(422);

        phone.postBare("/en/code", "code", Visitor.codeOn(ask()));
        phone.post("/en/mine/word", "word", WORD);
        phone.get("/en/mine/write");
        var text = "MARKER" + "x".repeat(PersonMessage.MAX_TEXT);
        var long1 = phone.post("/en/mine/message", "kind", "message", "text", text);
        assertThat(long1.statusCode()).isEqualTo(422);
        assertThat(long1.body()).contains(text);
    }

    @Test
    void whatTheLawGivesThemIsATaskWithItsClock() {
        phone.postBare("/en/code", "code", Visitor.codeOn(ask()));
        phone.post("/en/mine/word", "word", WORD);
        var ours = newest(Side.SENDER);
        var requests = node.domains().dataRequests();
        for (var kind : List.of("access", "portability", "objection", "correction", "erasure")) {
            assertThat(phone.get("/en/mine").body()).contains("mine/write?what=" + kind);
            phone.get("/en/mine/write?what=" + kind);
            assertThat(phone.post("/en/mine/message", "kind", kind, "text", "MARKER").body())
                    .contains("within a month");
        }

        var open =
                requests.listOpen(sara).stream()
                        .filter(it -> it.referral().equals(Optional.of(ours.id())))
                        .toList();
        assertThat(open)
                .extracting(DataRequest::kind)
                .containsExactlyInAnyOrder(DataRequest.Kind.values());
        assertThat(open)
                .allMatch(it -> it.dueAt().isAfter(CLOCK.instant().plus(Duration.ofDays(27))));

        // Whichever of the two is ticked off, the other is.
        for (var one : open) {
            var settled = requests.settle(sara, one.id(), DataRequest.Outcome.DONE);
            assertThat(settled)
                    .isEqualTo(
                            one.kind() == DataRequest.Kind.ERASURE
                                    ? DataRequests.Settled.NOT_STOPPED
                                    : DataRequests.Settled.DONE);
        }
        var waiting =
                desk.find(sara, ours.id()).orElseThrow().messages().stream()
                        .filter(PersonMessage::waits)
                        .toList();
        assertThat(waiting)
                .extracting(PersonMessage::kind)
                .containsExactly(PersonMessage.Kind.ERASURE);
        var erasure = waiting.getFirst().id();
        assertThat(desk.settle(sara, ours.id(), erasure)).as("nothing is erased yet").isFalse();
        var byHand = requests.open(sara, DataRequest.Kind.ERASURE, Optional.of(ours.id()));
        assertThat(requests.find(sara, erasure).orElseThrow().settledAt()).isEmpty();

        phone.get("/en/mine/stop");
        phone.post("/en/mine/stop");
        assertThat(desk.settle(sara, ours.id(), erasure)).isTrue();
        assertThat(requests.find(sara, erasure).orElseThrow().settledAt()).isPresent();
        assertThat(requests.find(sara, byHand.orElseThrow().id()).orElseThrow().settledAt())
                .as("another one of the same kind")
                .isEmpty();
        requests.settle(sara, byHand.orElseThrow().id(), DataRequest.Outcome.DONE);
        assertThat(requests.listOpen(sara))
                .noneMatch(it -> it.referral().equals(Optional.of(ours.id())));
    }

    @Test
    void whoAsksFollowsTheirRequestAndStopsIt() {
        assertThat(phone.get("/en/s/" + beds).body()).contains("action=\"/en/ask\"");
        var code = Visitor.codeOn(ask());
        var ours = newest(Side.SENDER);
        var theirs = newest(Side.RECEIVER);
        assertThat(theirs.state()).isEqualTo(State.SENT);
        assertThat(referrals.find(sara, theirs.id()).orElseThrow().contact()).isEmpty();
        assertThat(referrals.find(sara, theirs.id()).orElseThrow().firstStep().orElseThrow().fit())
                .as("a word of the protocol, not of a language")
                .matches(Travelling.Fit::wasNotCompared);
        assertThat(consentOf(ours)).contains("DIGITAL", "SELF", "language=en");

        var little = phone.postBare("/ar/code", "code", code);
        assertThat(little.body()).contains("dir=\"rtl\"").doesNotContain("MARKER", "Beds");
        assertThat(phone.get("/en/mine").body())
                .contains("There is no answer yet")
                .doesNotContain("Beds", "MARKER");
        assertThat(phone.post("/en/mine/message", "text", "hello").body())
                .as("needs the word")
                .contains("Your second word");

        assertThat(phone.post("/en/mine/word", "word", "wrong word").statusCode()).isEqualTo(422);
        var mine = phone.post("/en/mine/word", "word", " abend STERN ");
        assertThat(mine.body()).contains(NEED, PHONE, "Beds for families", "The Shelter");

        phone.get("/en/mine/write");
        phone.post("/en/mine/message", "kind", "message", "text", "MARKER when do I hear?");
        assertThat(desk.waiting(sara)).extracting(PersonDesk.Waiting::referral).contains(ours.id());
        desk.write(sara, theirs.id(), "MARKER tomorrow");
        var appointment = Instant.parse("2027-03-01T09:00:00Z");
        referrals.accept(
                sara,
                theirs.id(),
                new Travelling.NextStep("MARKER come to the door", Optional.of(appointment)));

        var answered = phone.get("/en/mine");
        assertThat(answered.body())
                .contains("says yes", "MARKER come to the door", "MARKER tomorrow")
                .contains("your name and how to reach you");
        var calendar = phone.post("/en/mine/appointment");
        assertThat(calendar.headers().firstValue("content-type").orElse(""))
                .startsWith("text/calendar");
        assertThat(calendar.body())
                .contains("DTSTART:20270301T090000Z", "SUMMARY:Appointment")
                .doesNotContain("MARKER", "Shelter", "Beds");
        assertThat(phone.post("/en/mine/download").body()).contains(NEED, "MARKER tomorrow");

        phone.get("/en/mine/stop");
        assertThat(phone.post("/en/mine/stop").body()).contains("It is stopped");
        assertThat(state(theirs.id())).isEqualTo(State.WITHDRAWN);
        assertThat(state(ours.id())).isEqualTo(State.WITHDRAWN);
        assertThat(referrals.find(sara, theirs.id()).orElseThrow().contact())
                .as("frozen")
                .isEmpty();
        assertThat(referrals.find(sara, theirs.id()).orElseThrow().firstStep()).isPresent();
        assertThat(referrals.duties().list(sara))
                .filteredOn(it -> it.referral().id().equals(ours.id()))
                .extracting(Duty::kind)
                .contains(Duty.Kind.CHECK_ON_PERSON);

        nothingStaysOnThePhone();
        assertThat(rows("person_visit")).isNotEmpty().doesNotContain("MARKER");
        assertThat(rows("person_message")).isNotEmpty().doesNotContain("MARKER");
        assertThat(rows("help_code")).isNotEmpty().doesNotContain(code.replace("-", ""), WORD);
    }

    private void nothingStaysOnThePhone() {
        for (var answer : phone.seen) {
            var address = answer.uri().toString();
            assertThat(address).doesNotContain("MARKER", WORD, "Amina");
            if (address.contains("/s/")) {
                continue;
            }
            assertThat(answer.headers().firstValue("cache-control"))
                    .as(address)
                    .contains("no-store");
            if (answer.body().contains("<title>")) {
                assertThat(answer.body()).as(address).contains("<title>The Shelter</title>");
                assertThat(answer.body()).as(address).doesNotContain("<script");
            }
        }
        assertThat(phone.cookies.getCookieStore().getCookies())
                .allSatisfy(
                        cookie -> {
                            assertThat(cookie.getValue()).doesNotContain("MARKER");
                            assertThat(cookie.getMaxAge()).isEqualTo(-1);
                            assertThat(cookie.isHttpOnly()).isTrue();
                        });
    }

    @Test
    void aStopFaceToFaceErasesAtOnce() {
        ask();
        var ours = newest(Side.SENDER);
        var theirs = newest(Side.RECEIVER);

        referrals.withdraw(sara, ours.id(), true);
        eraseWhatIsDue();

        var opened = referrals.find(sara, theirs.id()).orElseThrow();
        assertThat(opened.referral().state()).isEqualTo(State.WITHDRAWN);
        assertThat(opened.firstStep()).isEmpty();
        checkNothingIsLeft(ours.id());
    }

    @Test
    void afterAStopByTheCodeErasureWaitsForTheFreeze() {
        phone.postBare("/en/code", "code", Visitor.codeOn(ask()));
        var ours = newest(Side.SENDER);
        var theirs = newest(Side.RECEIVER);
        desk.write(sara, ours.id(), "MARKER come soon");
        phone.get("/en/mine/stop");
        phone.post("/en/mine/stop");
        assertThat(referrals.find(sara, ours.id()).orElseThrow().contact())
                .as("for who looks after them")
                .isPresent();
        referrals.duties().checkedOnPerson(sara, ours.id());
        assertThat(referrals.find(sara, ours.id()).orElseThrow().contact()).isEmpty();

        CLOCK.advance(Duration.ofHours(71));
        eraseWhatIsDue();
        assertThat(referrals.find(sara, theirs.id()).orElseThrow().firstStep()).isPresent();

        CLOCK.advance(Duration.ofHours(25));
        eraseWhatIsDue();
        assertThat(referrals.find(sara, theirs.id()).orElseThrow().firstStep()).isEmpty();
        checkNothingIsLeft(ours.id());
    }

    // Both halves are in one house.
    private static void checkNothingIsLeft(ReferralId ours) {
        var opened = referrals.find(sara, ours).orElseThrow();
        assertThat(opened.contact()).isEmpty();
        assertThat(opened.firstStep()).isEmpty();
        assertThat(opened.notes()).isEmpty();
        assertThat(opened.timeline()).allSatisfy(it -> assertThat(it.content()).isEmpty());
        assertThat(desk.find(sara, ours).orElseThrow().messages()).isEmpty();
        assertThat(opened.consent()).as("the proof stays").isPresent();
    }

    private static void eraseWhatIsDue() {
        node.runDue();
    }

    @Test
    void quickExitEndsWhatWasTypedAndWhatWasOpen() {
        begin();
        assertThat(phone.get("/en/ask/4").statusCode()).isEqualTo(200);
        var left = phone.get("/leave");
        assertThat(left.headers().firstValue("clear-site-data").orElse("")).contains("cookies");
        assertThat(phone.get("/en/ask/4").body()).contains("Choose what you need first");

        phone.postBare("/en/code", "code", Visitor.codeOn(ask()));
        var cookies = List.copyOf(phone.cookies.getCookieStore().getCookies());
        phone.get("/leave");
        assertThat(cookies).anyMatch(it -> it.getName().endsWith("-visit"));
        cookies.forEach(it -> phone.cookies.getCookieStore().add(node.url(), it));
        assertThat(phone.get("/en/mine").body())
                .as("an old cookie opens nothing")
                .contains("Sixteen letters");
    }

    @Test
    void aVisitEndsByItself() {
        phone.postBare("/en/code", "code", Visitor.codeOn(ask()));
        CLOCK.advance(Duration.ofMinutes(9));
        assertThat(phone.get("/en/mine").body()).contains("Your request");
        CLOCK.advance(Duration.ofMinutes(11));
        assertThat(phone.get("/en/mine").body()).contains("Sixteen letters");
    }

    @Test
    void aNewCodeMakesTheOldOneWorthless() {
        var old = Visitor.codeOn(ask());
        var fresh =
                desk.giveCode(sara, newest(Side.SENDER).id(), Optional.of("Morgen")).orElseThrow();

        assertThat(phone.postBare("/en/code", "code", old).statusCode()).isEqualTo(422);
        assertThat(phone.postBare("/en/code", "code", fresh.shown()).statusCode()).isEqualTo(200);
        assertThat(phone.post("/en/mine/word", "word", "morgen").body()).contains(NEED);
    }

    @Test
    void whoeverGuessesACodeWaitsAndIsNotLockedOut() {
        var code = Visitor.codeOn(ask());
        var codes = codes();
        for (int i = 0; i < 4; i++) {
            assertThat(codes.check(wrong(code), "192.0.2.7"))
                    .isInstanceOf(HelpCodes.Check.Wrong.class);
        }

        assertThat(codes.check(code, "192.0.2.7")).isInstanceOf(HelpCodes.Check.TooSoon.class);
        CLOCK.advance(Duration.ofSeconds(3));
        assertThat(codes.check(code, "192.0.2.7")).isInstanceOf(HelpCodes.Check.Right.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "127.0.0.1"})
    void nobodyWaitsForWhatOthersOnTheirLineGotWrong(String line) {
        var code = Visitor.codeOn(ask());
        var codes = codes();
        for (int i = 0; i < 40; i++) {
            codes.check("ABCD-EFGH-JKLM-NPQR".replace('A', "ACDEFGHJKM".charAt(i % 10)), line);
        }
        if (line.equals("127.0.0.1")) {
            for (int i = 0; i < 10; i++) {
                codes.check(wrong(code), line);
            }
        }

        assertThat(codes.check(code, line)).isInstanceOf(HelpCodes.Check.Right.class);
    }

    @Test
    void whoeverGuessesTheWordDoesNotShutItToThePerson() {
        ask();
        var codes = codes();
        var id = newest(Side.SENDER).id();
        for (int i = 0; i < 8; i++) {
            codes.checkWord(id, "wrong word", "192.0.2.7", "theirs");
            codes.checkWord(id, "wrong word", "127.0.0.1", "theirs");
        }

        assertThat(codes.checkWord(id, WORD, "192.0.2.7", "theirs"))
                .isInstanceOf(HelpCodes.Check.TooSoon.class);
        assertThat(codes.checkWord(id, WORD, "192.0.2.8", "own"))
                .isInstanceOf(HelpCodes.Check.Right.class);
        assertThat(codes.checkWord(id, WORD, "127.0.0.1", "own"))
                .isInstanceOf(HelpCodes.Check.Right.class);
    }

    private static HelpCodes codes() {
        return new HelpCodes(node.database(), CLOCK, new java.security.SecureRandom());
    }

    private static String wrong(String code) {
        return code.substring(0, code.length() - 1) + (code.endsWith("A") ? "C" : "A");
    }

    @Test
    void aSlipNamesNobodyAndCarriesAPictureOnlyIfWanted() {
        var code = Visitor.codeOn(ask());

        var plain = phone.postBare("/en/code/slip", "code", code).body();
        var slip = plain.substring(plain.indexOf("<section class=\"sheet\""));
        assertThat(slip.substring(0, slip.indexOf("</section>")))
                .contains(code, "+49 30 5550999")
                .doesNotContain("The Shelter", "<svg");
        assertThat(phone.postBare("/en/code/slip", "code", code, "picture", "yes").body())
                .contains("class=\"qr\"");
    }

    @Test
    void errorsSayWhatIsMissing() {
        begin();
        var empty = phone.post("/en/ask/3", "need", "");
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body())
                .contains("role=\"alert\"", "href=\"#need\"", "Write what you need");

        var number = phone.post("/en/ask/3", "need", "Call me 0170 5550123");
        assertThat(number.statusCode()).isEqualTo(422);
        assertThat(number.body()).contains("There is a number", "Call me 0170 5550123");
        assertThat(phone.post("/en/ask/3", "need", "Call me 0170 5550123", "sure", "yes").uri())
                .hasPath("/en/ask/4");
        assertThat(phone.post("/en/ask/4", "when", "today").body()).contains("+49 30 5550111");
        assertThat(phone.get("/en/ask/check").uri())
                .as("not before all is said")
                .hasPath("/en/ask/4");
        assertThat(phone.postBare("/en/ask/4", "when", "three-days").statusCode())
                .as("without its token")
                .isEqualTo(403);
    }

    @Test
    void aMinorAloneIsAskedNothingElse() {
        phone.postBare("/en/ask", "listing", beds.toString());
        var stopped = phone.post("/en/ask/1", "who", "minor");

        assertThat(stopped.statusCode()).isEqualTo(409);
        assertThat(stopped.body())
                .contains("there is no form", "01632 960 111")
                .doesNotContain("<textarea");
        assertThat(phone.get("/en/ask/2").body()).contains("Choose what you need first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hurt", "controlled", "tortured", "child"})
    void dangerIsForThePhoneWhateverTheListing(String trouble) {
        phone.postBare("/en/ask", "listing", beds.toString());
        phone.post("/en/ask/1", "who", "self");
        var stopped = phone.post("/en/ask/2", "trouble", trouble);

        assertThat(stopped.statusCode()).isEqualTo(409);
        assertThat(stopped.body()).contains("protection-by-phone", "Are you safe now?");
        assertThat(phone.get("/en/ask/3").body()).contains("Choose what you need first");
    }

    private enum Protected {
        VIOLENCE("House for women who fled violence"),
        TRAFFICKING("Help for victims of human trafficking"),
        CHILD_PROTECTION("Child protection emergency service"),
        GERMAN("Frauenhaus Nord"),
        SPANISH("Casa de acogida La Luz"),
        ARABIC("مركز العنف الأسري");

        private final String name;

        Protected(String name) {
            this.name = name;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProtectedServiceHasNoForm(Protected topic) {
        var listing = add(topic.name);
        assertThat(listing.review().reasons()).as("recognised").isNotEmpty();
        node.domains()
                .listings()
                .publish(node.acting(), listing.id(), Kind.HELP, Reach.SITE, Place.PHONE_ONLY);

        var asked = phone.postBare("/en/ask", "listing", listing.id().toString());
        assertThat(asked.statusCode()).isEqualTo(409);
        assertThat(asked.body()).contains("Are you safe now?").doesNotContain("<textarea");
        var program = phone.postAsProgram("/en/ask", "listing", listing.id().toString());
        assertThat(program.statusCode()).isEqualTo(409);
        assertThat(program.body()).contains("protection-by-phone");
    }

    @Test
    void nobodyAsksWithoutSomebodyToComplainTo() {
        try (var other = TestNode.still(CLOCK, "other", "Other");
                var visitor = new Visitor(other.url())) {
            var listing =
                    other.domains()
                            .listings()
                            .add(
                                    other.acting(),
                                    Draft.named(Text.of("en", "Beds"))
                                            .referralPolicy(ReferralPolicy.TAKEN)
                                            .build());
            assertThat(visitor.postBare("/en/ask", "listing", listing.id().toString()).body())
                    .contains("You cannot ask them through this site now");
        }
    }

    private void begin() {
        // Each later than the last.
        CLOCK.advance(Duration.ofMinutes(1));
        phone.postBare("/en/ask", "listing", beds.toString());
        phone.post("/en/ask/1", "who", "self");
        phone.post("/en/ask/2", "trouble", "none");
        phone.post("/en/ask/3", "need", NEED);
    }

    private HttpResponse<String> ask() {
        begin();
        phone.post("/en/ask/4", "when", "three-days");
        phone.post("/en/ask/5", "adults", "1", "children", "\u0662");
        phone.post("/en/ask/6", "language", "ar");
        phone.post("/en/ask/7", "wishes", "woman");
        phone.post("/en/ask/8", "reach", "call");
        phone.post("/en/ask/9", "number", PHONE, "owner", "own");
        phone.post("/en/ask/10", "name", NAME);
        var check = phone.post("/en/ask/11", "word", WORD);
        assertThat(check.body()).contains(NEED, PHONE, "Check your answers").doesNotContain(WORD);
        assertThat(phone.post("/en/ask/send").statusCode()).as("without a yes").isEqualTo(422);
        return phone.post("/en/ask/send", "agree", "yes");
    }

    private static Referral newest(Side side) {
        return referrals.list(sara).stream()
                .filter(it -> it.side() == side)
                .max(java.util.Comparator.comparing(Referral::createdAt))
                .orElseThrow();
    }

    private static State state(ReferralId id) {
        return referrals.find(sara, id).orElseThrow().referral().state();
    }

    private static String consentOf(Referral referral) {
        return referrals.find(sara, referral.id()).orElseThrow().consent().orElseThrow().toString();
    }

    private static List<String> columns(String table) {
        return switch (table) {
            case "person_visit" -> List.of("content");
            case "person_message" -> List.of("content");
            default -> List.of("locator", "secret_hash", "word_hash");
        };
    }

    private static String rows(String table) {
        var text = new StringBuilder();
        for (var column : columns(table)) {
            node.database()
                    .read(
                            tx ->
                                    tx.list(
                                            "SELECT " + column + " AS one FROM " + table,
                                            row ->
                                                    column.equals("content")
                                                            ? new String(
                                                                    row.bytes("one"),
                                                                    java.nio.charset
                                                                            .StandardCharsets
                                                                            .ISO_8859_1)
                                                            : row.optionalText("one").orElse("")))
                    .forEach(text::append);
        }
        return text.toString();
    }
}
